import { advance } from '@shared/model/advance'
import type { Tensor, Tensors } from './backend'

/**
 * The operations of a learn step, handed to the library's kernels at once. Its own functions look at shapes, types and nesting
 * before each call and turn every number into a tensor: half the time of a small operation. Here operands are tensors of one
 * type already, and gradients are written out by hand.
 */
function run(tf: Tensors, kernel: string, inputs: Readonly<Record<string, Tensor>>, attributes?: Record<string, unknown>): Tensor {
  advance()
  return tf.engine().runKernel<Tensor>(kernel, { ...inputs }, attributes as never)
}

export const add = (tf: Tensors, a: Tensor, b: Tensor) => run(tf, 'Add', { a, b })
export const subtract = (tf: Tensors, a: Tensor, b: Tensor) => run(tf, 'Sub', { a, b })
export const multiply = (tf: Tensors, a: Tensor, b: Tensor) => run(tf, 'Multiply', { a, b })
export const divide = (tf: Tensors, a: Tensor, b: Tensor) => run(tf, 'RealDiv', { a, b })
export const square = (tf: Tensors, x: Tensor) => run(tf, 'Square', { x })
export const squareRoot = (tf: Tensors, x: Tensor) => run(tf, 'Sqrt', { x })
export const rectify = (tf: Tensors, x: Tensor) => run(tf, 'Relu', { x })
export const signOf = (tf: Tensors, x: Tensor) => run(tf, 'Sign', { x })
export const reshape = (tf: Tensors, x: Tensor, shape: number[]) => run(tf, 'Reshape', { x }, { shape })

/** [n, i, j] × [n, j, k] → [n, i, k], either side transposed first. */
export function product(tf: Tensors, a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
  return run(tf, 'BatchMatMul', { a, b }, { transposeA, transposeB })
}

/** [n, rows, columns] → [n, columns]: the sum over rows. */
export const sumRows = (tf: Tensors, x: Tensor) => run(tf, 'Sum', { x }, { axis: [1], keepDims: false })

/** Vectors end to end. */
export function joined(tf: Tensors, parts: readonly Tensor[]): Tensor {
  return tf.engine().runKernel<Tensor>('Concat', parts as never, { axis: 0 })
}

/** A vector cut into parts of these lengths. */
export function cut(tf: Tensors, x: Tensor, lengths: readonly number[]): Tensor[] {
  return tf.engine().runKernel<Tensor[]>('SplitV', { x }, { numOrSizeSplits: [...lengths], axis: 0 })
}
