import { expect } from 'vitest'
import { readTopology } from '@shared/formats'
import { INPUT, OUTPUT } from '@shared/model/workflow'
import type { RunSpec } from '@shared/run/spec'
import type { RandomStream } from '@shared/model/random'
import { directClient } from '../../../src/main/api'
import { dqn } from '../../../src/main/algorithms/dqn'
import { largeTopology } from '../../main/large-world'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, smallParameters } from '../../main/learn/worlds'
import { openLive } from '../live'
import type { Measures, Row } from '../row'
import type { Scratch } from '../scratch'

const TASKS = 5000
const QUEUED = 5000
const LEARN_STEPS = 10_000_000

/** Refused at once, by a sentence that names the limit. */
function topologyOf2000(): Measures {
  const started = performance.now()
  const read = readTopology(largeTopology({ devices: 1800, servers: 200, links: 4000 }))
  expect(read.ok ? [] : read.faults.map(({ message }) => message)).toEqual(['a topology has 1000 nodes at most'])
  return { topologies: 1, topologySeconds: (performance.now() - started) / 1000 }
}

/** Placed by a rule, and its optimum found. */
async function workflowOf5000(scratch: Scratch): Promise<Measures> {
  const started = performance.now()
  const ids = Array.from({ length: TASKS }, (_, i) => `t${i}`)
  const ends = [INPUT, ...ids, OUTPUT]
  const flows = ends.slice(1).map((to, i) => ({ from: ends[i], to, megabytes: 1 + (i % 7) }))
  const tasks = ids.map((id, i) => ({ id, megacycles: 1000 * (1 + (i % 50)) }))
  const workload = { name: 'long', workflows: [{ id: 'w', device: 'phone', tasks, flows }] }
  const { lab, enqueue, until } = openLive(scratch, 1)
  const specs = ['greedy', 'optimum'].map(
    (algorithm): RunSpec => ({ scenario: scenario(ONE_EDGE_ONE_CLOUD, workload), algorithm, parameters: {}, seed: 1, heldOut: 1, split: 0 })
  )
  for (const id of enqueue(specs)) {
    const row = await until(id, ({ status }) => status === 'completed')
    expect(row.evaluation?.gapMean).toBeGreaterThanOrEqual(0)
  }
  expect(lab.store.verify()).toEqual([])
  return { workflows: 1, workflowSeconds: (performance.now() - started) / 1000 }
}

const longRun = (seed: number, learnSteps: number): RunSpec => ({
  scenario: scenario(ONE_EDGE_ONE_CLOUD, GENERATED),
  algorithm: dqn.card.id,
  parameters: smallParameters(dqn.card, { learnSteps, hidden: 4, batch: 1, evaluateEvery: learnSteps / 10 }),
  seed,
  heldOut: 5,
  split: 0
})

/** Queued, listed, moved, prioritised, cancelled while the first trains. */
async function queueOf5000(random: RandomStream, scratch: Scratch): Promise<Measures> {
  const { lab, enqueue, until } = openLive(scratch, 1)
  const supervisor = lab.supervisor
  if (!supervisor) throw new Error('the folder of a case can be written')
  const client = directClient(lab)
  const [first] = enqueue([longRun(1, LEARN_STEPS)])
  await until(first, ({ status }) => status === 'running')
  const times: Record<string, number> = {}
  const timed = async (name: string, work: () => unknown): Promise<void> => {
    const started = performance.now()
    await work()
    times[name] = performance.now() - started
  }
  let ids: string[] = []
  await timed('queueMs', () => {
    // Of a shape of their own: none trains beside the first.
    ids = enqueue(Array.from({ length: QUEUED }, (_, i) => ({ ...longRun(2 + i, 1000), heldOut: 6 })))
  })
  await timed('listMs', async () => expect(await client.runs.list({})).toHaveLength(QUEUED + 1))
  await timed('moveMs', () => client.runs.move({ id: ids[QUEUED - 1], before: ids[random.below(QUEUED - 1)] }))
  await timed('cancelAllMs', () => client.runs.cancel({ ids }))
  expect(supervisor.queued().ids).toEqual([])
  await client.runs.cancel({ ids: [first] })
  return { queues: 1, ...times }
}

/** Begins at once, reports, and keeps no more points than a chart can use. */
async function runOf10Million(scratch: Scratch): Promise<Measures> {
  const { lab, enqueue, until } = openLive(scratch, 1)
  const started = performance.now()
  const [id] = enqueue([longRun(1, LEARN_STEPS)])
  const row = await until(id, ({ learnSteps }) => learnSteps >= 3000)
  const learnSteps = row.learnSteps
  const seconds = (performance.now() - started) / 1000
  const { steps } = lab.store.curves.read(id, 'loss')
  expect(steps.length).toBeLessThan(learnSteps / 100)
  expect(row.totalLearnSteps).toBe(LEARN_STEPS)
  lab.supervisor?.cancel([id])
  await until(id, ({ status }) => status === 'cancelled')
  expect(lab.store.verify()).toEqual([])
  return { longRuns: 1, hoursOfWhole: (LEARN_STEPS / learnSteps) * (seconds / 3600) }
}

export const limits: Row = {
  name: 'limits',
  fault: 'a topology of 2,000 nodes, a workflow of 5,000 tasks, 5,000 queued runs, a run of 10 million learn steps',
  holds: 'usable, or refused at once with the limit named',
  cases: { ci: 2, soak: 12 },
  begin: () => (random, index, scratch) =>
    [() => topologyOf2000(), () => workflowOf5000(scratch), () => queueOf5000(random, scratch), () => runOf10Million(scratch)][index % 4](),
  figure: (tally) =>
    [
      `2,000 nodes refused in ${tally.most('topologySeconds').toFixed(2)} s (1,000 at most)`,
      `5,000 tasks placed and their optimum found in ${tally.most('workflowSeconds').toFixed(1)} s`,
      `5,000 runs queued in ${tally.most('queueMs').toFixed(0)} ms, listed in ${tally.most('listMs').toFixed(0)} ms, one moved in ${tally.most('moveMs').toFixed(0)} ms, all cancelled in ${tally.most('cancelAllMs').toFixed(0)} ms`,
      `10 million learn steps begin at once and would take ${tally.mean('hoursOfWhole').toFixed(1)} h`
    ].join('; ')
}
