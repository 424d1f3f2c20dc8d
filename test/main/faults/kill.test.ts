import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/store'
import { childrenOf, isAlive } from '../../processes'
import { holds } from '../../soak/holds'
import { kill } from '../../soak/rows/kill'
import { isMidway } from '../store/beside'
import { bitsOf } from './bits'
import { experimentFile } from './experiment'

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))
const homes: string[] = []

function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'dmro-kill-'))
  homes.push(home)
  return home
}

afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
})

function lab(...given: string[]): string {
  const result = spawnSync(process.execPath, [CLI, ...given], { encoding: 'utf8', timeout: 120_000, maxBuffer: 2 ** 28 })
  if (result.status !== 0) throw new Error(`lab ${given.join(' ')} ended with ${result.status}: ${result.stderr}`)
  return result.stdout
}

/** The bits of every run of a data folder, by what it is. */
function bitsIn(home: string): Map<string, string> {
  const store = openStore(home, { mode: 'read' })
  const bits = store.runs
    .list()
    .map((run): [string, string] => [JSON.stringify([run.algorithm, run.parameters, run.seed]), bitsOf(store, run.id)])
  store.close()
  return new Map(bits)
}

/** Starts the program and kills it once `due` resolves; resolves when its last process is gone. */
async function startAndKill(given: readonly string[], due: () => Promise<unknown>): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...given], { stdio: 'ignore' })
  // Listened for from the start: it may end before it is killed.
  const gone = once(child, 'exit')
  await due()
  const workers = childrenOf(child.pid as number)
  child.kill('SIGKILL')
  await gone
  await expect.poll(() => workers.filter(isAlive), { timeout: 10_000 }).toEqual([])
}

describe('a program killed while runs train', () => {
  it('leaves a sound history, and resumed runs end in the very bits of undisturbed ones', async () => {
    const undisturbed = temporaryHome()
    lab('run', experimentFile(undisturbed, 300), '--home', undisturbed, '--json')
    const expected = bitsIn(undisturbed)

    const home = temporaryHome()
    const file = experimentFile(home, 300)
    const midway = (learnSteps: number) => () => expect.poll(() => isMidway(home, learnSteps), { timeout: 30_000, interval: 10 }).toBe(true)
    await startAndKill(['run', file, '--home', home, '--parallel', '2'], midway(20))
    const store = openStore(home)
    expect(store.verify()).toEqual([])
    const statuses = store.runs.list().map((run) => run.status)
    expect(statuses).toContain('interrupted')
    expect(statuses.every((status) => status === 'interrupted' || status === 'completed')).toBe(true)
    store.close()
    // Killed again while it continues, then left alone.
    await startAndKill(['runs', 'resume', '--home', home], midway(120))
    lab('runs', 'resume', '--home', home, '--json')
    expect(bitsIn(home)).toEqual(expected)
  }, 120_000)

  holds(kill)
})
