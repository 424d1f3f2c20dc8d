import type { BatchShape } from './batches/features'
import { featureCount, Q_AHEAD } from './batches/features'
import type { BatchSight } from './batches/problem'
import type { Episode } from './episode'
import { type AnyEpisode, type AnyProblem, isBatchProblem, isBatchSight } from './problems'
import { stateLength, writeState } from './state'

/** A place was chosen that the next task cannot go to, or that is none. */
export class IllegalMoveError extends Error {
  override name = 'IllegalMoveError'
}

/** Where an episode is: one row of a rollout. */
interface Walker {
  readonly isDone: boolean
  /** Writes the state at `at` of what holds zeros there. */
  observe(observations: Float32Array, at: number): void
  moves(moves: Uint8Array, at: number): void
  /** F of placing the next task. */
  step(place: number): number
}

class ChainWalker implements Walker {
  readonly #episode: Episode
  readonly #places: number
  #task = 0
  #previous = 0

  constructor(episode: Episode, places: number) {
    this.#episode = episode
    this.#places = places
  }

  get isDone(): boolean {
    return this.#task === this.#episode.tasks
  }

  observe(observations: Float32Array, at: number): void {
    writeState(this.#places, this.#episode, this.#task, this.#previous, observations, at)
  }

  moves(moves: Uint8Array, at: number): void {
    const from = (this.#task * this.#places + this.#previous) * this.#places
    for (let place = 0; place < this.#places; place++) moves[at + place] = this.#episode.costs[from + place] < Infinity ? 1 : 0
  }

  step(place: number): number {
    const cost = this.#episode.costs[(this.#task * this.#places + this.#previous) * this.#places + place]
    this.#task++
    this.#previous = place
    return cost
  }
}

class BatchWalker implements Walker {
  readonly #sight: BatchSight
  readonly #state: Float64Array
  #taken = 0

  constructor(sight: BatchSight) {
    this.#sight = sight
    this.#state = sight.model.start()
  }

  get isDone(): boolean {
    return this.#taken === this.#sight.model.decisions
  }

  observe(observations: Float32Array, at: number): void {
    this.#sight.features.describe(this.#state, 0, Q_AHEAD, observations, at)
  }

  moves(moves: Uint8Array, at: number): void {
    moves.set(this.#sight.model.moves(this.#state), at)
  }

  step(place: number): number {
    this.#taken++
    return this.#sight.model.executor.step(this.#state, 0, place)
  }
}

/** Numbers that describe a state of a problem: eq. (13) for chains, features/1 for graphs and shared machines. */
export function observationLength(problem: AnyProblem): number {
  return isBatchProblem(problem) ? featureCount(problem.shape satisfies BatchShape, Q_AHEAD) : stateLength(problem.shape)
}

/**
 * Several episodes side by side, a row each, as programs outside the lab see them: observations, the moves that are allowed, and what a
 * move costs. Rows whose episode has ended stay empty, or continue with another one where `next` gives it.
 */
export class Rollout {
  readonly rows: number
  readonly inputs: number
  readonly places: number
  /** [rows·inputs] */
  readonly observations: Float32Array
  /** [rows·places] 1 where the next task may go. */
  readonly moves: Uint8Array
  /** [rows] −F of the last move, in units of the objective. */
  readonly rewards: Float32Array
  /** [rows] 1 where the last move ended the episode. */
  readonly dones: Uint8Array
  /** [rows] Σ F of the episode so far; of one that the last move ended, its Q. */
  readonly costs: Float32Array
  readonly #problem: AnyProblem
  readonly #next: (() => AnyEpisode) | undefined
  readonly #walkers: Walker[]
  readonly #sums: Float64Array

  constructor(problem: AnyProblem, episodes: readonly AnyEpisode[], next?: () => AnyEpisode) {
    this.#problem = problem
    this.#next = next
    this.rows = episodes.length
    this.inputs = observationLength(problem)
    this.places = problem.shape.places
    this.observations = new Float32Array(this.rows * this.inputs)
    this.moves = new Uint8Array(this.rows * this.places)
    this.rewards = new Float32Array(this.rows)
    this.dones = new Uint8Array(this.rows)
    this.costs = new Float32Array(this.rows)
    this.#sums = new Float64Array(this.rows)
    this.#walkers = episodes.map((episode) => this.#walkerOf(episode))
    for (let row = 0; row < this.rows; row++) this.#describe(row)
  }

  /** Whether the episode of a row has ended. */
  isDone(row: number): boolean {
    return this.#walkers[row].isDone
  }

  /**
   * Places the next task of every row whose episode has not ended; what is given for others is passed over. Throws IllegalMoveError; then
   * nothing has been placed.
   */
  step(actions: ArrayLike<number>): void {
    for (let row = 0; row < this.rows; row++) if (!this.isDone(row)) this.#check(row, actions[row])
    for (let row = 0; row < this.rows; row++) {
      if (this.isDone(row)) {
        this.rewards[row] = this.dones[row] = 0
        continue
      }
      if (this.dones[row] === 1) this.#sums[row] = 0
      const cost = this.#walkers[row].step(actions[row])
      this.#sums[row] += cost
      this.rewards[row] = -cost
      this.costs[row] = this.#sums[row]
      this.dones[row] = this.isDone(row) ? 1 : 0
      if (this.dones[row] === 1 && this.#next) this.#walkers[row] = this.#walkerOf(this.#next())
      this.#describe(row)
    }
  }

  #walkerOf(episode: AnyEpisode): Walker {
    return isBatchSight(episode) ? new BatchWalker(episode) : new ChainWalker(episode, this.#problem.shape.places)
  }

  #check(row: number, place: number): void {
    if (!(place >= 0 && place < this.places))
      throw new IllegalMoveError(`row ${row}: place ${place} is not among the ${this.places} there are`)
    if (this.moves[row * this.places + place] === 1) return
    const legal = [...this.moves.subarray(row * this.places, (row + 1) * this.places)].flatMap((may, at) => (may ? [at] : []))
    throw new IllegalMoveError(`row ${row}: the next task cannot go to place ${place}; it may go to ${legal.join(', ')}`)
  }

  #describe(row: number): void {
    const at = row * this.inputs
    this.observations.fill(0, at, at + this.inputs)
    this.moves.fill(0, row * this.places, (row + 1) * this.places)
    if (this.isDone(row)) return
    this.#walkers[row].observe(this.observations, at)
    this.#walkers[row].moves(this.moves, row * this.places)
  }
}
