import { type NetworkShape, parameterCount } from './network'

/** What placing needs of an ensemble: its values, however they are computed. */
export interface ValueSource {
  readonly units: number
  /** [units·rows·K] of inputs [units·rows·length]. */
  values(inputs: Float32Array, which: 'online' | 'target'): Float32Array
}

/**
 * The networks of a policy computed without a tensor library, for inspecting a few decisions: a workflow of
 * ten tasks takes about a millisecond, and no native code is loaded for it. Rounds as float32 does; agrees with the
 * ensemble's own values to about 1e-6 of their size.
 */
export class PlainEnsemble implements ValueSource {
  readonly units: number
  readonly #shape: NetworkShape
  readonly #weights: readonly Float32Array[]

  /** `weights`: parameters of each unit, in storage order. */
  constructor(shape: NetworkShape, weights: readonly Float32Array[]) {
    if (weights.some((unit) => unit.length !== parameterCount(shape))) throw new RangeError('the weights do not fit the network')
    this.units = weights.length
    this.#shape = shape
    this.#weights = weights
  }

  values(inputs: Float32Array): Float32Array {
    const { inputs: length, outputs } = this.#shape
    const rows = inputs.length / (this.units * length)
    const out = new Float32Array(this.units * rows * outputs)
    for (let unit = 0, row = 0; unit < this.units; unit++) {
      for (let r = 0; r < rows; r++, row++) {
        out.set(this.#forward(this.#weights[unit], inputs.subarray(row * length, (row + 1) * length)), row * outputs)
      }
    }
    return out
  }

  #forward(weights: Float32Array, state: Float32Array): Float32Array {
    const { inputs, hidden, outputs, head, second: width = hidden } = this.#shape
    const last = head === 'dueling' ? outputs + 1 : outputs
    const first = dense(weights, 0, state, inputs, hidden, true)
    const second = dense(weights, (inputs + 1) * hidden, first, hidden, width, true)
    const values = dense(weights, (inputs + 1) * hidden + (hidden + 1) * width, second, width, last, false)
    return head === 'dueling' ? combined(values) : values
  }
}

/** One layer: matrix and bias row stored from `at`. */
function dense(weights: Float32Array, at: number, input: Float32Array, rows: number, columns: number, rectified: boolean): Float32Array {
  const out = weights.slice(at + rows * columns, at + (rows + 1) * columns)
  for (let i = 0, w = at; i < rows; i++) {
    const value = input[i]
    if (value === 0) {
      w += columns
      continue
    }
    for (let j = 0; j < columns; j++, w++) out[j] += value * weights[w]
  }
  if (rectified) for (let j = 0; j < columns; j++) if (out[j] < 0) out[j] = 0
  return out
}

/** Q = V + A − mean A of one row (V, A₁ … A_K). */
function combined(row: Float32Array): Float32Array {
  const advantages = row.subarray(1)
  const mean = advantages.reduce((sum, advantage) => sum + advantage, 0) / advantages.length
  return advantages.map((advantage) => row[0] + advantage - mean)
}
