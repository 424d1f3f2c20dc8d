import { describe, expect, it } from 'vitest'
import { dmro } from '../../../src/main/algorithms/dmro'
import { dmroPlus } from '../../../src/main/algorithms/dmro-plus'
import { duelingDqn } from '../../../src/main/algorithms/dueling-dqn'
import { loadBackend } from '../../../src/main/learn/backend'
import { problemOf, smallParameters } from './worlds'

// Asked before the first load: the backend is loaded once a process.
process.env.LAB_BACKEND = 'wasm'

describe('without the native half', () => {
  it('the lab names the backend it fell back to', async () => {
    expect(await loadBackend()).toMatchObject({ name: 'wasm', library: expect.stringMatching(/^\d+\.\d+/), threads: 1 })
  })

  it.each([dmro, dmroPlus, duelingDqn])('$card.id trains and decides, to the same bits twice', async (algorithm) => {
    const backend = await loadBackend()
    const problem = problemOf()
    const train = () => {
      const learner = algorithm.start(backend, [{ problem, seed: 3, parameters: smallParameters(algorithm.card, { learnSteps: 150 }) }])
      const losses = Array.from({ length: 150 }, () => learner.learn()[0].loss)
      const [{ placements }] = learner.decide([problem.heldOut])
      const policy = learner.policy(0)
      learner.dispose()
      return { losses, placements, policy }
    }
    const once = train()
    expect(once.losses.every(Number.isFinite)).toBe(true)
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(once.losses.slice(-30))).toBeLessThan(0.5 * mean(once.losses.slice(0, 10)))
    expect(train()).toEqual(once)
  })

  it('leaves no tensor behind', async () => {
    const backend = await loadBackend()
    const before = backend.tf.memory().numTensors
    const learner = dmro.start(backend, [{ problem: problemOf(), seed: 3, parameters: smallParameters(dmro.card) }])
    for (let step = 0; step < 50; step++) learner.learn()
    learner.dispose()
    expect(backend.tf.memory().numTensors).toBe(before)
  })
})
