import { beforeAll, describe, expect, it } from 'vitest'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { Ensemble } from '../../../src/main/learn/ensemble'
import { duelingMatrix, forward, type NetworkShape, splitLayers, stackUnits, unstackUnits } from '../../../src/main/learn/network'
import { ADAM } from '../../../src/main/learn/optimiser'
import { randomStream } from '../../../src/shared/model/random'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const UNITS = 3
const BATCH = 6

const shapeOf = (head: NetworkShape['head'], hidden: number): NetworkShape => ({ inputs: 5, hidden, outputs: 3, head })
const fresh = (shape: NetworkShape, seed = 1) =>
  new Ensemble(backend, shape, UNITS, Ensemble.freshSnapshot(shape, UNITS, randomStream(seed, 'init')))

function uniform(seed: number, length: number): Float32Array {
  const random = randomStream(seed, 'init')
  return Float32Array.from({ length }, () => random.between(-1, 1))
}

const squaredError = (goal: Float32Array) => (values: Float32Array) => values.map((value, i) => 2 * (value - goal[i]))

const rates = (rate: number) => Array<number>(UNITS).fill(rate)

describe('an ensemble', () => {
  const cases = (['plain', 'dueling'] as const).flatMap((head) =>
    ([4, 16] as const).flatMap((hidden) => (['adam', 'sgd'] as const).map((optimiser) => ({ head, hidden, optimiser })))
  )

  it.each(cases)('learns as the library does: $head head, $hidden hidden units, $optimiser', ({ head, hidden, optimiser }) => {
    const { tf } = backend
    const shape = shapeOf(head, hidden)
    const ensemble = fresh(shape)
    const variable = tf.variable(tf.tensor1d(stackUnits(shape, ensemble.snapshot().online)))
    const library = optimiser === 'adam' ? tf.train.adam(0.003, ADAM.beta1, ADAM.beta2, ADAM.epsilon) : tf.train.sgd(0.003)
    const dueling = head === 'dueling' ? tf.tile(duelingMatrix(tf, shape.outputs), [UNITS, 1, 1]) : undefined
    for (let step = 0; step < 20; step++) {
      const states = uniform(100 + step, UNITS * BATCH * shape.inputs)
      const goal = uniform(200 + step, UNITS * BATCH * shape.outputs)
      ensemble.learn(states, squaredError(goal), optimiser, rates(0.003))
      library.minimize(() => {
        const { values } = forward(tf, splitLayers(tf, shape, UNITS, variable), tf.tensor(states, [UNITS, BATCH, shape.inputs]), dueling)
        return tf.sum(tf.square(tf.sub(values, tf.tensor(goal, values.shape))))
      })
    }
    const theirs = unstackUnits(shape, UNITS, variable.dataSync() as Float32Array)
    const { online, steps } = ensemble.snapshot()
    ensemble.dispose()
    expect(steps).toBe(20)
    // Adam's step hangs on the sign of gradients that are all but zero, where rounding decides.
    const tolerance = optimiser === 'adam' ? 2e-4 : 1e-5
    online.forEach((weights, unit) => {
      expect(Math.max(...weights.map((weight, i) => Math.abs(weight - theirs[unit][i])))).toBeLessThan(tolerance)
    })
  })

  it('keeps its target frozen until it is copied', () => {
    const shape = shapeOf('plain', 8)
    const ensemble = fresh(shape)
    const states = uniform(1, UNITS * BATCH * shape.inputs)
    const before = ensemble.values(states, 'target')
    expect(ensemble.values(states, 'online')).toEqual(before)
    ensemble.learn(states, squaredError(new Float32Array(UNITS * BATCH * shape.outputs)), 'adam', rates(0.01))
    expect(ensemble.values(states, 'target')).toEqual(before)
    expect(ensemble.values(states, 'online')).not.toEqual(before)
    ensemble.copyToTarget()
    expect(ensemble.values(states, 'target')).toEqual(ensemble.values(states, 'online'))
    ensemble.dispose()
  })

  it('learns no unit from another’s rows', () => {
    const shape = shapeOf('plain', 8)
    const ensemble = fresh(shape)
    const before = ensemble.snapshot().online
    const states = uniform(1, UNITS * BATCH * shape.inputs)
    const perUnit = BATCH * shape.outputs
    ensemble.learn(states, (values) => values.map((value, i) => (Math.floor(i / perUnit) === 1 ? value : 0)), 'sgd', rates(0.1))
    const after = ensemble.snapshot().online
    ensemble.dispose()
    expect(after[0]).toEqual(before[0])
    expect(after[1]).not.toEqual(before[1])
    expect(after[2]).toEqual(before[2])
  })

  it.each(['adam', 'sgd'] as const)('learns with each unit’s own rate as it would alone: %s', (optimiser) => {
    const shape = shapeOf('plain', 8)
    const own = [0.01, 0.002, 0.01]
    const learn = (ensemble: Ensemble, given: readonly number[]) => {
      for (let step = 0; step < 10; step++) {
        const states = uniform(step, UNITS * BATCH * shape.inputs)
        ensemble.learn(states, squaredError(uniform(50 + step, UNITS * BATCH * shape.outputs)), optimiser, given)
      }
      const { online } = ensemble.snapshot()
      ensemble.dispose()
      return online
    }
    const mixed = learn(fresh(shape), own)
    own.forEach((rate, unit) => {
      expect(mixed[unit]).toEqual(learn(fresh(shape), rates(rate))[unit])
    })
  })

  it('follows a gradient taken from it to the bits of its own learn step', () => {
    const shape = shapeOf('dueling', 8)
    const states = uniform(1, UNITS * BATCH * shape.inputs)
    const error = squaredError(uniform(2, UNITS * BATCH * shape.outputs))
    const [one, other] = [fresh(shape), fresh(shape)]
    one.learn(states, error, 'adam', rates(0.01))
    other.follow(other.gradientOf(states, error), 'adam', rates(0.01))
    expect(other.snapshot()).toEqual(one.snapshot())
    for (const ensemble of [one, other]) ensemble.dispose()
  })

  it('continues from its snapshot as if nothing had happened', () => {
    const shape = shapeOf('dueling', 8)
    const learn = (ensemble: Ensemble, from: number, to: number) => {
      for (let step = from; step < to; step++) {
        ensemble.learn(
          uniform(step, UNITS * BATCH * shape.inputs),
          squaredError(uniform(999 + step, UNITS * BATCH * shape.outputs)),
          'adam',
          rates(0.01)
        )
        if (step === 4) ensemble.copyToTarget()
      }
    }
    const whole = fresh(shape)
    learn(whole, 0, 12)
    const first = fresh(shape)
    learn(first, 0, 7)
    const second = new Ensemble(backend, shape, UNITS, first.snapshot())
    learn(second, 7, 12)
    expect(second.snapshot()).toEqual(whole.snapshot())
    for (const ensemble of [whole, first, second]) ensemble.dispose()
  })

  it('gives back every tensor it took', () => {
    const { tf } = backend
    const before = tf.memory().numTensors
    const shape = shapeOf('dueling', 8)
    const ensemble = fresh(shape)
    ensemble.learn(
      uniform(1, UNITS * BATCH * shape.inputs),
      squaredError(new Float32Array(UNITS * BATCH * shape.outputs)),
      'sgd',
      rates(0.01)
    )
    ensemble.copyToTarget()
    ensemble.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})
