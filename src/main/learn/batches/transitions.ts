import type { RandomStream } from '@shared/model/random'
import type { PackedArray } from '../packing'

/** Some transitions, row by row. */
export interface DrawnTransitions {
  /** [rows·inputs] */
  states: Float32Array
  next: Float32Array
  actions: Uint8Array
  rewards: Float64Array
  /** [rows·K] the moves allowed in the next state. */
  after: Uint8Array
  isEnd: Uint8Array
}

/** Room for `rows` transitions of states of `inputs` numbers and K `places`. */
export function emptyDrawn(rows: number, inputs: number, places: number): DrawnTransitions {
  return {
    states: new Float32Array(rows * inputs),
    next: new Float32Array(rows * inputs),
    actions: new Uint8Array(rows),
    rewards: new Float64Array(rows),
    after: new Uint8Array(rows * places),
    isEnd: new Uint8Array(rows)
  }
}

/**
 * The memory pool of Algorithm 1 on graphs: transitions, the newest `capacity` of them. The proposals of one state share it, and those
 * that agree share the state they lead to, so both are kept once, in rings of their own.
 */
export class TransitionPool {
  /** Numbers of a state. */
  readonly inputs: number
  /** K. */
  readonly places: number
  readonly #capacity: number
  readonly #states: Float32Array
  readonly #nexts: Float32Array
  readonly #afters: Uint8Array
  readonly #state: Int32Array
  readonly #next: Int32Array
  readonly #actions: Uint8Array
  readonly #rewards: Float64Array
  #size = 0
  #at = 0
  #stateAt = 0
  #nextAt = 0

  constructor(capacity: number, inputs: number, places: number) {
    this.#capacity = capacity
    this.inputs = inputs
    this.places = places
    this.#states = new Float32Array(capacity * inputs)
    this.#nexts = new Float32Array(capacity * inputs)
    this.#afters = new Uint8Array(capacity * places)
    this.#state = new Int32Array(capacity)
    this.#next = new Int32Array(capacity)
    this.#actions = new Uint8Array(capacity)
    this.#rewards = new Float64Array(capacity)
  }

  /** Keeps a state; its number. A ring of as many states as transitions cannot overwrite one that a kept transition still needs. */
  keepState(features: Float32Array): number {
    const at = this.#stateAt
    this.#states.set(features, at * this.inputs)
    this.#stateAt = (at + 1) % this.#capacity
    return at
  }

  keepNext(features: Float32Array, moves: Uint8Array): number {
    const at = this.#nextAt
    this.#nexts.set(features, at * this.inputs)
    this.#afters.set(moves, at * this.places)
    this.#nextAt = (at + 1) % this.#capacity
    return at
  }

  /** `next`: −1 after the last decision. */
  push(state: number, action: number, reward: number, next: number): void {
    const at = this.#at
    this.#state[at] = state
    this.#next[at] = next
    this.#actions[at] = action
    this.#rewards[at] = reward
    this.#at = (at + 1) % this.#capacity
    this.#size = Math.min(this.#size + 1, this.#capacity)
  }

  /** Writes `count` transitions, drawn with replacement, into rows of an `emptyDrawn` from `from` on. */
  draw(random: RandomStream, drawn: DrawnTransitions, from: number, count: number): void {
    const { inputs, places: K } = this
    for (let row = from; row < from + count; row++) {
      const at = random.below(this.#size)
      const state = this.#state[at]
      const next = this.#next[at]
      drawn.states.set(this.#states.subarray(state * inputs, (state + 1) * inputs), row * inputs)
      drawn.actions[row] = this.#actions[at]
      drawn.rewards[row] = this.#rewards[at]
      if (next < 0) drawn.isEnd[row] = 1
      else {
        drawn.next.set(this.#nexts.subarray(next * inputs, (next + 1) * inputs), row * inputs)
        drawn.after.set(this.#afters.subarray(next * K, (next + 1) * K), row * K)
      }
    }
  }

  get next(): number {
    return this.#at
  }

  get arrays(): Record<string, PackedArray> {
    return {
      states: this.#states,
      nexts: this.#nexts,
      afters: this.#afters,
      state: this.#state,
      follows: this.#next,
      actions: this.#actions,
      rewards: this.#rewards,
      counts: Int32Array.of(this.#capacity, this.inputs, this.places, this.#size, this.#stateAt, this.#nextAt)
    }
  }

  static from(arrays: Record<string, PackedArray>, next: number): TransitionPool {
    const [capacity, inputs, places, size, stateAt, nextAt] = arrays.counts
    const kept = new TransitionPool(capacity, inputs, places)
    kept.#states.set(arrays.states)
    kept.#nexts.set(arrays.nexts)
    kept.#afters.set(arrays.afters)
    kept.#state.set(arrays.state)
    kept.#next.set(arrays.follows)
    kept.#actions.set(arrays.actions)
    kept.#rewards.set(arrays.rewards)
    kept.#size = size
    kept.#at = next
    kept.#stateAt = stateAt
    kept.#nextAt = nextAt
    return kept
  }
}
