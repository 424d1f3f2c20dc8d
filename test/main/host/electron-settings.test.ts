import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FUSES,
  isOwnFrame,
  mayRequest,
  ORIGIN,
  PAGE_HEADERS,
  SCHEME,
  SCHEME_PRIVILEGES,
  START,
  webPreferences
} from '../../../src/main/host/electron-settings'

// The desktop window cannot be opened by the tests: what it is told is data, held here, and what uses the data is read as text.
const read = (file: string) => readFileSync(fileURLToPath(new URL(`../../../src/main/host/${file}`, import.meta.url)), 'utf8')
const host = read('electron.ts') + read('electron-window.ts')

describe('the desktop window', () => {
  const settings = webPreferences('preload.cjs', true)

  it.each(['contextIsolation', 'sandbox', 'webSecurity'] as const)('has %s on', (key) => {
    expect(settings[key]).toBe(true)
  })

  it.each([
    'nodeIntegration',
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'webviewTag',
    'plugins',
    'experimentalFeatures',
    'navigateOnDragDrop',
    'allowRunningInsecureContent'
  ] as const)('has %s off', (key) => {
    expect(settings[key]).toBe(false)
  })

  it('has developer tools only while it is not packaged', () => {
    expect(webPreferences('preload.cjs', true).devTools).toBe(false)
    expect(webPreferences('preload.cjs', false).devTools).toBe(true)
  })

  it('has one window, made of these settings', () => {
    expect(host.match(/new BrowserWindow\(/g)).toHaveLength(1)
    expect(host).toMatch(/webPreferences: webPreferences\(preload, app\.isPackaged\)/)
    expect(host).toMatch(/app\.enableSandbox\(\)/)
  })
})

describe('its page', () => {
  it('has a standard, secure protocol of its own that bypasses nothing', () => {
    expect(SCHEME_PRIVILEGES).toEqual({ standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true })
    expect(new URL(START).protocol).toBe(`${SCHEME}:`)
    expect(START.startsWith(`${ORIGIN}/`)).toBe(true)
    expect(['file', 'http', 'https']).not.toContain(SCHEME)
  })

  it('has a policy that lets in its own files and nothing else', () => {
    const policy = Object.fromEntries(
      PAGE_HEADERS['Content-Security-Policy'].split(';').map((part) => {
        const [name, ...sources] = part.trim().split(' ')
        return [name, sources.join(' ')]
      })
    )
    expect(policy).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'"
    })
    expect(PAGE_HEADERS['X-Content-Type-Options']).toBe('nosniff')
  })
})

describe('requests of the window', () => {
  it.each([START, `${ORIGIN}/assets/index-abc.js`, `${ORIGIN}/?theme=dark#runs`])('reach %s', (url) => {
    expect(mayRequest(url, true)).toBe(true)
  })

  it.each([
    'https://example.org/',
    'http://127.0.0.1:4137/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'blob:dmro://lab/1',
    'ws://127.0.0.1/',
    'chrome://gpu',
    'javascript:alert(1)',
    'devtools://devtools/bundled/inspector.html',
    `${SCHEME}://elsewhere/index.html`,
    `${SCHEME}://lab.example.org/`,
    `${SCHEME}://user@elsewhere/`,
    `${SCHEME}://lab:1/`,
    '',
    'index.html'
  ])('do not reach %s', (url) => {
    expect(mayRequest(url, true)).toBe(false)
  })

  it('reach the developer tools only while it is not packaged', () => {
    expect(mayRequest('devtools://devtools/bundled/inspector.html', false)).toBe(true)
  })

  it('reach no address of the web, whatever it looks like', () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => !mayRequest(url, false)))
  })

  it('are all asked about, permissions and devices are all denied, and nothing leads away', () => {
    for (const line of [
      'onBeforeRequest(({ url }, answer) => answer({ cancel: !mayRequest(url, app.isPackaged) }))',
      'setPermissionRequestHandler((_contents, _permission, answer) => answer(false))',
      'setPermissionCheckHandler(() => false)',
      'setDevicePermissionHandler(() => false)',
      "setWindowOpenHandler(() => ({ action: 'deny' }))"
    ]) {
      expect(host).toContain(line)
    }
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      expect(host).toContain(`contents.on('${event}', (event) => event.preventDefault())`)
    }
  })
})

