import { beforeAll, describe, expect, it } from 'vitest'
import { type Backend, loadBackend, type Tensor } from '../../../src/main/learn/backend'
import {
  addCrossEntropy,
  addEntropy,
  addLogProbability,
  advantagesOf,
  clipNorm,
  clippedObjective,
  drawPlace,
  entropyOf,
  softmax
} from '../../../src/main/learn/logits'
import { randomStream } from '../../../src/shared/model/random'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const K = 5
const random = randomStream(2, 'init')
const ROWS = Array.from({ length: 20 }, () => {
  const allowed = Uint8Array.from({ length: K }, () => random.below(2))
  const action = random.below(K)
  allowed[action] = 1
  return {
    logits: Float32Array.from({ length: K }, () => random.between(-3, 3)),
    allowed,
    action,
    advantage: random.between(-2, 2),
    before: random.between(0.05, 0.95)
  }
})

const probabilitiesOf = ({ logits, allowed }: (typeof ROWS)[number]) => {
  const into = new Float64Array(K)
  softmax(logits, { at: 0, allowed, from: 0 }, into)
  return into
}

/** The library's own derivative of a loss by the logits, where forbidden places have none. */
function automatic({ logits, allowed }: (typeof ROWS)[number], loss: (logProbabilities: Tensor) => Tensor): Float32Array {
  const { tf } = backend
  return tf.tidy(() => {
    const shift = tf.tensor1d(Float32Array.from(allowed, (each) => (each ? 0 : -1e9)))
    return tf
      .grad((x) => loss(tf.logSoftmax(tf.add(x, shift))))(tf.tensor1d(logits))
      .dataSync() as Float32Array
  })
}

const close = (ours: Float32Array, theirs: Float32Array) => {
  ours.forEach((each, k) => {
    expect(each).toBeCloseTo(theirs[k], 5)
  })
}

describe('gradients by logits equal automatic differentiation', () => {
  it('of log π', () => {
    for (const row of ROWS) {
      const gradient = new Float32Array(K)
      addLogProbability(probabilitiesOf(row), row.action, 0.7, gradient, 0)
      close(
        gradient,
        automatic(row, (logs) => backend.tf.mul(backend.tf.sum(backend.tf.gather(logs, [row.action])), 0.7))
      )
    }
  })

  it('of the entropy', () => {
    const { tf } = backend
    for (const row of ROWS) {
      const gradient = new Float32Array(K)
      addEntropy(probabilitiesOf(row), 0.3, gradient, 0)
      close(
        gradient,
        automatic(row, (logs) => tf.mul(tf.neg(tf.sum(tf.mul(tf.exp(logs), logs))), 0.3))
      )
    }
  })

  it('of the cross-entropy, soft labels too', () => {
    const { tf } = backend
    for (const row of ROWS) {
      const label = Float32Array.from(row.allowed, (each, k) => (each ? k + 1 : 0))
      const sum = label.reduce((all, each) => all + each, 0)
      label.forEach((each, k) => {
        label[k] = each / sum
      })
      const gradient = new Float32Array(K)
      const loss = addCrossEntropy(probabilitiesOf(row), label, 0, 1, gradient, 0)
      const entropy = (logs: Tensor) => tf.neg(tf.sum(tf.mul(logs, tf.tensor1d(label))))
      close(gradient, automatic(row, entropy))
      const shift = tf.tensor1d(Float32Array.from(row.allowed, (each) => (each ? 0 : -1e9)))
      expect(loss).toBeCloseTo(entropy(tf.logSoftmax(tf.add(tf.tensor1d(row.logits), shift))).dataSync()[0], 4)
    }
  })

  it('of PPO’s clipped objective', () => {
    const { tf } = backend
    let clipped = 0
    for (const row of ROWS) {
      const probabilities = probabilitiesOf(row)
      const { objective, slope } = clippedObjective(probabilities[row.action] / row.before, row.advantage, 0.2)
      const gradient = new Float32Array(K)
      addLogProbability(probabilities, row.action, slope, gradient, 0)
      const wanted = (logs: Tensor) => {
        const ratio = tf.div(tf.exp(tf.gather(logs, [row.action])), row.before)
        return tf.sum(tf.minimum(tf.mul(ratio, row.advantage), tf.mul(tf.clipByValue(ratio, 0.8, 1.2), row.advantage)))
      }
      close(gradient, automatic(row, wanted))
      if (slope === 0) clipped++
      expect(objective).toBeLessThanOrEqual((probabilities[row.action] / row.before) * row.advantage + 1e-12)
    }
    expect(clipped).toBeGreaterThan(2)
    expect(clipped).toBeLessThan(ROWS.length - 2)
  })
})

describe('probabilities', () => {
  it('sum up to 1 over allowed places and are drawn as often', () => {
    const probabilities = probabilitiesOf(ROWS[0])
    expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12)
    expect(probabilities.every((each, k) => each > 0 === (ROWS[0].allowed[k] === 1))).toBe(true)
    const counts = new Float64Array(K)
    const stream = randomStream(1, 'action')
    for (let n = 0; n < 20_000; n++) counts[drawPlace(probabilities, stream)]++
    probabilities.forEach((each, k) => {
      expect(Math.abs(counts[k] / 20_000 - each)).toBeLessThan(5 * Math.sqrt(0.25 / 20_000))
    })
  })

  it('have the entropy of what they are', () => {
    expect(entropyOf(Float64Array.of(0.5, 0.5, 0))).toBeCloseTo(Math.log(2), 12)
    expect(entropyOf(Float64Array.of(1, 0))).toBe(0)
  })
})

describe('advantages', () => {
  const rewards = Float64Array.of(9, -1, -2, -3)
  const values = Float64Array.of(9, -4, -6, -1)
  const of = (lambda: number, discount = 1) => {
    const into = new Float64Array(4)
    advantagesOf(rewards, values, { at: 1, count: 3, discount, lambda }, into)
    return [...into]
  }

  it('are the return less V with λ 1, one step’s error with λ 0', () => {
    expect(of(1)).toEqual([0, -6 + 4, -5 + 6, -3 + 1])
    expect(of(0)).toEqual([0, -1 - 6 + 4, -2 - 1 + 6, -3 + 1])
  })

  it('with λ ½ and μ ½, worked out by hand', () => {
    // δ = (−1 − 3 + 4, −2 − ½ + 6, −3 + 1) = (0, 3.5, −2); ahead × ¼.
    expect(of(0.5, 0.5)).toEqual([0, 0.25 * (3.5 - 0.5), 3.5 - 0.5, -2])
  })
})

describe('a gradient’s norm', () => {
  it('is scaled down to the most it may be, and left alone below', () => {
    const long = Float32Array.of(3, 4)
    clipNorm(long, 1)
    expect(long[0]).toBeCloseTo(0.6, 6)
    expect(long[1]).toBeCloseTo(0.8, 6)
    const short = Float32Array.of(0.3, 0.4)
    clipNorm(short, 1)
    expect(short).toEqual(Float32Array.of(0.3, 0.4))
  })
})
