import type { Outlook } from './outlook'
import { Completion, type Rule } from './rules'
import { type Plan, type Search, searched } from './search'

/** How a placement is completed: all that is left at one place, or by a rule. */
const COMPLETING_RULES: readonly Rule[] = ['finish', 'tail']

/**
 * The pilot method (S. Voß et al. 2005): for each decision in turn and each place it may go to, the rest is completed in K + 2 ways, and the
 * decision follows the best whole plan seen so far.
 */
export class Pilot implements Search {
  readonly best: Plan
  readonly #outlook: Outlook
  readonly #completion: Completion
  readonly #ways: readonly (Rule | number)[]
  /** The state so far, and one decision further. */
  readonly #states: Float64Array
  readonly #trial: Uint8Array
  #taken = 0
  #cost = 0
  #evaluations = 0

  constructor(outlook: Outlook) {
    const { layout, batch } = outlook.executor
    this.#outlook = outlook
    this.#completion = new Completion(outlook)
    this.#ways = [...Array.from({ length: batch.places }, (_, k) => k), ...COMPLETING_RULES]
    this.#states = new Float64Array(2 * layout.size)
    this.#trial = new Uint8Array(batch.decisions)
    this.best = { placement: new Uint8Array(batch.decisions), cost: Infinity }
    outlook.executor.begin(this.#states)
    this.#look()
  }

  get evaluations(): number {
    return this.#evaluations
  }

  get isDone(): boolean {
    return this.#taken === this.#trial.length
  }

  advance(evaluations: number): void {
    const last = this.#evaluations + evaluations
    while (!this.isDone && this.#evaluations < last) {
      this.#cost += this.#outlook.executor.step(this.#states, 0, this.best.placement[this.#taken])
      this.#taken++
      if (!this.isDone) this.#look()
    }
  }

  /** Completes every place of the next decision in every way. */
  #look(): void {
    const { executor } = this.#outlook
    const { size } = executor.layout
    const { places, decisions } = executor.batch
    const states = this.#states
    const trial = this.#trial
    const { best } = this
    for (let i = 0; i < this.#taken; i++) trial[i] = best.placement[i]
    for (let k = 0; k < places; k++) {
      for (let x = 0; x < size; x++) states[size + x] = states[x]
      trial[this.#taken] = k
      const cost = this.#cost + executor.step(states, size, k)
      if (!(cost < best.cost)) continue
      for (const way of this.#ways) {
        this.#evaluations++
        const total = cost + this.#completion.complete(states, size, way, trial, best.cost - cost)
        if (!(total < best.cost)) continue
        best.cost = total
        for (let i = 0; i < decisions; i++) best.placement[i] = trial[i]
      }
    }
  }
}

/** The plan of the pilot method. */
export function pilotPlan(outlook: Outlook): Plan {
  const { placement } = searched(new Pilot(outlook))
  return { placement, cost: outlook.executor.run(placement) }
}
