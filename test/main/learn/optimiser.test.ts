import { beforeAll, describe, expect, it } from 'vitest'
import { type Backend, loadBackend, type Tensor } from '../../../src/main/learn/backend'
import { ADAM, adam, adamConstants, adamRate, learningRateAt, type OptimiserState, sgd } from '../../../src/main/learn/optimiser'
import { randomStream } from '../../../src/shared/model/random'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const LENGTH = 40
const STEPS = 300

/** Gradients that have to be followed over many steps: noise of several sizes around a drift. */
function gradients(): Float32Array[] {
  const random = randomStream(4, 'init')
  return Array.from({ length: STEPS }, () => Float32Array.from({ length: LENGTH }, (_, i) => 10 ** ((i % 5) - 2) * (random.normal() + 0.3)))
}

function follow(step: (state: OptimiserState, gradient: Tensor, number: number) => OptimiserState): Float32Array {
  const { tf } = backend
  let state: OptimiserState = { parameters: tf.zeros([LENGTH]), first: tf.zeros([LENGTH]), second: tf.zeros([LENGTH]) }
  gradients().forEach((gradient, i) => {
    state = step(state, tf.tensor1d(gradient), i + 1)
  })
  return state.parameters.dataSync() as Float32Array
}

describe('Adam', () => {
  it('goes where the library’s own goes over 300 steps', () => {
    const { tf } = backend
    const variable = tf.variable(tf.zeros([LENGTH]))
    const library = tf.train.adam(0.01, ADAM.beta1, ADAM.beta2, ADAM.epsilon)
    for (const gradient of gradients()) library.applyGradients([{ name: variable.name, tensor: tf.tensor1d(gradient) }])
    const theirs = variable.dataSync()
    const ours = follow((state, gradient, step) => adam(tf, adamConstants(tf), state, gradient, tf.scalar(adamRate(0.01, step))))
    expect(Math.max(...theirs.map(Math.abs))).toBeGreaterThan(0.3)
    ours.forEach((value, i) => {
      expect(Math.abs(value - theirs[i])).toBeLessThan(1e-4 * Math.max(1, Math.abs(theirs[i])))
    })
  })

  it('takes a first step of the learning rate against the sign of the gradient, whatever its size', () => {
    const { tf } = backend
    const zero = () => tf.zeros([3])
    const { parameters } = adam(
      tf,
      adamConstants(tf),
      { parameters: zero(), first: zero(), second: zero() },
      tf.tensor1d([500, -2, 0.01]),
      tf.scalar(adamRate(0.05, 1))
    )
    ;[-0.05, 0.05, -0.05].forEach((expected, i) => {
      expect(parameters.dataSync()[i]).toBeCloseTo(expected, 5)
    })
  })
})

describe('gradient descent', () => {
  it('walks the sum of its gradients times the rate', () => {
    const { tf } = backend
    const walked = follow((state, gradient) => sgd(tf, state, gradient, tf.scalar(0.01)))
    const sum = new Float64Array(LENGTH)
    for (const gradient of gradients()) gradient.forEach((value, i) => (sum[i] -= 0.01 * value))
    walked.forEach((value, i) => {
      expect(value).toBeCloseTo(sum[i], 2)
    })
  })
})

describe('the learning rate', () => {
  it('stays where it is not to decay', () => {
    expect([0, 50, 99].map((step) => learningRateAt(0.01, 'none', 0.1, step, 100))).toEqual([0.01, 0.01, 0.01])
  })

  it('falls by half a cosine from its start to its final share', () => {
    expect(learningRateAt(0.01, 'cosine', 0.1, 0, 100)).toBe(0.01)
    expect(learningRateAt(0.01, 'cosine', 0.1, 50, 100)).toBeCloseTo(0.0055, 12)
    expect(learningRateAt(0.01, 'cosine', 0.1, 100, 100)).toBeCloseTo(0.001, 12)
    const rates = Array.from({ length: 101 }, (_, step) => learningRateAt(0.01, 'cosine', 0.1, step, 100))
    expect(rates.every((rate, i) => i === 0 || rate < rates[i - 1])).toBe(true)
    // cos 60° = 1/2 at a third of the way.
    expect(learningRateAt(1, 'cosine', 0, 1, 3)).toBeCloseTo(0.75, 12)
  })
})
