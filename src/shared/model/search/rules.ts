import type { Outlook } from './outlook'
import type { Plan } from './search'

/**
 * Rules take the place that makes least: when the task ends; F; or what is known of Q from the task alone, its end and the least that must
 * follow it on the way to the end of its workflow, with its energy. Of several places the first.
 */
export const RULES = ['finish', 'cost', 'tail'] as const
export type Rule = (typeof RULES)[number]

/** Completes placements, by rules or all at one place. One can do so again and again; it allocates nothing. */
export class Completion {
  readonly #outlook: Outlook
  readonly #state: Float64Array
  readonly #clocks: Float64Array

  constructor(outlook: Outlook) {
    this.#outlook = outlook
    this.#state = new Float64Array(outlook.executor.layout.size)
    this.#clocks = new Float64Array(outlook.clocks)
  }

  /**
   * Places what is left after the state at `at`, by a rule or all at place `by`, and writes it to `placement`. Returns what it costs beyond
   * the state's own Q so far; Infinity where that cannot be, or is not below `limit`, before all is placed.
   */
  complete(states: Float64Array, at: number, by: Rule | number, placement: Uint8Array, limit = Infinity): number {
    const { executor } = this.#outlook
    const { size } = executor.layout
    const state = this.#state
    for (let x = 0; x < size; x++) state[x] = states[at + x]
    let cost = 0
    for (let i = state[0]; i < executor.batch.decisions; i++) {
      const place = typeof by === 'number' ? by : this.#choose(by)
      placement[i] = place
      cost += executor.step(state, 0, place)
      if (!(cost < limit)) return Infinity
    }
    return cost
  }

  /** The place a rule takes next. */
  #choose(rule: Rule): number {
    const { executor, tails, clocks, columns } = this.#outlook
    const { layout, batch, costPerJoule, costPerSecond } = executor
    const state = this.#state
    const i = state[layout.taken]
    const delay = layout.delay + batch.workflowOf[i]
    const before = state[delay]
    for (let c = 0; c < clocks; c++) this.#clocks[c] = state[layout.clocks + c]
    let best = 0
    let least = Infinity
    for (let k = 0; k < batch.places; k++) {
      const cost = executor.step(state, 0, k)
      const finish = state[layout.finish + i]
      let value = cost
      if (rule === 'finish') value = finish
      if (rule === 'tail') value = (finish + tails[i * batch.places + k]) * costPerSecond + executor.lastJoules * costPerJoule
      if (cost < Infinity && value < least) {
        least = value
        best = k
      }
      state[layout.taken] = i
      state[delay] = before
      state[layout.place + i] = 0
      for (let c = 0; c < columns.length; c++) state[columns[c] + i] = 0
      for (let c = 0; c < clocks; c++) state[layout.clocks + c] = this.#clocks[c]
    }
    return best
  }
}

/** The plan of a rule, or of one place for all tasks; it costs Infinity where a flow has no route there. */
export function planBy(outlook: Outlook, by: Rule | number): Plan {
  const { executor } = outlook
  const start = new Float64Array(executor.layout.size)
  executor.begin(start)
  const placement = new Uint8Array(executor.batch.decisions)
  const cost = new Completion(outlook).complete(start, 0, by, placement)
  return { placement, cost: cost === Infinity ? cost : executor.run(placement) }
}