describe('the line to the program', () => {
  it('is handed to the page itself', () => {
    expect(isOwnFrame({ url: START, parent: null })).toBe(true)
  })

  it.each([
    ['no frame', null],
    ['a frame within the page', { url: START, parent: {} }],
    ['a foreign page', { url: 'https://example.org/', parent: null }],
    ['the developer tools', { url: 'devtools://devtools/', parent: null }],
    ['a frame without an address', { url: '', parent: null }]
  ])('is not handed to %s', (_who, frame) => {
    expect(isOwnFrame(frame)).toBe(false)
  })

  it('is all that the page may ask for by name', () => {
    expect(host.match(/ipcMain\.\w+\(/g)).toEqual(['ipcMain.on('])
    expect(host).toMatch(/if \(!isOwnFrame\(event\.senderFrame\)\) return/)
  })
})

describe('the packaged program', () => {
  it('has the fuses blown that would let others run as it', () => {
    expect(FUSES).toEqual({
      RunAsNode: false,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      GrantFileProtocolExtraPrivileges: false,
      OnlyLoadAppFromAsar: true,
      EnableEmbeddedAsarIntegrityValidation: true,
      EnableCookieEncryption: true
    })
  })

  it('is waited for by nothing that Electron waits for before it is ready', () => {
    const entry = readFileSync(fileURLToPath(new URL('../../../src/main/index.ts', import.meta.url)), 'utf8')
    expect(entry.match(/await [^\n]*/g)).toEqual(['await app.whenReady()', "await import('./host/electron')"])
    // What is waited for at the top is the module alone: its program waits for Electron.
    expect(entry).toMatch(/^ {2}runDesktop\(/m)
    for (const early of ['registerSchemesAsPrivileged', 'enableSandbox', 'requestSingleInstanceLock', "app.on('open-file'"]) {
      expect(host.indexOf(early), early).toBeGreaterThan(0)
      expect(host.indexOf(early), early).toBeLessThan(host.indexOf('await app.whenReady()'))
    }
  })

  it('is known by its id to Windows, and has no menu of Electron’s own where it can do without', () => {
    expect(host).toContain("if (process.platform === 'win32') app.setAppUserModelId(APP_ID)")
    expect(host).toContain("if (process.platform !== 'darwin') Menu.setApplicationMenu(null)")
    expect(host.indexOf('Menu.setApplicationMenu(null)')).toBeLessThan(host.indexOf('await app.whenReady()'))
  })

  it('closes the lab before it ends, by whichever way it is told to', () => {
    expect(host).toContain("app.on('window-all-closed', leave)")
    expect(host).toMatch(/app\.on\('will-quit', \(event\) => \{\s+event\.preventDefault\(\)\s+leave\(\)/)
    expect(host).toMatch(/\.close\(\)\s+\.finally\(endSession\)\s+\.finally\(\(\) => app\.exit\(0\)\)/)
  })

  it('shows a window that never paints, and holds notices until they are closed', () => {
    expect(host).toContain('setTimeout(show, SHOW_AFTER_MS)')
    expect(host).toContain("window.once('ready-to-show', show)")
    expect(host).toContain("notification.on('close', () => notices.delete(notification))")
  })

  it('opens nothing in a browser', () => {
    expect(host).not.toMatch(/openExternal|openPath|shell\b/)
  })

  it('starts its workers as utility processes, which need no fuse', () => {
    expect(host).toContain('utilityProcess.fork(')
    expect(host).not.toContain('child_process')
  })
})
