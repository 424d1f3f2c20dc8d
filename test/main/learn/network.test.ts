import { beforeAll, describe, expect, it } from 'vitest'
import { type Backend, loadBackend, type Tensor } from '../../../src/main/learn/backend'
import {
  backward,
  duelingMatrix,
  forward,
  initialWeights,
  type NetworkShape,
  parameterCount,
  splitLayers,
  stackUnits,
  unstackUnits
} from '../../../src/main/learn/network'
import { randomStream } from '../../../src/shared/model/random'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const uniform = (seed: number, length: number) => {
  const random = randomStream(seed, 'init')
  return Float32Array.from({ length }, () => random.between(-1, 1))
}

function weightsOf(shape: NetworkShape, units: number, seed: number): Float32Array {
  const random = randomStream(seed, 'init')
  return stackUnits(
    shape,
    Array.from({ length: units }, () => initialWeights(shape, random))
  )
}

function tiledDueling(shape: NetworkShape, units: number): Tensor | undefined {
  return shape.head === 'dueling' ? backend.tf.tile(duelingMatrix(backend.tf, shape.outputs), [units, 1, 1]) : undefined
}

describe('a Q-network', () => {
  // Worked out by hand: h1 = relu(1·2 + 0.5, 1·(−1)) = (2.5, 0), h2 = relu(2.5 − 1, 2.5·0.2) = (1.5, 0.5).
  const byHand = [2, -1, 0.5, 0, 1, 0.2, 3, 4, -1, 0]

  it('gives the values worked out by hand', () => {
    const { tf } = backend
    const shape: NetworkShape = { inputs: 1, hidden: 2, outputs: 2, head: 'plain' }
    // Q = (1.5·1 + 0.5·2 + 0.25, 1.5·(−1) + 0.5·3).
    const weights = Float32Array.from([...byHand, 1, -1, 2, 3, 0.25, 0])
    const values = tf.tidy(() =>
      forward(tf, splitLayers(tf, shape, 1, tf.tensor1d(stackUnits(shape, [weights]))), tf.tensor([1], [1, 1, 1])).values.dataSync()
    )
    expect([...values]).toEqual([2.75, 0])
  })

  it('with a dueling head gives V + A − mean A', () => {
    const { tf } = backend
    const shape: NetworkShape = { inputs: 1, hidden: 2, outputs: 2, head: 'dueling' }
    // V = 1.5 · 2 + 0.5 · 0 = 3, A = (1.5, 0.5 · 3) + (0, 2) = (1.5, 3.5), mean 2.5.
    const weights = Float32Array.from([...byHand, 2, 1, 0, 0, 0, 3, 0, 0, 2])
    const values = tf.tidy(() =>
      forward(
        tf,
        splitLayers(tf, shape, 1, tf.tensor1d(stackUnits(shape, [weights]))),
        tf.tensor([1], [1, 1, 1]),
        tiledDueling(shape, 1)
      ).values.dataSync()
    )
    expect([...values]).toEqual([2, 4])
  })

  it('counts its parameters', () => {
    expect(parameterCount({ inputs: 24, hidden: 64, outputs: 3, head: 'plain' })).toBe(24 * 64 + 64 + 64 * 64 + 64 + 64 * 3 + 3)
    expect(parameterCount({ inputs: 24, hidden: 64, outputs: 3, head: 'dueling' })).toBe(24 * 64 + 64 + 64 * 64 + 64 + 64 * 4 + 4)
  })

  it('starts with every weight within one over the root of its fan-in', () => {
    const shape: NetworkShape = { inputs: 4, hidden: 25, outputs: 3, head: 'plain' }
    const weights = initialWeights(shape, randomStream(1, 'init'))
    const first = weights.subarray(0, 4 * 25 + 25)
    const rest = weights.subarray(4 * 25 + 25)
    const greatest = (part: Float32Array) => Math.max(...part.map(Math.abs))
    expect(greatest(first)).toBeLessThanOrEqual(0.5)
    expect(greatest(first)).toBeGreaterThan(0.45)
    expect(greatest(rest)).toBeLessThanOrEqual(Math.fround(0.2))
    expect(greatest(rest)).toBeGreaterThan(0.19)
  })

  it('gives the same values in a larger stack: the same bits among several, alone to rounding', () => {
    const { tf } = backend
    const shape: NetworkShape = { inputs: 5, hidden: 7, outputs: 3, head: 'plain' }
    const units = Array.from({ length: 4 }, (_, unit) => initialWeights(shape, randomStream(unit, 'init')))
    const input = uniform(9, 4 * 6 * 5)
    const values = (from: number, to: number) =>
      tf.tidy(() => {
        const weights = splitLayers(tf, shape, to - from, tf.tensor1d(stackUnits(shape, units.slice(from, to))))
        return forward(tf, weights, tf.tensor(input.slice(from * 30, to * 30), [to - from, 6, 5])).values.dataSync()
      })
    const all = values(0, 4)
    expect([...values(0, 2), ...values(2, 4)]).toEqual([...all])
    // The library multiplies a single matrix by other code than several.
    values(1, 2).forEach((value, i) => {
      expect(value).toBeCloseTo(all[18 + i], 5)
    })
  })
})

describe('a stack of units', () => {
  it('comes apart as it was put together', () => {
    const shape: NetworkShape = { inputs: 3, hidden: 4, outputs: 2, head: 'dueling' }
    const units = Array.from({ length: 3 }, (_, unit) => initialWeights(shape, randomStream(unit, 'init')))
    expect(unstackUnits(shape, 3, stackUnits(shape, units))).toEqual(units)
  })
})

describe('the gradient written out by hand', () => {
  const shapes: [units: number, batch: number, shape: NetworkShape][] = (['plain', 'dueling'] as const).flatMap((head) => [
    [1, 1, { inputs: 1, hidden: 1, outputs: 1, head }],
    [1, 16, { inputs: 9, hidden: 8, outputs: 3, head }],
    [3, 5, { inputs: 12, hidden: 16, outputs: 5, head }],
    [10, 32, { inputs: 24, hidden: 64, outputs: 3, head }]
  ])

  it.each(shapes)('of %i units on %i rows equals automatic differentiation: %o', (units, batch, shape) => {
    const { tf } = backend
    const parameters = tf.tensor1d(weightsOf(shape, units, 5))
    const input = tf.tensor(uniform(1, units * batch * shape.inputs), [units, batch, shape.inputs])
    const goal = tf.tensor(uniform(2, units * batch * shape.outputs), [units, batch, shape.outputs])
    const dueling = tiledDueling(shape, units)
    const loss = (stacked: Tensor) =>
      tf.sum(tf.square(tf.sub(forward(tf, splitLayers(tf, shape, units, stacked), input, dueling).values, goal)))
    const automatic = tf.grad(loss)(parameters).dataSync()
    const byHand = tf
      .tidy(() => {
        const weights = splitLayers(tf, shape, units, parameters)
        const activations = forward(tf, weights, input, dueling)
        return backward(tf, shape, weights, activations, tf.mul(tf.sub(activations.values, goal), 2), dueling)
      })
      .dataSync()
    const scale = Math.max(1, ...automatic.map(Math.abs))
    expect(byHand).toHaveLength(
      stackUnits(
        shape,
        Array.from({ length: units }, () => new Float32Array(parameterCount(shape)))
      ).length
    )
    expect(Math.max(...automatic.map(Math.abs))).toBeGreaterThan(1e-3)
    expect(Math.max(...byHand.map((value, i) => Math.abs(value - automatic[i])))).toBeLessThan(1e-5 * scale)
  })
})
