import type { RandomStream } from '@shared/model/random'
import type { Tensor, Tensors } from './backend'
import { add, cut, joined, multiply, product, rectify, reshape, signOf, sumRows } from './operations'

/**
 * A stack of independent Q-networks of one shape: inputs → hidden → hidden → outputs, ReLU between.
 * With a dueling head the last layer gives V and A and Q = V + A − mean A (Z. Wang et al. 2016, eq. 9).
 */
export interface NetworkShape {
  inputs: number
  hidden: number
  /** Width of the second hidden layer, where it is not that of the first. */
  second?: number
  /** K, Q-values a state. */
  outputs: number
  head: 'plain' | 'dueling'
}

/** Number of rows and columns of each layer's weights, biases as one row, in storage order. */
function layers(shape: NetworkShape): [rows: number, columns: number][] {
  const last = shape.head === 'dueling' ? shape.outputs + 1 : shape.outputs
  const { second = shape.hidden } = shape
  return [
    [shape.inputs, shape.hidden],
    [1, shape.hidden],
    [shape.hidden, second],
    [1, second],
    [second, last],
    [1, last]
  ]
}

/** Parameters of one network. */
export function parameterCount(shape: NetworkShape): number {
  return layers(shape).reduce((sum, [rows, columns]) => sum + rows * columns, 0)
}

/**
 * Zeros at the end of a stacked vector, so that its length is whole vectors of the processor's: what is left over the
 * library computes by other instructions, and a unit's bits would hang on how many are stacked with it.
 */
function padding(shape: NetworkShape, units: number): number {
  return -(parameterCount(shape) * units) & 15
}

/** Fresh weights of one network: every weight and bias uniform in ±1/√(fan in) (the reference program's rule). */
export function initialWeights(shape: NetworkShape, random: RandomStream): Float32Array {
  const weights = new Float32Array(parameterCount(shape))
  let at = 0
  let bound = 0
  layers(shape).forEach(([rows, columns], layer) => {
    // A bias row follows its matrix and shares its bound.
    if (layer % 2 === 0) bound = 1 / Math.sqrt(rows)
    for (let i = 0; i < rows * columns; i++) weights[at++] = random.between(-bound, bound)
  })
  return weights
}

/** Fresh weights of one network, normal with variance 1 / fan in, and biases of 0 (the programs of DDLO's and DROO's authors). */
export function normalWeights(shape: NetworkShape, random: RandomStream): Float32Array {
  const weights = new Float32Array(parameterCount(shape))
  let at = 0
  layers(shape).forEach(([rows, columns], layer) => {
    for (let i = 0; i < rows * columns; i++, at++) if (layer % 2 === 0) weights[at] = random.normal() / Math.sqrt(rows)
  })
  return weights
}

/**
 * Parameters of `units` networks as one vector, layer by layer so that each layer is one tensor
 * [units, rows, columns]. Stored and exchanged unit by unit; these two turn one order into the other.
 */
export function stackUnits(shape: NetworkShape, units: readonly Float32Array[]): Float32Array {
  const stacked = new Float32Array(parameterCount(shape) * units.length + padding(shape, units.length))
  let from = 0
  let at = 0
  for (const [rows, columns] of layers(shape)) {
    const size = rows * columns
    for (const unit of units) {
      stacked.set(unit.subarray(from, from + size), at)
      at += size
    }
    from += size
  }
  return stacked
}

export function unstackUnits(shape: NetworkShape, count: number, stacked: Float32Array): Float32Array[] {
  const units = Array.from({ length: count }, () => new Float32Array(parameterCount(shape)))
  let from = 0
  let at = 0
  for (const [rows, columns] of layers(shape)) {
    const size = rows * columns
    for (const unit of units) {
      unit.set(stacked.subarray(at, at + size), from)
      at += size
    }
    from += size
  }
  return units
}

/** The layers of a stacked parameter vector as tensors [units, rows, columns]; the caller disposes of them. */
export function splitLayers(tf: Tensors, shape: NetworkShape, units: number, stacked: Tensor): Tensor[] {
  const sizes = layers(shape)
  return tf.tidy(() => {
    const parts = cut(tf, stacked, [...sizes.map(([rows, columns]) => units * rows * columns), padding(shape, units)])
    return sizes.map((size, i) => reshape(tf, parts[i], [units, ...size]))
  })
}

/** What the backward pass needs of a forward pass. */
export interface Activations {
  input: Tensor
  hidden1: Tensor
  hidden2: Tensor
  /** [units, rows, K] Q-values. */
  values: Tensor
}

/** [outputs + 1, outputs]: turns (V, A₁ … A_K) into Q = V + A − mean A. Linear, so its transpose carries gradients back. */
export function duelingMatrix(tf: Tensors, outputs: number): Tensor {
  const matrix = new Float32Array((outputs + 1) * outputs).fill(-1 / outputs)
  for (let k = 0; k < outputs; k++) {
    matrix[k] = 1
    matrix[(k + 1) * outputs + k] += 1
  }
  return tf.tensor(matrix, [1, outputs + 1, outputs])
}

/** Q-values of `input` [units, rows, inputs]. Call inside tf.tidy. `dueling` is `duelingMatrix` tiled over the units, if any. */
export function forward(tf: Tensors, weights: readonly Tensor[], input: Tensor, dueling?: Tensor): Activations {
  const hidden1 = rectify(tf, add(tf, product(tf, input, weights[0]), weights[1]))
  const hidden2 = rectify(tf, add(tf, product(tf, hidden1, weights[2]), weights[3]))
  const last = add(tf, product(tf, hidden2, weights[4]), weights[5])
  return { input, hidden1, hidden2, values: dueling ? product(tf, last, dueling) : last }
}

/**
 * Gradient of all parameters, stacked as they are, from the gradient of the Q-values [units, rows, K]:
 * back-propagation written out (a third of the time of automatic differentiation). Call inside tf.tidy.
 */
export function backward(
  tf: Tensors,
  shape: NetworkShape,
  weights: readonly Tensor[],
  activations: Activations,
  gradient: Tensor,
  dueling?: Tensor
): Tensor {
  const { input, hidden1, hidden2 } = activations
  const g3 = dueling ? product(tf, gradient, dueling, false, true) : gradient
  // ReLU's outputs are never negative, so their sign is its derivative.
  const g2 = multiply(tf, product(tf, g3, weights[4], false, true), signOf(tf, hidden2))
  const g1 = multiply(tf, product(tf, g2, weights[2], false, true), signOf(tf, hidden1))
  const parts = [
    product(tf, input, g1, true),
    sumRows(tf, g1),
    product(tf, hidden1, g2, true),
    sumRows(tf, g2),
    product(tf, hidden2, g3, true),
    sumRows(tf, g3),
    tf.zeros([padding(shape, input.shape[0])])
  ]
  return joined(
    tf,
    parts.map((part) => reshape(tf, part, [part.size]))
  )
}
