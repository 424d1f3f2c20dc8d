import { TIERS, type Tier } from '../model/topology'
import { weakestKind } from '../model/assessment'
import { REFERENCE_KINDS, type ReferenceKind } from '../model/world'
import type { Course } from '../curves/course'

/** How a policy does on the held-out workflows. Gaps are of each workflow (Q_x / Q*_x − 1), then averaged. */
export interface Evaluation {
  workflows: number
  /** True where no workflow was kept apart from training. */
  inSample: boolean
  meanCost: number
  meanDelaySeconds: number
  meanEnergyJoules: number
  gapMean: number
  gapP95: number
  gapMax: number
  /** Workflows placed exactly as well as the optimum (gap below 1e-9). */
  exactMatches: number
  /** Share of tasks each tier ran. */
  share: Record<Tier, number>
  /** Milliseconds of deciding all workflows, divided by their number. */
  decisionMs: number
  /** Episodes placed together where these are batches of several workflows: gaps, costs and exact matches are of batches then. */
  batches?: number
  /** Episodes by the kind of the reference that their gaps are to; absent: all optima. */
  references?: Record<ReferenceKind, number>
  /**
   * What the references come to: the cost that gaps are to. Delay and energy are NaN, and shares 0, where some reference is a bound that no
   * placement is known to reach.
   */
  optimum: {
    meanCost: number
    meanDelaySeconds: number
    meanEnergyJoules: number
    share: Record<Tier, number>
  }
  /** How the gap came down while it learned; absent where nothing was learned. */
  course?: Course
  /** [workflows] gap of each held-out workflow, the pairs of paired statistics. */
  gaps: number[]
  /** [workflows] Q of each held-out workflow. */
  costs: number[]
}

/** What the gaps of an evaluation are to, taken together: the least sure kind of its references. */
export function referenceKindOf({ references }: Pick<Evaluation, 'references'>): ReferenceKind {
  return references ? weakestKind(REFERENCE_KINDS.filter((kind) => references[kind] > 0)) : 'optimum'
}

/** The tier that nearly all tasks go to although the references spread them; by tiers, as that is what a history holds of every run. */
export function collapsedTier(evaluation: Pick<Evaluation, 'share' | 'optimum' | 'references'>): Tier | undefined {
  if (referenceKindOf(evaluation) === 'bound') return undefined
  return TIERS.find((tier) => evaluation.share[tier] > 0.995 && evaluation.optimum.share[tier] < 0.9)
}
