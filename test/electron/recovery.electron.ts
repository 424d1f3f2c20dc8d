import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerQuestions, asked, PROGRAMS, type Started, start } from './program'

describe.each(PROGRAMS)('a page that crashes, $name', (program) => {
  let started: Started
  beforeAll(async () => {
    started = await start(program)
    await answerQuestions(started.app, [0])
  })
  afterAll(() => started?.close())

  /** Ends the page's process; true once the page is there again, as its own main frame says. */
  const crash = () =>
    started.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) => {
          const { webContents } = BrowserWindow.getAllWindows()[0]
          webContents.once('did-finish-load', () => resolve(true))
          webContents.forcefullyCrashRenderer()
        })
    )
  const text = () =>
    started.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.executeJavaScript('document.body.innerText') as Promise<string>
    )

  it('is loaded again and says why', async () => {
    expect(await crash()).toBe(true)
    await expect.poll(text).toContain('The page had crashed and was loaded again')
    expect(await asked(started.app)).toEqual([])
  })

  it('is asked about when it crashes again and again', async () => {
    await crash()
    expect(await crash()).toBe(true)
    expect(await asked(started.app)).toEqual(['The page of this window has crashed several times.'])
  })
})
