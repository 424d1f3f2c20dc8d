import { advance } from '../advance'
import { Layers } from './layers'
import type { Outlook } from './outlook'
import type { Plan } from './search'

/** What is known of the least Q: it lies in [lower, plan.cost]. */
export interface Proof {
  lower: number
  /** The best plan that was met. */
  plan: Plan
  /** Whether no placement costs less than that plan by more than one part in 10¹⁰; `lower` is its cost then. */
  isProven: boolean
  /** How many states were reached. */
  states: number
}

export interface ExactOptions {
  /** A plan that bounds the least Q from above: the better, the fewer states there are. */
  start: Plan
  /** How many states are kept in all. */
  states: number
  /** What happens where that is not enough: the best of each layer are followed to better plans, or the search ends. Followed unless given. */
  otherwise?: 'follow' | 'end'
}

/** How much of the states that are left one layer may use, so that there are some for the layers after it. */
const SHARE = { follow: 0.2, end: 1 } as const
/** Relative difference of Q below which plans are alike: a sum of many numbers is not surer than that. */
const ALIKE = 1e-10

/**
 * The least Q over all placements in the order of decisions, by layered dominance (`Layers`). It is proven where no state had to be dropped
 * that promised less than the best plan; where the states are not enough, `lower` is what the dropped ones promise. The same on any machine.
 */
export function exact(outlook: Outlook, { start, states, otherwise = 'follow' }: ExactOptions): Proof {
  const { executor } = outlook
  const { decisions } = executor.batch
  const plan = { placement: Uint8Array.from(start.placement), cost: start.cost }
  const layers = new Layers(outlook)
  layers.upper = plan.cost * (1 - ALIKE)
  while (layers.taken < decisions && layers.count > 0) {
    layers.advance(Math.max(1, Math.floor((states - layers.kept) * SHARE[otherwise])))
    advance()
    if (otherwise === 'end' && layers.dropped < plan.cost) break
  }
  const { bound, state } = layers.least()
  if (layers.taken === decisions && bound < plan.cost) {
    layers.trace(state, plan.placement)
    plan.cost = executor.run(plan.placement)
  }
  const lower = Math.min(layers.dropped, layers.taken < decisions ? bound : Infinity)
  const isProven = lower >= plan.cost * (1 - ALIKE)
  return { lower: isProven ? plan.cost : lower, plan, isProven, states: layers.reached }
}
