/** Units whose sums are held at once: as many as a processor has registers for beside the weights. */
const BLOCK = 8

/** A small network inputs → hidden → hidden → 1, ReLU between, evaluated in plain loops beside the simulation. */
export class PlainValue {
  readonly #inputs: number
  readonly #hidden: number
  readonly #weights: Float64Array
  readonly #first: Float64Array
  readonly #second: Float64Array
  /** Which inputs of a layer are not 0, and their values. */
  readonly #live: Int32Array
  readonly #values: Float64Array

  /** `weights`: matrix, biases of each layer in turn, as `network.ts` stores them. */
  constructor(inputs: number, hidden: number, weights: Float32Array) {
    this.#inputs = inputs
    this.#hidden = hidden
    // In doubles, as the loops compute: no conversion for every product.
    this.#weights = Float64Array.from(weights)
    this.#first = new Float64Array(hidden)
    this.#second = new Float64Array(hidden)
    this.#live = new Int32Array(Math.max(inputs, hidden))
    this.#values = new Float64Array(Math.max(inputs, hidden))
  }

  /** The network's value of the state at `offset`. */
  value(states: Float32Array, offset: number): number {
    const H = this.#hidden
    const live = this.#live
    const values = this.#values
    const first = this.#first
    const second = this.#second
    let count = 0
    for (let i = 0; i < this.#inputs; i++) {
      const x = states[offset + i]
      if (x === 0) continue
      live[count] = i * H
      values[count++] = x
    }
    this.#layer(0, this.#inputs * H, count, first)
    const matrix = this.#inputs * H + H
    count = 0
    for (let i = 0; i < H; i++) {
      if (first[i] <= 0) continue
      live[count] = i * H
      values[count++] = first[i]
    }
    this.#layer(matrix, matrix + H * H, count, second)
    const W = this.#weights
    const at = matrix + H * H + H
    let value = W[at + H]
    for (let j = 0; j < H; j++) if (second[j] > 0) value += W[at + j] * second[j]
    return value
  }

  /** Biases and the products of `count` live inputs with their rows. Each sum is added up in the order of the inputs, whatever the blocks. */
  #layer(matrix: number, biases: number, count: number, into: Float64Array): void {
    const H = this.#hidden
    const W = this.#weights
    const live = this.#live
    const values = this.#values
    let j = 0
    for (; j + BLOCK <= H; j += BLOCK) {
      const b = biases + j
      let s0 = W[b]
      let s1 = W[b + 1]
      let s2 = W[b + 2]
      let s3 = W[b + 3]
      let s4 = W[b + 4]
      let s5 = W[b + 5]
      let s6 = W[b + 6]
      let s7 = W[b + 7]
      for (let n = 0; n < count; n++) {
        const x = values[n]
        const row = matrix + live[n] + j
        s0 += W[row] * x
        s1 += W[row + 1] * x
        s2 += W[row + 2] * x
        s3 += W[row + 3] * x
        s4 += W[row + 4] * x
        s5 += W[row + 5] * x
        s6 += W[row + 6] * x
        s7 += W[row + 7] * x
      }
      into[j] = s0
      into[j + 1] = s1
      into[j + 2] = s2
      into[j + 3] = s3
      into[j + 4] = s4
      into[j + 5] = s5
      into[j + 6] = s6
      into[j + 7] = s7
    }
    for (; j < H; j++) {
      let sum = W[biases + j]
      for (let n = 0; n < count; n++) sum += W[matrix + live[n] + j] * values[n]
      into[j] = sum
    }
  }
}
