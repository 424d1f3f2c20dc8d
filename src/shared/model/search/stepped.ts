import type { RandomStream } from '../random'
import type { Outlook } from './outlook'
import type { Plan, Search } from './search'

export interface SteppedOptions {
  /** The plan it starts from. */
  start: Plan
  random: RandomStream
  /** How many placements are evaluated at most, that of the start aside. */
  evaluations: number
}

/** A search written as one course that yields after every evaluation, so that it can be stopped after any. */
export abstract class SteppedSearch implements Search {
  readonly best: Plan
  protected readonly outlook: Outlook
  protected readonly random: RandomStream
  /** N and K. */
  protected readonly tasks: number
  protected readonly places: number
  readonly #most: number
  #evaluations = 0
  #course: Generator<void, void, void> | undefined

  constructor(outlook: Outlook, { start, random, evaluations }: SteppedOptions) {
    this.outlook = outlook
    this.random = random
    this.tasks = outlook.executor.batch.decisions
    this.places = outlook.executor.batch.places
    this.#most = evaluations
    this.best = { placement: Uint8Array.from(start.placement), cost: start.cost }
  }

  get evaluations(): number {
    return this.#evaluations
  }

  get isDone(): boolean {
    return this.#evaluations >= this.#most || this.places === 1
  }

  advance(evaluations: number): void {
    this.#course ??= this.course()
    const last = Math.min(this.#most, this.#evaluations + evaluations)
    while (!this.isDone && this.#evaluations < last) this.#course.next()
  }

  /** Never ends by itself. Every evaluation is counted by `count` and followed by a yield, so that none is left out or made twice. */
  protected abstract course(): Generator<void, void, void>

  /** Counts an evaluation, and keeps its placement where it is the best. */
  protected count(placement: Uint8Array, cost: number): void {
    this.#evaluations++
    if (!(cost < this.best.cost)) return
    this.best.cost = cost
    this.best.placement.set(placement)
  }

  /** Q of a placement, counted; Infinity where data has no route. */
  protected evaluate(placement: Uint8Array): number {
    const cost = this.outlook.executor.run(placement)
    this.count(placement, cost)
    return cost
  }

  /** A placement drawn decision by decision from those that are allowed. */
  protected drawn(): Uint8Array {
    const { executor } = this.outlook
    const state = new Float64Array(executor.layout.size)
    const allowed = new Uint8Array(this.places)
    executor.begin(state)
    return Uint8Array.from({ length: this.tasks }, () => {
      executor.moves(state, 0, allowed)
      let place = this.random.below(this.places)
      while (!allowed[place]) place = this.random.below(this.places)
      executor.step(state, 0, place)
      return place
    })
  }
}
