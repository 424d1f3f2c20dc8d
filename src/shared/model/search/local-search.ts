import { Incremental } from './incremental'
import type { Outlook } from './outlook'
import { type Plan, type Search, searched } from './search'

/** Moves one task at a time to where the whole costs less, task by task and place by place in turn, until no move of one task helps. */
export class LocalSearch implements Search {
  readonly best: Plan
  readonly #current: Incremental
  readonly #places: number
  #evaluations = 0
  /** The next move, by task and place, and how many in a row have not helped. */
  #next = 0
  #idle = 0

  constructor(outlook: Outlook, start: Plan) {
    this.#current = new Incremental(outlook)
    this.#places = outlook.executor.batch.places
    this.best = { placement: Uint8Array.from(start.placement), cost: this.#current.set(start.placement) }
  }

  get evaluations(): number {
    return this.#evaluations
  }

  get isDone(): boolean {
    return this.#idle >= this.best.placement.length * this.#places
  }

  advance(evaluations: number): void {
    const current = this.#current
    const { best } = this
    const moves = best.placement.length * this.#places
    const last = this.#evaluations + evaluations
    while (!this.isDone && this.#evaluations < last) {
      const i = Math.floor(this.#next / this.#places)
      const place = this.#next % this.#places
      this.#next = (this.#next + 1) % moves
      this.#idle++
      if (place === current.placement[i]) continue
      this.#evaluations++
      const cost = current.try(i, place, current.cost)
      if (cost < current.cost) {
        current.accept()
        this.#idle = 0
        best.cost = cost
        best.placement[i] = place
      } else current.reject()
    }
  }
}

/** A plan that no move of one task makes cheaper, from `start` on. */
export function locallyBest(outlook: Outlook, start: Plan): Plan {
  return searched(new LocalSearch(outlook, start))
}
