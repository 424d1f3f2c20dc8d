import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PACKAGED, PROGRAMS, type Started, start } from './program'

describe.each(PROGRAMS)('the program $name', (program) => {
  let started: Started
  beforeAll(async () => {
    started = await start(program)
  })
  afterAll(() => started?.close())

  it('shows its page in a window, and keeps its data where it was told to', async () => {
    expect(await started.page.title()).toContain('DMRO Lab')
    expect(new URL(started.page.url()).protocol).toBe('dmro:')
    await expect
      .poll(() => started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible())))
      .toEqual([true])
    expect(existsSync(join(started.home, 'lab.sqlite'))).toBe(true)
    expect(await started.app.evaluate(({ app }) => app.isPackaged)).toBe(program.name === 'as it is packaged')
  })

  it('can say whether the system shows notices', async () => {
    expect(await started.app.evaluate(({ Notification }) => typeof Notification.isSupported())).toBe('boolean')
  })

  it('ends with its window, and leaves its data folder to the next', async () => {
    const ended = once(started.app.process(), 'exit')
    await started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close()).catch(() => {}) // it may end before it has answered
    expect((await ended)[0]).toBe(0)
  })

  it('ends when it is told to quit', async () => {
    const again = await start(program)
    const ended = once(again.app.process(), 'exit')
    await again.app.evaluate(({ app }) => app.quit()).catch(() => {}) // it may end before it has answered
    expect((await ended)[0]).toBe(0)
    await again.close()
  })
})

describe.skipIf(PACKAGED === undefined)('the package that people get', () => {
  it('opens its data folder with its fuses as they are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-electron-'))
    const home = join(folder, 'home')
    const child = spawn(String(PACKAGED), [`--user-data-dir=${join(folder, 'profile')}`], {
      env: { ...process.env, DMRO_HOME: home },
      stdio: 'ignore'
    })
    const exited = once(child, 'exit')
    try {
      await expect.poll(() => existsSync(join(home, 'lab.sqlite'))).toBe(true)
      expect(child.exitCode).toBeNull()
    } finally {
      child.kill()
      await exited
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  })

  it('does not run as Node, nor with what its environment tells Node', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-electron-'))
    const marker = join(folder, 'ran')
    const script = join(folder, 'script.cjs')
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`)
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}`, DMRO_HOME: join(folder, 'home') }
    const child = spawn(String(PACKAGED), [script, `--user-data-dir=${join(folder, 'profile')}`], { env, stdio: 'ignore' })
    const exited = once(child, 'exit')
    try {
      // It opens its lab as ever, since neither is known to it.
      await expect.poll(() => existsSync(join(folder, 'home/lab.sqlite')) || child.exitCode !== null).toBe(true)
      expect(existsSync(marker)).toBe(false)
    } finally {
      child.kill()
      await exited
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  })
})
