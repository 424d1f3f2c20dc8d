import type { Release, Stream } from './causal'
import type { Outlook } from './outlook'
import { Completion } from './rules'
import type { Plan, Search } from './search'

/**
 * Searches release by release, with the same budget for each, knowing nothing of what is released later. Its evaluations count a release, so
 * that budgets say the same as of episodes that are planned at once. What is not searched yet is placed by the rule "finish", which does
 * not look ahead either.
 */
export class CausalSearch implements Search {
  readonly best: Plan
  readonly #stream: Stream
  readonly #begin: (outlook: Outlook) => Search
  readonly #budget: number
  readonly #state: Float64Array
  readonly #completion: Completion
  #number = 0
  #search: Search
  #evaluations = 0

  /** `begin` starts the search of one release, which ends after `budget` evaluations if not before. */
  constructor(stream: Stream, outlook: Outlook, begin: (outlook: Outlook) => Search, budget: number) {
    const { batch, layout } = stream.executor
    this.#stream = stream
    this.#begin = begin
    this.#budget = budget
    this.#state = new Float64Array(layout.size)
    this.#completion = new Completion(outlook)
    this.best = { placement: new Uint8Array(batch.decisions), cost: Infinity }
    stream.executor.begin(this.#state)
    this.#search = this.#open()
    this.#write()
  }

  get evaluations(): number {
    return Math.floor((this.#evaluations + this.#search.evaluations) / this.#stream.releases.length)
  }

  get isDone(): boolean {
    return this.#isThrough && this.#number + 1 === this.#stream.releases.length
  }

  advance(evaluations: number): void {
    const last = (this.evaluations + evaluations + 1) * this.#stream.releases.length - 1
    while (!this.isDone) {
      const left = last - this.#evaluations - this.#search.evaluations
      if (left <= 0) break
      if (!this.#isThrough) this.#search.advance(Math.min(left, this.#budget - this.#search.evaluations))
      if (this.#isThrough && !this.isDone) this.#next()
    }
    this.#write()
  }

  get #isThrough(): boolean {
    return this.#search.isDone || this.#search.evaluations >= this.#budget
  }

  get #release(): Release {
    return this.#stream.releases[this.#number]
  }

  #open(): Search {
    this.#release.executor.takeOver(this.#stream.executor, this.#state)
    return this.#begin(this.#release.outlook)
  }

  /** Leaves a release for the next, for good. */
  #next(): void {
    const { executor } = this.#stream
    const { from, to } = this.#release
    const { placement } = this.#search.best
    for (let i = from; i < to; i++) executor.step(this.#state, 0, placement[i - from])
    this.best.placement.set(placement, from)
    this.#evaluations += this.#search.evaluations
    this.#number++
    this.#search = this.#open()
  }

  /** Writes what the whole stream comes to now. */
  #write(): void {
    const { executor } = this.#stream
    const { from, to } = this.#release
    const state = this.#state.slice()
    const { placement } = this.#search.best
    for (let i = from; i < to; i++) executor.step(state, 0, placement[i - from])
    this.best.placement.set(placement, from)
    this.#completion.complete(state, 0, 'finish', this.best.placement)
    this.best.cost = executor.run(this.best.placement)
  }
}
