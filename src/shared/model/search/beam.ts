import { Layers, type Valuation } from './layers'
import type { Outlook } from './outlook'
import { planBy } from './rules'
import { type Plan, type Search, searched } from './search'

export interface BeamOptions {
  /** How many states are kept after each decision. */
  states: number
  /** Added to Q so far and its bound, to rank states by. */
  value?: Valuation
  /** What it is to be better than; by the rule "tail" unless given. */
  start?: Plan
}

/** Follows the best states along the order of decisions; those that others dominate take no room. */
export class Beam implements Search {
  readonly best: Plan
  readonly #outlook: Outlook
  readonly #layers: Layers
  readonly #states: number

  constructor(outlook: Outlook, { states, value, start = planBy(outlook, 'tail') }: BeamOptions) {
    this.#outlook = outlook
    this.#states = states
    this.#layers = new Layers(outlook, value)
    this.#layers.upper = start.cost
    this.best = { placement: Uint8Array.from(start.placement), cost: start.cost }
  }

  /** States that were reached are parts of placements; so many are as much as one. */
  get evaluations(): number {
    return Math.ceil(this.#layers.reached / this.best.placement.length)
  }

  get isDone(): boolean {
    return this.#layers.count === 0 || this.#layers.taken === this.best.placement.length
  }

  advance(evaluations: number): void {
    const layers = this.#layers
    const last = this.evaluations + evaluations
    while (!this.isDone && this.evaluations < last) layers.advance(this.#states)
    if (layers.taken < this.best.placement.length) return
    const { bound, state } = layers.least()
    if (!(bound < this.best.cost)) return
    layers.trace(state, this.best.placement)
    this.best.cost = this.#outlook.executor.run(this.best.placement)
  }
}

/** The plan of a beam. */
export function beamPlan(outlook: Outlook, options: BeamOptions): Plan {
  return searched(new Beam(outlook, options))
}
