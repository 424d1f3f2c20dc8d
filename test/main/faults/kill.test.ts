import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { randomStream } from '@shared/model/random'
import { openStore } from '../../../src/main/store'
import { childrenOf, isAlive } from '../../processes'
import { isMidway } from '../store/beside'

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

/** An experiment file of every kind of learner, long enough to be killed in; runs of two seeds and rates train side by side. */
function experimentFile(home: string, learnSteps: number): string {
  const parameters = { learnSteps, evaluateEvery: 40, checkpointEvery: 50 }
  const file = join(home, 'experiment.json')
  const document = {
    format: 'dmro-experiment/1',
    name: 'killed',
    scenarios: ['one-edge-one-cloud'],
    algorithms: [
      { id: 'dmro', parameters: { ...parameters, units: 2 } },
      { id: 'dqn', parameters: { ...parameters, learningRate: [0.01, 0.003] } },
      { id: 'double-dqn', parameters },
      { id: 'dueling-dqn', parameters },
      { id: 'dmro-plus', parameters: { ...parameters, units: 2 } }
    ],
    seeds: [5, 6],
    heldOut: 20
  }
  writeFileSync(file, JSON.stringify(document))
  return file
}

function lab(...given: string[]): string {
  const result = spawnSync(process.execPath, [CLI, ...given], { encoding: 'utf8', timeout: 120_000, maxBuffer: 2 ** 28 })
  if (result.status !== 0) throw new Error(`lab ${given.join(' ')} ended with ${result.status}: ${result.stderr}`)
  return result.stdout
}

/** A hash of everything a run repeats: points, evaluation, weights; by what it is. */
function bitsOf(home: string): Map<string, string> {
  const store = openStore(home, { mode: 'read' })
  const hashes = store.runs.list().map((run): [string, string] => {
    const hash = createHash('sha256')
    for (const { metric } of [...store.curves.summaries(run.id)].sort((a, b) => (a.metric < b.metric ? -1 : 1))) {
      if (metric === 'speed') continue
      const { steps, values } = store.curves.read(run.id, metric)
      hash.update(metric).update(new Uint8Array(steps.buffer)).update(new Uint8Array(values.buffer))
    }
    const evaluation = store.evaluation(run.id)
    hash.update(JSON.stringify({ ...evaluation, decisionMs: 0 })).update(store.policies.get(run.id) ?? '')
    return [JSON.stringify([run.algorithm, run.parameters, run.seed]), hash.digest('hex')]
  })
  store.close()
  return new Map(hashes)
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
    const expected = bitsOf(undisturbed)

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
    expect(bitsOf(home)).toEqual(expected)
  }, 120_000)

  it('leaves a sound history whenever it is killed', async () => {
    const random = randomStream(7, 'workload')
    for (let i = 0; i < 6; i++) {
      const home = temporaryHome()
      const given = ['run', experimentFile(home, 100_000), '--home', home, '--parallel', '2']
      await startAndKill(given, () => wait(100 + random.below(2600)))
      const store = openStore(home)
      expect(store.verify()).toEqual([])
      for (const run of store.runs.list()) {
        expect(run.status).toBe('interrupted')
        // Every acknowledged batch is there: the row and the curves were written together.
        expect(store.curves.read(run.id, 'loss').steps.at(-1) ?? 0).toBeLessThanOrEqual(run.learnSteps)
      }
      store.close()
    }
  }, 120_000)
})
