import type { RandomStream } from '@shared/model/random'
import type { PackedArray } from '../packing'

/** States and their targets, the newest `capacity` of them; the oldest is overwritten first. */
export class ValuedStates {
  readonly #capacity: number
  readonly #inputs: number
  readonly #states: Float32Array
  readonly #targets: Float64Array
  #size = 0
  #next = 0

  constructor(capacity: number, inputs: number) {
    this.#capacity = capacity
    this.#inputs = inputs
    this.#states = new Float32Array(capacity * inputs)
    this.#targets = new Float64Array(capacity)
  }

  push(state: Float32Array, target: number): void {
    this.#states.set(state, this.#next * this.#inputs)
    this.#targets[this.#next] = target
    this.#next = (this.#next + 1) % this.#capacity
    this.#size = Math.min(this.#size + 1, this.#capacity)
  }

  /** Writes `count` samples, drawn with replacement, as rows from `row` on. */
  draw(random: RandomStream, count: number, states: Float32Array, targets: Float64Array, row: number): void {
    const inputs = this.#inputs
    for (let x = 0; x < count; x++) {
      const at = random.below(this.#size)
      states.set(this.#states.subarray(at * inputs, (at + 1) * inputs), (row + x) * inputs)
      targets[row + x] = this.#targets[at]
    }
  }

  /** Where the next one goes. */
  get next(): number {
    return this.#next
  }

  /** What a checkpoint keeps. */
  get arrays(): Record<string, PackedArray> {
    return {
      samples: this.#states.subarray(0, this.#size * this.#inputs),
      targets: this.#targets.subarray(0, this.#size),
      capacity: Int32Array.of(this.#capacity, this.#inputs)
    }
  }

  static from(arrays: Record<string, PackedArray>, next: number): ValuedStates {
    const [capacity, inputs] = arrays.capacity
    const samples = new ValuedStates(capacity, inputs)
    samples.#states.set(arrays.samples)
    samples.#targets.set(arrays.targets)
    samples.#size = arrays.targets.length
    samples.#next = next
    return samples
  }
}
