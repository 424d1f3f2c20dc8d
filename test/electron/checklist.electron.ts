import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROGRAMS, type Started, start } from './program'

/** What a page could reach if one row of the checklist did not hold. */
describe.each(PROGRAMS)('the window, $name', (program) => {
  let started: Started
  beforeAll(async () => {
    started = await start(program)
  })
  afterAll(() => started?.close())

  it('has neither Node nor Electron in its page', async () => {
    const known = await started.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter((name) => name in window)
    )
    expect(known).toEqual([])
  })

  it('is sandboxed and isolated, whatever was asked for', async () => {
    const settings = await started.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0].webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      const { contextIsolation, sandbox, webSecurity, nodeIntegration, webviewTag, plugins, experimentalFeatures, devTools } =
        contents.getLastWebPreferences()
      return { contextIsolation, sandbox, webSecurity, nodeIntegration, webviewTag, plugins, experimentalFeatures, devTools }
    })
    expect(settings).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false })
    for (const off of ['webviewTag', 'plugins', 'experimentalFeatures'] as const) expect(settings[off] ?? false, off).toBe(false)
    expect(settings.webSecurity ?? true).toBe(true)
    if (program.name === 'as it is packaged') expect(settings.devTools).toBe(false)
  })

  it('opens no developer tools once it is packaged', async ({ skip }) => {
    if (program.name === 'as it is built') skip('it has them until then')
    const isOpen = await started.app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]
      webContents.openDevTools()
      return webContents.isDevToolsOpened()
    })
    expect(isOpen).toBe(false)
  })

  it('stays at its page, whatever leads away', async () => {
    const { page, app } = started
    const at = page.url()
    for (const away of ['https://example.org/', 'file:///etc/passwd', 'dmro://elsewhere/index.html', 'data:text/html,away']) {
      await page.evaluate((address) => {
        location.href = address
      }, away)
    }
    const opened = await page.evaluate(() => window.open('https://example.org/') === null && window.open('about:blank') === null)
    expect(opened).toBe(true)
    expect(page.url()).toBe(at)
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  it('asks nobody but itself: all other requests are stopped', async () => {
    const reached = await started.page.evaluate(async () => {
      const all = [
        'https://example.org/',
        'http://127.0.0.1:9/',
        'file:///etc/passwd',
        'dmro://elsewhere/index.html',
        '/../package.json',
        '/nowhere.js'
      ]
      const answers = await Promise.all(
        all.map((address) =>
          fetch(address).then(
            (answer) => answer.ok,
            () => false
          )
        )
      )
      return all.filter((_, at) => answers[at])
    })
    expect(reached).toEqual([])
    expect(await started.page.evaluate(() => fetch('/index.html').then(({ ok }) => ok))).toBe(true)
  })

  it('runs no script that is not its own', async () => {
    const ran = await started.page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.hasRun = true'
      document.head.append(script)
      try {
        // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested
        globalThis.eval('window.hasRun = true')
      } catch {
        // Refused, as it should be.
      }
      return 'hasRun' in window
    })
    expect(ran).toBe(false)
  })

  it('is given no permission', async () => {
    const states = await started.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'] as unknown as PermissionName[]
      const all = await Promise.all(
        names.map((name) =>
          navigator.permissions.query({ name }).then(
            ({ state }) => state,
            () => 'unknown'
          )
        )
      )
      return all.filter((state) => state === 'granted')
    })
    expect(states).toEqual([])
  })

  it('hands no line to a frame within its page', async () => {
    const answered = await started.page.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.src = '/index.html'
      document.body.append(frame)
      await new Promise((resolve) => {
        frame.addEventListener('load', resolve, { once: true })
        frame.addEventListener('error', resolve, { once: true })
      })
      const heard = { answered: false }
      frame.contentWindow?.addEventListener('message', (event) => {
        if (event.ports.length > 0) heard.answered = true
      })
      frame.contentWindow?.postMessage({ type: 'lab-port-request' }, '*')
      // One turn to the program and back, by a request of the page's own.
      await fetch('/index.html')
      frame.remove()
      return heard.answered
    })
    expect(answered).toBe(false)
  })
})
