import type { Evaluation } from '@shared/run/evaluation'
import { mean, quantile } from '@shared/statistics/descriptive'
import { optimalityGap } from '@shared/model/assessment'
import { chainDelay, chainEnergy, tableCost } from '@shared/model/cost'
import { viterbi } from '@shared/model/optimum'
import { environmentOf } from '@shared/model/scenario'
import { TIERS, type Tier } from '@shared/model/topology'
import type { Problem } from './problem'

interface Totals {
  costs: Float64Array
  meanDelaySeconds: number
  meanEnergyJoules: number
  share: Record<Tier, number>
}

/** Evaluates placements of a problem's held-out workflows against their optimum, which is computed once. */
export class Evaluator {
  #problem: Problem
  #optimum: Totals

  constructor(problem: Problem) {
    this.#problem = problem
    this.#optimum = this.#totals(problem.heldOut.map((episode) => viterbi(episode.costs, problem.shape.places).placement))
  }

  /** What the optimum comes to on the held-out workflows. */
  get optimum(): Evaluation['optimum'] {
    const { costs, ...totals } = this.#optimum
    return { meanCost: mean(costs), ...totals }
  }

  /** Mean of −Q* / N: what the reward curve would come to if every workflow were placed as well as can be. */
  get optimumReward(): number {
    return mean(this.#problem.heldOut.map((episode, x) => -this.#optimum.costs[x] / episode.tasks))
  }

  /** Q / Q* − 1 of each held-out workflow. */
  gaps(costs: Float64Array): Float64Array {
    return costs.map((cost, x) => optimalityGap(cost, this.#optimum.costs[x]))
  }

  /** `decisionMs`: how long deciding all of them took, in milliseconds. */
  evaluate(placements: readonly Uint8Array[], decisionMs: number): Evaluation {
    const { costs, ...totals } = this.#totals(placements)
    const gaps = this.gaps(costs)
    return {
      workflows: placements.length,
      inSample: this.#problem.inSample,
      meanCost: mean(costs),
      ...totals,
      gapMean: mean(gaps),
      gapP95: quantile(gaps, 0.95),
      gapMax: quantile(gaps, 1),
      exactMatches: gaps.filter((gap) => gap < 1e-9).length,
      decisionMs: decisionMs / placements.length,
      optimum: this.optimum,
      gaps: Array.from(gaps),
      costs: Array.from(costs)
    }
  }

  #totals(placements: readonly Uint8Array[]): Totals {
    const { heldOut, compiled, shape } = this.#problem
    const share = Object.fromEntries(TIERS.map((tier) => [tier, 0])) as Record<Tier, number>
    let delay = 0
    let energy = 0
    let tasks = 0
    const costs = Float64Array.from(heldOut, (episode, x) => {
      const environment = environmentOf(compiled.environments, episode.chain)
      const placement = placements[x]
      delay += chainDelay(environment, episode.chain, compiled.scenario.objective.countReturn, placement)
      energy += chainEnergy(environment, episode.chain, placement)
      tasks += placement.length
      for (const place of placement) share[environment.locations[place].tier]++
      return tableCost(episode.costs, shape.places, placement)
    })
    for (const tier of TIERS) share[tier] /= tasks
    return { costs, meanDelaySeconds: delay / heldOut.length, meanEnergyJoules: energy / heldOut.length, share }
  }
}
