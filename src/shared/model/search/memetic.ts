import { Genetic, type Individual } from './genetic'
import { Incremental } from './incremental'
import type { Outlook } from './outlook'
import type { SteppedOptions } from './stepped'

/** The share of a generation, best first, that is improved. */
const IMPROVED = 0.1

/** A genetic algorithm whose best tenth of every generation moves one task at a time wherever that helps, until nothing does. */
export class Memetic extends Genetic {
  readonly #current: Incremental

  constructor(outlook: Outlook, options: SteppedOptions) {
    super(outlook, options)
    this.#current = new Incremental(outlook)
  }

  protected override *improve(population: readonly Individual[]): Generator<void, void, void> {
    for (const individual of population.slice(0, Math.ceil(IMPROVED * population.length))) {
      if (individual.isLocallyBest || individual.cost === Infinity) continue
      yield* this.#descend(individual)
    }
  }

  /** First improvement: moves in an order drawn at random, each that lowers Q made at once. */
  *#descend(individual: Individual): Generator<void, void, void> {
    const current = this.#current
    const moves = Uint32Array.from({ length: this.tasks * this.places }, (_, move) => move)
    this.random.shuffle(moves)
    current.set(individual.placement)
    for (let at = 0, idle = 0; idle < moves.length; at = (at + 1) % moves.length) {
      const [i, place] = [Math.floor(moves[at] / this.places), moves[at] % this.places]
      idle++
      if (place === current.placement[i]) continue
      const cost = current.try(i, place, current.cost)
      if (cost < current.cost) {
        current.accept()
        individual.placement[i] = place
        individual.cost = cost
        idle = 0
      } else current.reject()
      this.count(individual.placement, individual.cost)
      yield
    }
    individual.isLocallyBest = true
  }
}
