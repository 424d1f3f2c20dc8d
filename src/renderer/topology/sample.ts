import { readWorkload } from '@shared/formats'
import { chainDelay, chainEnergy, weightedCost } from '@shared/model/cost'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { viterbi } from '@shared/model/optimum'
import { type CompiledScenario, compileScenario, environmentOf, scenarioCostTable } from '@shared/model/scenario'
import { chainTimeline, type TaskSpan } from '@shared/model/timeline'
import { devicesOf, type Topology } from '@shared/model/topology'
import { workflowsOf } from '@shared/model/batch/draw'
import { presetOf } from '@shared/presets'

/** The exact optimum of one workflow on a map. */
export interface SampleOptimum {
  id: string
  device: string
  /** Tasks in order, with where and when each runs. */
  spans: readonly TaskSpan[]
  /** Places in order: the device, each task's, the device again where the return is counted. */
  stops: readonly string[]
  /** MB that travel between one stop and the next. */
  megabytes: readonly number[]
  /** T, return included, seconds. */
  delaySeconds: number
  energyJoules: number
  /** Q*. */
  cost: number
}

export interface Samples {
  workflows: readonly SampleOptimum[]
  /** Σ Q* over the workflows. */
  cost: number
  /** Tasks of all workflows by the node they run on. */
  tasksByNode: ReadonlyMap<string, number>
  tasks: number
  energyWeight: number
}

/** A topology whose sample is worth waiting for, in node count: beyond that it is computed when asked. */
export const MOST_AT_ONCE = 80

/**
 * The exact optimum of the paper's 20 workflows on a topology, δ 0.2, for the editor. Undefined where the
 * topology cannot be computed with: it has no device, or links to nowhere.
 */
export function samplesOn(topology: Topology): Samples | undefined {
  const read = readWorkload(presetOf('paper', 'workload'))
  if (!read.ok || devicesOf(topology).length === 0) return undefined
  try {
    const workload = { name: read.value.name, workflows: workflowsOf(read.value, topology) }
    const compiled = compileScenario({ name: topology.name, topology, workload, objective: DEFAULT_OBJECTIVE })
    const workflows = compiled.chains.map((_, i) => optimumOf(compiled, i))
    const tasksByNode = new Map<string, number>()
    for (const { spans } of workflows) for (const { node } of spans) tasksByNode.set(node, (tasksByNode.get(node) ?? 0) + 1)
    return {
      workflows,
      cost: workflows.reduce((sum, { cost }) => sum + cost, 0),
      tasksByNode,
      tasks: workflows.reduce((sum, { spans }) => sum + spans.length, 0),
      energyWeight: DEFAULT_OBJECTIVE.energyWeight
    }
  } catch {
    return undefined
  }
}

function optimumOf(compiled: CompiledScenario, i: number): SampleOptimum {
  const chain = compiled.chains[i]
  const environment = environmentOf(compiled.environments, chain)
  const { placement } = viterbi(scenarioCostTable(compiled, chain), environment.locations.length)
  const { countReturn } = compiled.scenario.objective
  const spans = chainTimeline(environment, chain, countReturn, placement)
  const delaySeconds = chainDelay(environment, chain, countReturn, placement)
  const energyJoules = chainEnergy(environment, chain, countReturn, placement)
  return {
    id: chain.id,
    device: chain.device,
    spans,
    stops: [chain.device, ...spans.map((span) => span.node), ...(countReturn ? [chain.device] : [])],
    megabytes: [...chain.megabytes],
    delaySeconds,
    energyJoules,
    cost: weightedCost(compiled.scenario.objective, compiled.references, delaySeconds, energyJoules)
  }
}
