import { describe, expect, it } from 'vitest'
import { initialWeights } from '../../../src/main/learn/network'
import { PlainValue } from '../../../src/main/learn/batches/plain-value'
import { randomStream } from '@shared/model/random'

/** The value as its definition has it: matrix, biases of each layer in turn, ReLU between. */
function defined(inputs: number, hidden: number, weights: Float32Array, state: Float32Array): number {
  let at = 0
  const layer = (from: readonly number[], width: number) => {
    const biases = at + from.length * width
    const out = Array.from({ length: width }, (_, j) =>
      from.reduce((sum, x, i) => sum + weights[at + i * width + j] * x, weights[biases + j])
    )
    at = biases + width
    return out
  }
  const positive = (values: readonly number[]) => values.map((value) => Math.max(0, value))
  return layer(positive(layer(positive(layer([...state].slice(0, inputs), hidden)), hidden)), 1)[0]
}

describe('a value network beside the simulation', () => {
  it.each([4, 8, 20, 32])('gives what its definition says with %i hidden units', (hidden) => {
    const random = randomStream(hidden, 'init')
    const inputs = 7
    const weights = initialWeights({ inputs, hidden, outputs: 1, head: 'plain' }, random).map((value) => value + random.between(-0.1, 0.1))
    const network = new PlainValue(inputs, hidden, weights)
    for (let x = 0; x < 20; x++) {
      const states = Float32Array.from({ length: inputs + 3 }, () => (random.uniform() < 0.3 ? 0 : random.between(-2, 2)))
      expect(network.value(states, 3)).toBeCloseTo(defined(inputs, hidden, weights, states.subarray(3)), 12)
    }
  })
})
