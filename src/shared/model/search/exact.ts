import { advance } from '../advance'
import { Layers } from './layers'
import type { Outlook } from './outlook'
import type { Plan } from './search'

/** What is known of the least Q: it lies in [lower, plan.cost]. */
export interface Proof {
  lower: number
  /** The best plan that was met. */
  plan: Plan
  /** Whether nothing is better than that plan, by more than one part in 10¹⁰. */
  isProven: boolean
  /** States that were reached. */
  states: number
}

/** How much of what is left of the states one layer may use. */
const SHARE = 0.2
/** Relative difference of Q below which plans are alike: a sum of many numbers is no surer than that. */
const ALIKE = 1e-10

/**
 * The least Q over all placements in the order of decisions, by layered dominance from a plan on that bounds it from above. Where more than
 * `most` states would have to be kept in all, the best of each layer are followed and the rest is vouched for by its bound.
 */
export function exact(outlook: Outlook, start: Plan, most: number): Proof {
  const { executor } = outlook
  const { decisions } = executor.batch
  const plan = { placement: Uint8Array.from(start.placement), cost: start.cost }
  const layers = new Layers(outlook)
  layers.upper = plan.cost * (1 - ALIKE)
  while (layers.taken < decisions && layers.count > 0) {
    layers.advance(Math.max(1, Math.floor((most - layers.kept) * SHARE)))
    advance()
  }
  const { bound, state } = layers.least()
  if (bound < plan.cost) {
    layers.trace(state, plan.placement)
    plan.cost = executor.run(plan.placement)
  }
  const isProven = layers.dropped >= plan.cost * (1 - ALIKE)
  return { lower: isProven ? plan.cost : layers.dropped, plan, isProven, states: layers.reached }
}
