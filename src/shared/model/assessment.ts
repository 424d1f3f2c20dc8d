import { type ChainPlacement, chainDelay, chainEnergy, weightedCost } from './cost'
import { viterbi } from './optimum'
import { type CompiledScenario, environmentOf, scenarioCostTable } from './scenario'
import type { References } from './objective'
import { chainTimeline, type TaskSpan } from './timeline'

export interface Cost {
  delaySeconds: number
  energyJoules: number
  cost: number
  /** Q / Q* − 1. */
  optimalityGap: number
}

export interface WorkflowAssessment extends Cost {
  id: string
  placement: Record<string, string>
  tasks: TaskSpan[]
}

/** What a placement of a whole workload costs: sums in `total`, T_x, E_x, Q_x and the tasks' timeline for each workflow. */
export interface Assessment {
  references: References
  total: Cost
  workflows: WorkflowAssessment[]
}

/** Q / Q* − 1; a free optimum matched is 0. */
export function optimalityGap(cost: number, optimum: number): number {
  return cost === optimum ? 0 : cost / optimum - 1
}

/** Assesses one placement a workflow (location indices, in the order of `compiled.chains`); `optima` where they are known already. */
export function assess(
  compiled: CompiledScenario,
  placements: readonly ChainPlacement[],
  optima: readonly ChainPlacement[] = optimalPlacements(compiled)
): Assessment {
  const { objective } = compiled.scenario
  const costOf = (x: number, placement: ChainPlacement): Omit<Cost, 'optimalityGap'> => {
    const chain = compiled.chains[x]
    const environment = environmentOf(compiled.environments, chain)
    const delaySeconds = chainDelay(environment, chain, objective.countReturn, placement)
    const energyJoules = chainEnergy(environment, chain, placement)
    return { delaySeconds, energyJoules, cost: weightedCost(objective, compiled.references, delaySeconds, energyJoules) }
  }
  const total = { delaySeconds: 0, energyJoules: 0, cost: 0, optimalityGap: 0 }
  let best = 0
  const workflows = compiled.chains.map((chain, x): WorkflowAssessment => {
    const environment = environmentOf(compiled.environments, chain)
    const placement = placements[x]
    const cost = costOf(x, placement)
    const optimum = costOf(x, optima[x]).cost
    total.delaySeconds += cost.delaySeconds
    total.energyJoules += cost.energyJoules
    total.cost += cost.cost
    best += optimum
    return {
      id: chain.id,
      ...cost,
      optimalityGap: optimalityGap(cost.cost, optimum),
      placement: Object.fromEntries(chain.taskIds.map((id, i) => [id, environment.locations[placement[i]].id])),
      tasks: chainTimeline(environment, chain, placement)
    }
  })
  total.optimalityGap = optimalityGap(total.cost, best)
  return { references: compiled.references, total, workflows }
}

/** The exact optimum of every workflow of the scenario. */
export function optimalPlacements(compiled: CompiledScenario): Uint8Array[] {
  return compiled.chains.map((chain) => {
    const places = environmentOf(compiled.environments, chain).locations.length
    return viterbi(scenarioCostTable(compiled, chain), places).placement
  })
}

/** The exact optimum, assessed. */
export function assessOptimum(compiled: CompiledScenario): Assessment {
  const optima = optimalPlacements(compiled)
  return assess(compiled, optima, optima)
}
