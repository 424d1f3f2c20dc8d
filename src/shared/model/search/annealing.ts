import type { RandomStream } from '../random'
import { Incremental } from './incremental'
import type { Outlook } from './outlook'
import type { Plan, Search } from './search'
import type { Toll } from './toll'

export interface AnnealingOptions {
  /** How many changes are tried. */
  evaluations: number
  random: RandomStream
  /** The plan it starts from. */
  start: Plan
  /** The temperature at first and at last, in units of Q; it falls geometrically. */
  from?: number
  to?: number
  /** What it pays for machines as a plan leaves them; the cost of its best plan then has it too. */
  toll?: Toll
}

/**
 * The temperatures at which graphs on shared machines end best: from any plan on, and from one that is good already. Where nothing waits,
 * whole stretches of a workflow have to move together, which takes a higher one.
 */
export const TEMPERATURES = { from: 0.1, apart: 1, warm: 0.03, to: 0.003 } as const

/** Simulated annealing over placements: each move puts one task, any, elsewhere, any place; S. Kirkpatrick et al. 1983. */
export class Annealing implements Search {
  readonly best: Plan
  readonly #options: AnnealingOptions
  readonly #current: Incremental
  readonly #places: number
  readonly #cooling: number
  #temperature: number
  #evaluations = 0

  constructor(outlook: Outlook, options: AnnealingOptions) {
    const { start, evaluations, from = TEMPERATURES.from, to = TEMPERATURES.to, toll } = options
    this.#options = options
    this.#current = new Incremental(outlook, toll)
    this.#places = outlook.executor.batch.places
    this.#temperature = from
    this.#cooling = evaluations > 1 ? (to / from) ** (1 / (evaluations - 1)) : 1
    this.best = { placement: Uint8Array.from(start.placement), cost: this.#current.set(start.placement) }
  }

  get evaluations(): number {
    return this.#evaluations
  }

  get isDone(): boolean {
    return this.#evaluations >= this.#options.evaluations || this.#places === 1
  }

  advance(evaluations: number): void {
    const { random } = this.#options
    const current = this.#current
    const { placement } = current
    const last = Math.min(this.#options.evaluations, this.#evaluations + evaluations)
    if (this.#places === 1) return
    for (; this.#evaluations < last; this.#evaluations++) {
      const i = random.below(placement.length)
      const elsewhere = random.below(this.#places - 1)
      const place = elsewhere < placement[i] ? elsewhere : elsewhere + 1
      // Accepted with probability exp(−Δ/T): the cost it must stay below is drawn first, so that most trials end early.
      const limit = current.cost - this.#temperature * Math.log(1 - random.uniform())
      const cost = current.try(i, place, limit)
      if (cost < limit) {
        current.accept()
        if (cost < this.best.cost) {
          this.best.cost = cost
          this.best.placement.set(placement)
        }
      } else current.reject()
      this.#temperature *= this.#cooling
    }
  }
}
