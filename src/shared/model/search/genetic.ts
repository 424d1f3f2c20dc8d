import { SteppedSearch } from './stepped'

/** A placement of a population, its Q, and whether no move of one task is known to help. */
export interface Individual {
  placement: Uint8Array
  cost: number
  isLocallyBest?: boolean
}

/** J. Holland 1975, as it is usual: sizes and probabilities are ours. */
const POPULATION = 50
const ELITES = 2
const CROSSOVER = 0.9

/**
 * A genetic algorithm over placements: parents win tournaments of two, two-point crossover exchanges what they have between two tasks, each
 * task mutates with probability 1/N, and the best two live on. One of the first generation is the plan it starts from.
 */
export class Genetic extends SteppedSearch {
  protected override *course(): Generator<void, void, void> {
    let population: Individual[] = [{ placement: this.best.placement.slice(), cost: this.best.cost }]
    while (population.length < POPULATION) yield* this.#join(population, this.drawn())
    for (;;) {
      population.sort((a, b) => a.cost - b.cost)
      yield* this.improve(population)
      const next = population.slice(0, ELITES)
      while (next.length < POPULATION) {
        const pair = [this.#parent(population), this.#parent(population)].map(({ placement }) => placement.slice())
        if (this.random.uniform() < CROSSOVER) this.#cross(pair[0], pair[1])
        for (const child of pair) {
          this.#mutate(child)
          if (next.length < POPULATION) yield* this.#join(next, child)
        }
      }
      population = next
    }
  }

  /** What is done with a generation, best first, before it has children: nothing here. */
  protected *improve(_population: readonly Individual[]): Generator<void, void, void> {}

  *#join(population: Individual[], placement: Uint8Array): Generator<void, void, void> {
    population.push({ placement, cost: this.evaluate(placement) })
    yield
  }

  #parent(population: readonly Individual[]): Individual {
    const [a, b] = [population[this.random.below(population.length)], population[this.random.below(population.length)]]
    return b.cost < a.cost ? b : a
  }

  #cross(a: Uint8Array, b: Uint8Array): void {
    const points = [this.random.below(this.tasks + 1), this.random.below(this.tasks + 1)]
    for (let i = Math.min(...points); i < Math.max(...points); i++) [a[i], b[i]] = [b[i], a[i]]
  }

  #mutate(placement: Uint8Array): void {
    for (let i = 0; i < this.tasks; i++) {
      if (this.random.uniform() >= 1 / this.tasks) continue
      const elsewhere = this.random.below(this.places - 1)
      placement[i] = elsewhere < placement[i] ? elsewhere : elsewhere + 1
    }
  }
}
