import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { isAlive } from '../processes'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TIE = new URL('../../scripts/tie.mjs', import.meta.url).href
const DEAD_REGISTRY = 'http://127.0.0.1:9/'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-set-up-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('the set-up', () => {
  it('keeps what works when other packages are asked for and the registry is out of reach', () => {
    const folder = temporaryFolder()
    for (const part of ['scripts', 'package.json', '.npmrc']) cpSync(join(ROOT, part), join(folder, part), { recursive: true })
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, { version: string }> }
    lock.packages['node_modules/zod'].version = '0.0.1'
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'scripts/bootstrap.mjs')], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, npm_config_registry: DEAD_REGISTRY }
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/Set-up stopped at "packages": .*registry does not answer/)
    expect(stderr).toContain('What is installed is untouched.')
    expect(stdout).toBe('')
    expect(existsSync(join(ROOT, 'node_modules/zod/package.json'))).toBe(true)
  }, 30_000)
})

/** A script that starts a child and says its pid; the child runs until it is ended. */
function startWrapper(child: string): { wrapper: ChildProcess; childPid: Promise<number> } {
  const program = `
    import { spawn } from 'node:child_process'
    import { followChild, TIED } from ${JSON.stringify(TIE)}
    const child = spawn(process.execPath, [...TIED, '-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'pipe', 'inherit'] })
    followChild(child)
    child.stdout.once('data', () => console.log(child.pid))`
  const wrapper = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanups.push(() => wrapper.kill('SIGKILL'))
  const childPid = once(wrapper.stdout, 'data').then(([data]) => Number(String(data)))
  return { wrapper, childPid }
}

const UNTIL_ENDED = "console.log('ready'); setInterval(() => {}, 1000)"

describe.skipIf(process.platform === 'win32')('a started program', () => {
  it('does not outlive the script that started it, not even when that is killed outright', async () => {
    const { wrapper, childPid } = startWrapper(UNTIL_ENDED)
    const pid = await childPid
    expect(isAlive(pid)).toBe(true)
    wrapper.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('hears %s through it, and ends it the way it ends itself', async (signal) => {
    const { wrapper, childPid } = startWrapper(UNTIL_ENDED)
    const pid = await childPid
    wrapper.kill(signal)
    const [code, by] = (await once(wrapper, 'exit')) as [number | null, string | null]
    expect({ code, by }).toEqual({ code: null, by: signal })
    expect(isAlive(pid)).toBe(false)
  })

  it('hands its exit code on', async () => {
    const { wrapper } = startWrapper("console.log('ready'); process.exitCode = 2")
    const [code] = (await once(wrapper, 'exit')) as [number | null]
    expect(code).toBe(2)
  })
})
