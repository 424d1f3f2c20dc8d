/** A small network inputs → hidden → hidden → 1, ReLU between, evaluated in plain loops beside the simulation. */
export class PlainValue {
  readonly #inputs: number
  readonly #hidden: number
  readonly #weights: Float64Array
  readonly #first: Float64Array
  readonly #second: Float64Array

  /** `weights`: matrix, biases of each layer in turn, as `network.ts` stores them. */
  constructor(inputs: number, hidden: number, weights: Float32Array) {
    this.#inputs = inputs
    this.#hidden = hidden
    // In doubles, as the loops compute: no conversion for every product.
    this.#weights = Float64Array.from(weights)
    this.#first = new Float64Array(hidden)
    this.#second = new Float64Array(hidden)
  }

  /** The network's value of the state at `offset`. */
  value(states: Float32Array, offset: number): number {
    const H = this.#hidden
    const W = this.#weights
    const first = this.#first
    const second = this.#second
    let at = this.#inputs * H
    for (let j = 0; j < H; j++) first[j] = W[at + j]
    for (let i = 0, row = 0; i < this.#inputs; i++, row += H) {
      const x = states[offset + i]
      if (x === 0) continue
      for (let j = 0; j < H; j++) first[j] += W[row + j] * x
    }
    const matrix = at + H
    at = matrix + H * H
    for (let j = 0; j < H; j++) second[j] = W[at + j]
    for (let i = 0, row = matrix; i < H; i++, row += H) {
      const x = first[i]
      if (x <= 0) continue
      for (let j = 0; j < H; j++) second[j] += W[row + j] * x
    }
    at += H
    let value = W[at + H]
    for (let j = 0; j < H; j++) if (second[j] > 0) value += W[at + j] * second[j]
    return value
  }
}
