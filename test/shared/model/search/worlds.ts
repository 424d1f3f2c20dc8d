import type { BatchEpisode } from '@shared/model/batch/episode'
import type { Executor } from '@shared/model/batch/executor'
import { batchModel } from '@shared/model/batch/model'
import { drawBatches } from '@shared/model/batch/draw'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { randomStream } from '@shared/model/random'
import type { Execution, Scenario } from '@shared/model/scenario'
import { devicesOf, type Topology } from '@shared/model/topology'
import type { Workflow } from '@shared/model/workflow'
import type { GeneratorParameters } from '@shared/model/workload'
import { randomBatch } from '../../../independent/batch-worlds'

/** Placements that are enumerated at most. */
const MOST = 60_000

/** `count` executors of random batches under an execution, each with few enough placements that all of them can be tried. */
export function smallExecutors(execution: Execution, count: number): Executor[] {
  const executors: Executor[] = []
  for (let seed = 0; executors.length < count; seed++) {
    const { topology, workflows, objective } = randomBatch(seed)
    const places = topology.nodes.filter(({ tier }) => tier !== 'device').length + 1
    const kept: Workflow[] = []
    let tasks = 0
    for (const workflow of workflows) {
      if (places ** (tasks + workflow.tasks.length) > MOST) continue
      tasks += workflow.tasks.length
      kept.push(workflow)
    }
    if (places === 1 || kept.length === 0) continue
    const named = { ...topology, name: 'random' }
    const scenario: Scenario = { name: 'random', topology: named, workload: { name: 'random', workflows: kept }, objective, execution }
    const shaped = execution === 'round-trip' ? roundTrip(scenario, kept, seed) : scenario
    for (const episode of batchModel(execution).compile(shaped).episodes) executors.push((episode as BatchEpisode).executor)
  }
  return executors.slice(0, count)
}

/** The same workflows, all of the first device's, over one link to one edge. */
function roundTrip(scenario: Scenario, workflows: readonly Workflow[], seed: number): Scenario {
  const random = randomStream(seed, 'workload')
  const [device] = devicesOf(scenario.topology)
  const [edge] = scenario.topology.nodes.filter(({ tier }) => tier !== 'device')
  const trips = workflows.map((workflow) => ({
    ...workflow,
    device: device.id,
    tasks: workflow.tasks.map((task) => ({ ...task, uploadMegabytes: random.between(0, 30), resultMegabytes: random.between(0, 30) }))
  }))
  const link = { from: device.id, to: edge.id, bandwidthMBps: random.between(1, 10), latencyMs: random.between(0, 2000) }
  return { ...scenario, topology: { name: 'pair', nodes: [device, edge], links: [link] }, workload: { name: 'trips', workflows: trips } }
}

/** The least Q over all placements, decision by decision; what has cost as much already is not followed. */
export function enumerated(executor: Executor): number {
  const { decisions, places } = executor.batch
  const { size } = executor.layout
  const states = new Float64Array((decisions + 1) * size)
  let least = Infinity
  const visit = (i: number, cost: number): void => {
    if (cost >= least) return
    if (i === decisions) {
      least = cost
      return
    }
    for (let k = 0; k < places; k++) {
      states.copyWithin((i + 1) * size, i * size, (i + 1) * size)
      visit(i + 1, cost + executor.step(states, (i + 1) * size, k))
    }
  }
  executor.begin(states)
  visit(0, 0)
  return least
}

const SHARED: Topology = {
  name: 'device, edge, cloud',
  nodes: [
    { id: 'device', tier: 'device', computeMHz: 4000, energyPerMegacycle: 0.001 },
    { id: 'edge', tier: 'edge', computeMHz: 20_000, energyPerMegacycle: 0.0005 },
    { id: 'cloud', tier: 'cloud', computeMHz: 40_000, energyPerMegacycle: 0.0004 }
  ],
  links: [
    { from: 'device', to: 'edge', bandwidthMBps: 2, latencyMs: 0 },
    { from: 'edge', to: 'cloud', bandwidthMBps: 4, latencyMs: 0 }
  ]
}

/** `count` executors of generated batches of layered graphs on one device, one edge and one cloud that share processors and links. */
export function generatedExecutors(count: number, tasks: number, more: Partial<GeneratorParameters> = {}): Executor[] {
  const generator: GeneratorParameters = {
    users: 1,
    workflowsPerUser: 4,
    tasks,
    firstMegabytes: [50, 100],
    laterMegabytes: [10, 50],
    megacycles: [1e3, 1e5],
    graph: { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'split' },
    ...more
  }
  const world = batchModel('shared').compile({
    name: 'generated',
    topology: SHARED,
    workload: { name: 'generated', generator, seed: 1 },
    objective: DEFAULT_OBJECTIVE,
    execution: 'shared'
  })
  const together = generator.together ?? 1
  return drawBatches(generator, SHARED, count * together, 'h', randomStream(1, 'evaluation')).map(
    (workflows) => (world.episode(workflows) as BatchEpisode).executor
  )
}
