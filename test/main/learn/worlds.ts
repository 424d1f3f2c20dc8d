import type { AlgorithmCard } from '../../../src/shared/algorithms/card'
import { defaultsOf, type ParameterValues } from '../../../src/shared/algorithms/parameters'
import { DEFAULT_OBJECTIVE } from '../../../src/shared/model/objective'
import type { Scenario } from '../../../src/shared/model/scenario'
import type { Link, Tier, Topology, TopologyNode } from '../../../src/shared/model/topology'
import type { GeneratorParameters, Workload } from '../../../src/shared/model/workload'
import { INPUT, OUTPUT, type Workflow } from '../../../src/shared/model/workflow'
import { readScenario } from '../../../src/shared/formats'
import { presetOf } from '../../../src/shared/presets'
import { compileProblem, type Problem, type ProblemOptions } from '../../../src/main/learn/problem'

/** Small worlds whose answers can be worked out by hand or by trying everything. */

export const node = (id: string, tier: Tier, computeMHz: number, energyPerMegacycle = 0.001): TopologyNode => ({
  id,
  tier,
  computeMHz,
  energyPerMegacycle
})
export const link = (from: string, to: string, bandwidthMBps: number): Link => ({ from, to, bandwidthMBps, latencyMs: 0 })

export const ONE_EDGE_ONE_CLOUD: Topology = {
  name: 'one edge, one cloud',
  nodes: [node('phone', 'device', 4000), node('edge', 'edge', 12_000, 0.0005), node('cloud', 'cloud', 40_000, 0.0004)],
  links: [link('phone', 'edge', 1), link('phone', 'cloud', 0.5), link('edge', 'cloud', 8)]
}

/** Two devices of two kinds, two edges, one cloud; the second edge is cut off from everything. */
export const CUT_OFF_EDGE: Topology = {
  name: 'an edge nobody reaches',
  nodes: [
    node('phone', 'device', 4000),
    node('watch', 'device', 1000, 0.002),
    node('edge', 'edge', 12_000, 0.0005),
    node('island', 'edge', 1e6, 0),
    node('cloud', 'cloud', 40_000, 0.0004)
  ],
  links: [link('phone', 'edge', 5), link('watch', 'edge', 2), link('edge', 'cloud', 8)]
}

/** A chain workflow; `megabytes` has one flow more than there are tasks. */
export function chainWorkflow(id: string, device: string, megacycles: number[], megabytes: number[]): Workflow {
  const ids = [INPUT, ...megacycles.map((_, i) => `t${i + 1}`), OUTPUT]
  return {
    id,
    device,
    tasks: megacycles.map((work, i) => ({ id: `t${i + 1}`, megacycles: work })),
    flows: megabytes.map((size, i) => ({ from: ids[i], to: ids[i + 1], megabytes: size }))
  }
}

/**
 * Three workflows of 2 and 3 tasks for which a look at the next step is not enough: the way to the edge costs
 * more than the first task saves, and only all tasks together repay it.
 */
export const TRAPS: Workload = {
  name: 'traps',
  workflows: [
    chainWorkflow('all to the edge', 'phone', [20_000, 20_000, 20_000], [5, 9, 9, 1]),
    chainWorkflow('stay', 'phone', [400, 800, 400], [10, 10, 10, 10]),
    chainWorkflow('only the second', 'phone', [2000, 40_000], [9, 1, 1])
  ]
}

export const SMALL_GENERATOR: GeneratorParameters = {
  users: 2,
  workflowsPerUser: 3,
  tasks: 3,
  firstMegabytes: [5, 10],
  laterMegabytes: [1, 5],
  megacycles: [1000, 50_000]
}

export const GENERATED: Workload = { name: 'small', generator: SMALL_GENERATOR, seed: 7 }

export function scenario(topology: Topology, workload: Workload): Scenario {
  return { name: `${topology.name}: ${workload.name}`, topology, workload, objective: DEFAULT_OBJECTIVE }
}

export function problemOf(
  topology: Topology = ONE_EDGE_ONE_CLOUD,
  workload: Workload = GENERATED,
  options: Partial<ProblemOptions> & { heldOut?: number; split?: number } = {}
): Problem {
  const { heldOut = 20, split = 0, training = 'fresh', jitter = 0, conditioned = false } = options
  return compileProblem({ scenario: scenario(topology, workload), heldOut, split }, { training, jitter, conditioned })
}

/** An algorithm's defaults with small networks and short runs, and `changes`. */
export function smallParameters(card: AlgorithmCard, changes: ParameterValues = {}): ParameterValues {
  const small: ParameterValues = {
    units: 2,
    hidden: 8,
    learnSteps: 100,
    batch: 8,
    batchWorkflows: 2,
    memory: 200,
    memoryWorkflows: 30,
    demonstrations: 30,
    secondHidden: 6,
    repeats: 2,
    round: 2,
    targetCopy: 20
  }
  const own = Object.fromEntries(
    Object.entries({ ...small, ...changes }).filter(([key]) => card.parameters.some((parameter) => parameter.key === key))
  )
  return { ...defaultsOf(card.parameters), ...own }
}

/** A scenario that comes with the program. */
export function presetScenario(id: string): Scenario {
  const read = readScenario(presetOf(id, 'scenario'), presetOf)
  if (!read.ok) throw new Error(`preset ${id} is not a scenario`)
  return read.value
}
