import type { Outlook } from './outlook'
import type { Plan } from './search'

/**
 * What a rule takes the place for that has the least: when the task ends; F; or Q as far as the task alone tells it, its finish and the
 * least that must follow it on the way to the end of its workflow, with its energy.
 */
export const RULES = ['finish', 'cost', 'tail'] as const
export type Rule = (typeof RULES)[number]

/** Completes placements by rules. One is enough for many placements; it is not for use by two at a time. */
export class Completion {
  readonly #outlook: Outlook
  /** The state that is completed, and one to try places in. */
  readonly #states: Float64Array

  constructor(outlook: Outlook) {
    this.#outlook = outlook
    this.#states = new Float64Array(2 * outlook.executor.layout.size)
  }

  /**
   * Places what is left after the state at `at`: by a rule, or all at place `by`. Writes it into `placement` and returns what it costs
   * beyond the state's own Q so far, Infinity where it cannot be; gives up, with Infinity, where that is not below `limit`.
   */
  complete(states: Float64Array, at: number, by: Rule | number, placement: Uint8Array, limit = Infinity): number {
    const { executor } = this.#outlook
    const { size } = executor.layout
    const own = this.#states
    for (let x = 0; x < size; x++) own[x] = states[at + x]
    let cost = 0
    for (let i = own[0]; i < executor.batch.decisions; i++) {
      const place = typeof by === 'number' ? by : this.choose(own, 0, by)
      placement[i] = place
      cost += executor.step(own, 0, place)
      if (!(cost < limit)) return Infinity
    }
    return cost
  }

  /** The place a rule takes for the next decision; of several the first. */
  choose(states: Float64Array, at: number, rule: Rule): number {
    const { executor, tails } = this.#outlook
    const { layout, batch, costPerJoule, costPerSecond } = executor
    const { size } = layout
    const own = this.#states
    const i = states[at]
    let best = 0
    let least = Infinity
    for (let k = 0; k < batch.places; k++) {
      for (let x = 0; x < size; x++) own[size + x] = states[at + x]
      const cost = executor.step(own, size, k)
      if (cost === Infinity) continue
      const finish = own[size + layout.finish + i]
      const value =
        rule === 'cost'
          ? cost
          : rule === 'finish'
            ? finish
            : (finish + tails[i * batch.places + k]) * costPerSecond + executor.lastJoules * costPerJoule
      if (value < least) {
        least = value
        best = k
      }
    }
    return best
  }
}

/** The plan of a rule, or of one place for all tasks. */
export function planBy(outlook: Outlook, by: Rule | number): Plan {
  const { executor } = outlook
  const start = new Float64Array(executor.layout.size)
  executor.begin(start)
  const placement = new Uint8Array(executor.batch.decisions)
  const cost = new Completion(outlook).complete(start, 0, by, placement)
  return { placement, cost: cost === Infinity ? cost : executor.run(placement) }
}
