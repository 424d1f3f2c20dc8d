import { beforeAll, describe, expect, it } from 'vitest'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { chainWorkflow, CUT_OFF_EDGE, GENERATED, link, node, ONE_EDGE_ONE_CLOUD, problemOf, TRAPS } from '../learn/worlds'
import { begin, learnUntil, READINGS } from './trial'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const LONELY = { name: 'a phone alone', nodes: [node('phone', 'device', 4000)], links: [] }
/** Beyond the edge, which relays nothing, there is a cloud the phone has no route to. */
const BEYOND = {
  name: 'a cloud beyond an edge that relays nothing',
  nodes: [node('phone', 'device', 4000), { ...node('edge', 'edge', 12_000), relays: false }, node('cloud', 'cloud', 1e6, 0)],
  links: [link('phone', 'edge', 5), link('edge', 'cloud', 100)]
}
/** The last place of the tables has no route to any other. */
const NO_CLOUD = { ...ONE_EDGE_ONE_CLOUD, links: [link('phone', 'edge', 1)] }
const ONE_TASK = { name: 'one task', workflows: [chainWorkflow('w', 'phone', [9000], [10, 2])] }
const NOTHING = { name: 'nothing to do and nothing to send', workflows: [chainWorkflow('w', 'phone', [0, 0], [0, 0, 0])] }
const NO_FLOWS = {
  name: 'work without data',
  workflows: [{ ...chainWorkflow('w', 'phone', [9000, 8000], [1, 2, 3]), flows: [{ from: 't1', to: 't2', megabytes: 0 }] }]
}

const worlds = [
  { world: 'a place nobody reaches', problem: () => problemOf(CUT_OFF_EDGE, GENERATED), forbidden: [2] },
  { world: 'a cloud nobody reaches', problem: () => problemOf(NO_CLOUD, GENERATED), forbidden: [2] },
  { world: 'a place only the edge reaches', problem: () => problemOf(BEYOND, GENERATED), forbidden: [2] },
  { world: 'the device alone (K = 1)', problem: () => problemOf(LONELY, GENERATED), forbidden: [] },
  { world: 'a single task (N = 1)', problem: () => problemOf(ONE_EDGE_ONE_CLOUD, ONE_TASK), forbidden: [] },
  { world: 'workflows of several lengths', problem: () => problemOf(ONE_EDGE_ONE_CLOUD, TRAPS), forbidden: [] },
  { world: 'tasks and flows of size zero', problem: () => problemOf(ONE_EDGE_ONE_CLOUD, NOTHING), forbidden: [] },
  { world: 'flows that do not exist', problem: () => problemOf(ONE_EDGE_ONE_CLOUD, NO_FLOWS), forbidden: [] },
  { world: 'fewer held-out workflows than a batch', problem: () => problemOf(ONE_EDGE_ONE_CLOUD, GENERATED, { heldOut: 1 }), forbidden: [] }
]

describe.each(READINGS)('$name', (reading) => {
  it.each(worlds)('stays finite and within reach in a world with $world', ({ problem: make, forbidden }) => {
    const problem = make()
    const learner = begin(backend, reading, [{ problem, seed: 2 }], { learnSteps: 30 })
    const [curve] = learnUntil(learner, 30)
    const [{ placements, unitCosts }] = learner.decide([problem.heldOut])
    learner.dispose()
    expect(curve.every(Number.isFinite)).toBe(true)
    expect(placements.flatMap((placement) => [...placement]).filter((place) => forbidden.includes(place))).toEqual([])
    expect(unitCosts.every((costs) => costs.every(Number.isFinite))).toBe(true)
    expect(placements.map((placement) => placement.length)).toEqual(problem.heldOut.map((episode) => episode.tasks))
  })
})
