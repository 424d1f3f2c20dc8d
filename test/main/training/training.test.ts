import { beforeAll, describe, expect, it } from 'vitest'
import { ALGORITHMS } from '../../../src/main/algorithms'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { isLearned, type LearnedAlgorithm } from '../../../src/main/learn/learner'
import { readPolicy } from '../../../src/main/learn/policy'
import { algorithmOf, train } from '../../../src/main/training/training'
import type { TrainingEnd, TrainingHooks } from '../../../src/main/training/training-member'
import type { RunSpec } from '../../../src/shared/run/spec'
import type { ParameterValues } from '../../../src/shared/algorithms/parameters'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, smallParameters } from '../learn/worlds'
import { Listener } from './listener'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

function specOf(algorithm: string, changes: ParameterValues = {}, workload = GENERATED): RunSpec {
  const spec: RunSpec = { scenario: scenario(ONE_EDGE_ONE_CLOUD, workload), algorithm, parameters: {}, seed: 1, heldOut: 20, split: 0 }
  return {
    ...spec,
    parameters: smallParameters(algorithmOf(spec).card, { learnSteps: 120, evaluateEvery: 25, checkpointEvery: 50, ...changes })
  }
}

function learnedOf(spec: RunSpec): LearnedAlgorithm {
  const algorithm = algorithmOf(spec)
  if (!isLearned(algorithm)) throw new Error(`${spec.algorithm} is not learned`)
  return algorithm
}

const silent: TrainingHooks = { wanted: () => 'go', report: async () => {}, end: () => {}, fail: () => {} }

/** Trains a run alone. */
async function trained(spec: RunSpec, heard: Listener = new Listener(), checkpoint?: Uint8Array): Promise<TrainingEnd> {
  await train(backend, learnedOf(spec), [{ spec, checkpoint, hooks: heard }])
  if (!heard.ended) throw new Error('the run did not end')
  return heard.ended
}

const repeatable = (...listeners: Listener[]) =>
  ['loss', 'reward', 'epsilon', 'learningRate', 'cost', 'gap', 'delay', 'energy', 'gap.unit1', 'gap.unit2'].map((metric) =>
    listeners.flatMap(({ points }) => points.get(metric) ?? [])
  )

describe('a training run', () => {
  it('records its curves, evaluates and hands over its policy', async () => {
    const spec = specOf('dmro')
    const heard = new Listener()
    const end = await trained(spec, heard)
    expect(end).toMatchObject({ outcome: 'completed', learnSteps: 120, evaluation: { workflows: 20, inSample: false } })
    expect(readPolicy(end.policy ?? new Uint8Array()).card.units).toBe(2)
    expect(heard.steps('loss')).toEqual(Array.from({ length: 120 }, (_, i) => i + 1))
    expect(heard.steps('gap')).toEqual([0, 25, 50, 75, 100, 120])
    expect(heard.steps('gap.unit2')).toEqual(heard.steps('gap'))
    expect(heard.checkpoints.map(({ learnSteps }) => learnSteps)).toEqual([50, 100])
    expect(heard.points.get('gap')?.at(-1)?.[1]).toBe(end.evaluation?.gapMean)
  })

  it.each(ALGORITHMS.filter((algorithm) => isLearned(algorithm) && !algorithm.card.needsEnvironments).map(({ card }) => card))(
    'records what its card declares and nothing else: $id',
    async ({ id, metrics }) => {
      const heard = new Listener()
      await trained(specOf(id, { learnSteps: 4, evaluateEvery: 2, checkpointEvery: 4 }), heard)
      const recorded = [...heard.points.keys()].filter((metric) => !metric.startsWith('gap.unit'))
      expect(recorded.sort()).toEqual([...(metrics ?? [])].sort())
    }
  )

  it('thins the curves of its steps where it is long', async () => {
    const spec = specOf('dqn', { learnSteps: 1500, hidden: 4, batch: 1, round: 1, evaluateEvery: 1500 })
    const heard = new Listener()
    await trained(spec, heard)
    const steps = heard.steps('loss')
    expect(steps).toHaveLength(751)
    expect([steps[0], steps[1], steps.at(-1)]).toEqual([1, 2, 1500])
  })

  it.each(['dmro', 'dmro-plus'])('paused and gone on with is the run that never stopped: %s', async (id) => {
    const spec = specOf(id)
    const whole = new Listener()
    const uninterrupted = await trained(spec, whole)
    const first = new Listener({ after: 37, what: 'pause' })
    expect(await trained(spec, first)).toMatchObject({ outcome: 'paused', learnSteps: 37 })
    const second = new Listener()
    const resumed = await trained(spec, second, first.checkpoints.at(-1)?.bytes)
    expect(resumed.policy).toEqual(uninterrupted.policy)
    expect({ ...resumed.evaluation, decisionMs: 0 }).toEqual({ ...uninterrupted.evaluation, decisionMs: 0 })
    expect(repeatable(first, second)).toEqual(repeatable(whole))
  })

  it('cancelled ends at the next learn step without an evaluation', async () => {
    const spec = specOf('dqn')
    const end = await trained(spec, new Listener({ after: 3, what: 'cancel' }))
    expect(end).toMatchObject({ outcome: 'cancelled', learnSteps: 3 })
    expect(end.evaluation).toBeUndefined()
  })

  it('that diverges ends at the very step its loss is not a number, which stays on its curve', async () => {
    const spec = specOf('dmro', {
      learnSteps: 100_000,
      optimiser: 'sgd',
      learningRate: 1,
      hidden: 64,
      targetCopy: 1,
      reward: 'cost',
      evaluateEvery: 100_000,
      checkpointEvery: 100_000
    })
    const heard = new Listener()
    const end = await trained(spec, heard)
    expect(end.outcome).toBe('diverged')
    expect(end.message).toContain(`learn step ${end.learnSteps};`)
    const points = heard.points.get('loss') ?? []
    expect(points.at(-1)?.[0]).toBe(end.learnSteps)
    expect(points.map(([, value]) => Number.isFinite(value))).toEqual(points.map((_, i) => i < points.length - 1))
    // Curves keep the first and every hundredth step here.
    expect(end.learnSteps % 100).not.toBe(0)
  })

  it('leaves no tensor behind, however it ends', async () => {
    const before = backend.tf.memory().numTensors
    const spec = specOf('dqn', { learnSteps: 10 })
    await trained(spec, new Listener())
    await trained(spec, new Listener({ after: 2, what: 'cancel' }))
    await expect(
      train(backend, learnedOf(spec), [{ spec, hooks: { ...silent, report: () => Promise.reject(new Error('nobody listens')) } }])
    ).rejects.toThrow('nobody listens')
    expect(backend.tf.memory().numTensors).toBe(before)
  })
})

describe('an algorithm nobody knows', () => {
  it('is refused by name', () => {
    expect(() => algorithmOf({ ...specOf('dqn'), algorithm: 'oracle' })).toThrow('unknown algorithm "oracle"')
  })
})
