import type { EnvironmentSet } from '@shared/model/environment-set'
import type { Scenario } from '@shared/model/scenario'
import { PAPER_GENERATOR } from '@shared/model/workload'
import { randomStream } from '@shared/model/random'
import { type BatchProblem, type BatchTask, compileBatchProblem } from '../../../src/main/learn/batches/problem'
import { ONE_EDGE_ONE_CLOUD, scenario } from './worlds'

/** Small worlds of every execution of graphs. */

const graph = { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'split' } as const

function drawn(execution: 'shared' | 'independent', tasks: number, together: number): Scenario {
  const generator = { ...PAPER_GENERATOR, users: 1, workflowsPerUser: 2, tasks, graph, together }
  return { ...scenario(ONE_EDGE_ONE_CLOUD, { name: execution, generator, seed: 3 }), execution }
}

/** A few graphs as MRLCO has them, drawn here. */
function trips(): Scenario {
  const random = randomStream(9, 'workload')
  const nodes = ONE_EDGE_ONE_CLOUD.nodes.filter(({ tier }) => tier !== 'cloud')
  const ids = nodes.map(({ id }) => id)
  const links = ONE_EDGE_ONE_CLOUD.links.filter(({ from, to }) => ids.includes(from) && ids.includes(to))
  const workflows = Array.from({ length: 4 }, (_, w) => ({
    id: `w${w}`,
    device: nodes.find(({ tier }) => tier === 'device')?.id ?? '',
    tasks: Array.from({ length: 6 }, (_, t) => ({
      id: `t${t}`,
      megacycles: random.between(1e3, 1e5),
      uploadMegabytes: random.between(5, 50),
      resultMegabytes: random.between(1, 20)
    })),
    flows: [1, 2, 3, 4, 5].map((t) => ({ from: `t${random.below(t)}`, to: `t${t}`, megabytes: 0 }))
  }))
  const topology = { ...ONE_EDGE_ONE_CLOUD, name: 'two places', nodes, links }
  return { ...scenario(topology, { name: 'trips', workflows }), execution: 'round-trip' }
}

export const GRAPH_WORLDS: readonly { name: string; scenario: Scenario }[] = [
  { name: 'shared, two together', scenario: drawn('shared', 4, 2) },
  { name: 'independent', scenario: drawn('independent', 6, 1) },
  { name: 'round-trip', scenario: trips() }
]

/** Three environments around the topology of the worlds of three places. */
export const AROUND: EnvironmentSet = {
  name: 'around',
  topologies: [],
  family: { around: ONE_EDGE_ONE_CLOUD, members: 3, seed: 3, bandwidth: 0.4, serverSpeed: 0.4, deviceSpeed: 0.2, energy: 0 }
}

export function batchProblemOf(
  of: Scenario,
  { heldOut = 6, environments }: Partial<Pick<BatchTask, 'heldOut' | 'environments'>> = {}
): BatchProblem {
  return compileBatchProblem({ scenario: of, heldOut, environments }, { jitter: 0, training: 'fresh' })
}
