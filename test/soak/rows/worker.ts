import { spawnSync } from 'node:child_process'
import { expect } from 'vitest'
import type { RunSpec } from '@shared/run/spec'
import type { RandomStream } from '@shared/model/random'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, smallParameters } from '../../main/learn/worlds'
import { duelingDqn } from '../../../src/main/algorithms/dueling-dqn'
import { dqn } from '../../../src/main/algorithms/dqn'
import { isAlive } from '../../processes'
import { openLive } from '../live'
import type { Measures, Row } from '../row'
import type { Scratch } from '../scratch'

/** How a worker dies, what its run then says, and within how many seconds. */
const DEATHS: readonly { how: string; kill(pid: number): void; says: RegExp; seconds: number }[] = [
  { how: 'killed', kill: (pid) => process.kill(pid, 'SIGKILL'), says: /was killed by SIGKILL/, seconds: 3 },
  { how: 'outOfMemory', kill: (pid) => limitMemory(pid), says: /ended with|was killed by|[Mm]emory/, seconds: 15 },
  { how: 'ended', kill: (pid) => process.kill(pid, 'SIGTERM'), says: /was killed by SIGTERM|ended with exit code/, seconds: 3 },
  { how: 'hung', kill: (pid) => process.kill(pid, 'SIGSTOP'), says: /did not respond/, seconds: 15 }
]

/** Leaves a process no more memory than it has. */
function limitMemory(pid: number): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), '--as=1000000'])
  if (status !== 0) throw new Error(`prlimit: ${stderr}`)
}

const world = scenario(ONE_EDGE_ONE_CLOUD, GENERATED)
const specOf = (card: typeof dqn.card, learnSteps: number): RunSpec => ({
  scenario: world,
  algorithm: card.id,
  parameters: smallParameters(card, { learnSteps, evaluateEvery: 1000, checkpointEvery: 25 }),
  seed: 1,
  heldOut: 10,
  split: 0
})

async function dieOnce(random: RandomStream, index: number, scratch: Scratch): Promise<Measures> {
  const { how, kill, says, seconds } = DEATHS[index % DEATHS.length]
  const { lab, pids, until, enqueue, row } = openLive(scratch, 2)
  const [bad] = enqueue([specOf(dqn.card, 1_000_000)])
  await until(bad, ({ status }) => status === 'running')
  const [pid] = pids
  const [other] = enqueue([specOf(duelingDqn.card, 400)])
  const at = random.below(200)
  await until(bad, ({ learnSteps }) => learnSteps > at)
  const started = performance.now()
  kill(pid)
  const failed = await until(bad, ({ status }) => status === 'failed')
  const took = (performance.now() - started) / 1000
  expect(failed.message).toMatch(says)
  expect(took).toBeLessThanOrEqual(seconds)
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  await until(other, ({ status }) => status === 'completed')
  expect(row(other)).toMatchObject({ learnSteps: 400 })
  expect(lab.store.curves.read(other, 'loss').steps).toHaveLength(400)
  expect(lab.store.verify()).toEqual([])
  return { [how]: 1, [`${how}Seconds`]: took }
}

export const worker: Row = {
  name: 'worker',
  fault: 'a worker is killed (SIGKILL), runs out of memory, is ended (SIGTERM) or stops (SIGSTOP) while two train',
  holds: 'its run says so within 3 s, a hang within 15 s; no process is left, and the other run completes untouched',
  cases: { ci: 3, soak: 100 },
  begin: () => dieOnce,
  figure: (tally) =>
    DEATHS.map(
      ({ how }) =>
        `${tally.total(how)} × ${how === 'outOfMemory' ? 'out of memory' : how}, said within ${tally.most(`${how}Seconds`).toFixed(1)} s`
    ).join('; '),
  missing: () => (spawnSync('prlimit', ['--version']).status === 0 ? undefined : 'there is no prlimit here')
}
