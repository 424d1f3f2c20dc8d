import type { RandomStream } from '@shared/model/random'
import type { PackedArray } from '../packing'
import type { Streams } from '../learner'
import type { BatchProblem, BatchSight } from './problem'
import { type DrawnTransitions, emptyDrawn, TransitionPool } from './transitions'

/** Where Q-learning on batches keeps its transitions, and what it draws its replay batches from. */
export interface Memory {
  /** Draws the batches of a round; what is placed of them goes to `pool`. */
  round(problem: Pick<BatchProblem, 'worlds' | 'draw'>, count: number, random: RandomStream): BatchSight[]
  readonly pool: TransitionPool
  /** [units·batch] a replay batch of every unit. */
  draw(streams: Streams, units: number, batch: number): DrawnTransitions
  /** What a checkpoint keeps. */
  readonly next: number
  readonly arrays: Record<string, PackedArray>
}

/** What a checkpoint of a memory holds. */
export interface KeptPools {
  next: number
  arrays: Record<string, PackedArray>
}

/** The size of each pool: transitions, numbers of a state, places. */
interface PoolSize {
  capacity: number
  inputs: number
  places: number
}

/** One pool for all that is placed, as Algorithm 1 has it. */
export class OnePool implements Memory {
  readonly pool: TransitionPool

  constructor({ capacity, inputs, places }: PoolSize, kept?: KeptPools) {
    this.pool = kept ? TransitionPool.from(kept.arrays, kept.next) : new TransitionPool(capacity, inputs, places)
  }

  round(problem: Pick<BatchProblem, 'worlds' | 'draw'>, count: number, random: RandomStream): BatchSight[] {
    return Array.from({ length: count }, () => problem.draw(random))
  }

  draw({ replay }: Streams, units: number, batch: number): DrawnTransitions {
    const rows = units * batch
    const drawn = emptyDrawn(rows, this.pool.inputs, this.pool.places)
    this.pool.draw(replay, drawn, 0, rows)
    return drawn
  }

  get next(): number {
    return this.pool.next
  }

  get arrays(): Record<string, PackedArray> {
    return this.pool.arrays
  }
}

/**
 * A pool for each environment of a set. A round is placed in one of them; then every unit draws the one to learn in among those that
 * have transitions, or learns where the round was placed.
 *
 * @paper Algorithm 2, line 2: the pools of all environments are empty at the start.
 * @paper Algorithm 2, lines 4 and 10: an environment is drawn to place workflows in and, where `drawn` is "twice", another to learn in.
 */
export class EnvironmentPools implements Memory {
  readonly #size: PoolSize
  readonly #drawn: 'twice' | 'once'
  /** By environment; absent until something was placed in it. */
  readonly #pools = new Map<number, TransitionPool>()
  #world = 0

  constructor(size: PoolSize, drawn: 'twice' | 'once', kept?: KeptPools) {
    this.#size = size
    this.#drawn = drawn
    if (!kept) return
    this.#world = kept.next
    const { worlds, at } = kept.arrays
    worlds.forEach((world, i) => {
      const own = Object.entries(kept.arrays).flatMap(([key, array]) => {
        const prefix = prefixOf(world)
        return key.startsWith(prefix) ? [[key.slice(prefix.length), array]] : []
      })
      this.#pools.set(world, TransitionPool.from(Object.fromEntries(own), at[i]))
    })
  }

  round(problem: Pick<BatchProblem, 'worlds' | 'draw'>, count: number, random: RandomStream): BatchSight[] {
    this.#world = problem.worlds === 1 ? 0 : random.below(problem.worlds)
    return Array.from({ length: count }, () => problem.draw(random, this.#world))
  }

  get pool(): TransitionPool {
    const held = this.#pools.get(this.#world)
    if (held) return held
    const { capacity, inputs, places } = this.#size
    const pool = new TransitionPool(capacity, inputs, places)
    this.#pools.set(this.#world, pool)
    return pool
  }

  draw({ environment, replay }: Streams, units: number, batch: number): DrawnTransitions {
    const { inputs, places } = this.#size
    const drawn = emptyDrawn(units * batch, inputs, places)
    const met = [...this.#pools.keys()].sort((a, b) => a - b)
    for (let unit = 0; unit < units; unit++) {
      const world = this.#drawn === 'once' ? this.#world : met[environment.below(met.length)]
      const pool = this.#pools.get(world) as TransitionPool
      pool.draw(replay, drawn, unit * batch, batch)
    }
    return drawn
  }

  get next(): number {
    return this.#world
  }

  get arrays(): Record<string, PackedArray> {
    const met = [...this.#pools]
    return {
      worlds: Int32Array.from(met, ([world]) => world),
      at: Int32Array.from(met, ([, pool]) => pool.next),
      ...Object.fromEntries(
        met.flatMap(([world, pool]) => Object.entries(pool.arrays).map(([key, array]) => [prefixOf(world) + key, array] as const))
      )
    }
  }
}

const prefixOf = (world: number) => `${world}:`
