import { type Evaluation, referenceKindOf } from '@shared/run/evaluation'
import { mean, quantile } from '@shared/statistics/descriptive'
import { TIERS, type Tier } from '@shared/model/topology'
import { optimalityGap, type Reference, type ReferenceKind, type WorldEpisode } from '@shared/model/world'

interface Totals {
  costs: Float64Array
  meanDelaySeconds: number
  meanEnergyJoules: number
  share: Record<Tier, number>
}

/** Where no placement is known that reaches a bound, nor is what it would come to. */
const UNKNOWN: Omit<Totals, 'costs'> = {
  meanDelaySeconds: Number.NaN,
  meanEnergyJoules: Number.NaN,
  share: { device: 0, edge: 0, cloud: 0 }
}

/** Evaluates placements of a problem's held-out episodes against their references, which are found once. */
export class Evaluator {
  #inSample: boolean
  #episodes: readonly WorldEpisode[]
  #references: readonly Reference[]
  /** [episodes] the cost that each gap is to. */
  #bases: Float64Array
  #best: Omit<Totals, 'costs'>

  constructor(problem: { heldOut: readonly { model: WorldEpisode }[]; inSample: boolean }) {
    this.#inSample = problem.inSample
    this.#episodes = problem.heldOut.map(({ model }) => model)
    this.#references = this.#episodes.map((episode) => episode.reference())
    this.#bases = Float64Array.from(this.#references, ({ kind, lower, upper }) => (kind === 'bound' ? lower : upper))
    const placements = this.#references.flatMap(({ placement }) => placement ?? [])
    this.#best = placements.length === this.#episodes.length ? totalsOf(this.#episodes, placements) : UNKNOWN
  }

  /** How sure the references are, taken together. */
  get kind(): ReferenceKind {
    return referenceKindOf({ references: this.#kinds() })
  }

  /** What the references come to on the held-out workflows. */
  get optimum(): Evaluation['optimum'] {
    const { meanDelaySeconds, meanEnergyJoules, share } = this.#best
    return { meanCost: mean(this.#bases), meanDelaySeconds, meanEnergyJoules, share }
  }

  /** Mean of −Q* / N: what the reward curve would come to if every workflow were placed as well as can be. */
  get optimumReward(): number {
    return mean(this.#episodes.map(({ decisions }, x) => -this.#bases[x] / decisions))
  }

  /** Q above the reference, of each held-out episode. */
  gaps(costs: Float64Array): Float64Array {
    return costs.map((cost, x) => optimalityGap(cost, this.#references[x]))
  }

  /** `decisionMs`: how long deciding all of them took, in milliseconds. */
  evaluate(placements: readonly Uint8Array[], decisionMs: number): Evaluation {
    const { costs, ...totals } = totalsOf(this.#episodes, placements)
    const gaps = this.gaps(costs)
    const workflows = this.#episodes.reduce((sum, episode) => sum + episode.workflows.length, 0)
    return {
      workflows,
      inSample: this.#inSample,
      meanCost: mean(costs),
      ...totals,
      gapMean: mean(gaps),
      gapP95: quantile(gaps, 0.95),
      gapMax: quantile(gaps, 1),
      exactMatches: gaps.filter((gap) => gap < 1e-9).length,
      decisionMs: decisionMs / placements.length,
      ...(workflows > placements.length && { batches: placements.length }),
      references: this.#kinds(),
      optimum: this.optimum,
      gaps: Array.from(gaps),
      costs: Array.from(costs)
    }
  }

  #kinds(): Record<ReferenceKind, number> {
    const counts: Record<ReferenceKind, number> = { optimum: 0, 'best-known': 0, bound: 0 }
    for (const { kind } of this.#references) counts[kind]++
    return counts
  }
}

/** What placements of episodes come to: Q of each episode, T and E as means over all workflows. */
export function totalsOf(episodes: readonly WorldEpisode[], placements: readonly Uint8Array[]): Totals {
  const share = Object.fromEntries(TIERS.map((tier) => [tier, 0])) as Record<Tier, number>
  let delay = 0
  let energy = 0
  let tasks = 0
  let workflows = 0
  const costs = Float64Array.from(episodes, (episode, x) => {
    const placement = placements[x]
    const measured = episode.measure(placement)
    delay += measured.delaySeconds
    energy += measured.energyJoules
    tasks += placement.length
    workflows += episode.workflows.length
    episode.order.forEach(({ workflow }, i) => share[episode.locations(workflow)[placement[i]].tier]++)
    return measured.cost
  })
  for (const tier of TIERS) share[tier] /= tasks
  return { costs, meanDelaySeconds: delay / workflows, meanEnergyJoules: energy / workflows, share }
}
