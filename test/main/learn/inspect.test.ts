import type { RunSpec } from '@shared/run/spec'
import { randomStream } from '@shared/model/random'
import { beforeAll, describe, expect, it } from 'vitest'
import { ALGORITHMS } from '../../../src/main/algorithms'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { Ensemble } from '../../../src/main/learn/ensemble'
import { Inspection } from '../../../src/main/learn/inspect'
import { isLearned } from '../../../src/main/learn/learner'
import { initialWeights, type NetworkShape } from '../../../src/main/learn/network'
import { PlainEnsemble } from '../../../src/main/learn/plain-ensemble'
import { place } from '../../../src/main/training/placing'
import { train } from '../../../src/main/training/training'
import type { TrainingEnd, TrainingHooks } from '../../../src/main/training/training-member'
import { defaultsOf } from '@shared/algorithms/parameters'
import { sampleScenario } from '../store/samples'
import { Listener } from '../training/listener'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

function specOf(id: string, parameters: RunSpec['parameters'] = {}): RunSpec {
  const card = ALGORITHMS.find((algorithm) => algorithm.card.id === id)?.card
  return {
    scenario: sampleScenario(),
    algorithm: id,
    parameters: { ...defaultsOf(card?.parameters ?? []), ...parameters },
    seed: 3,
    heldOut: 12,
    split: 0
  }
}

describe.each<NetworkShape>([
  { inputs: 9, hidden: 16, outputs: 3, head: 'plain' },
  { inputs: 9, hidden: 16, outputs: 3, head: 'dueling' }
])('networks without a tensor library, $head head', (shape) => {
  it('value every state as the ensemble does', () => {
    const random = randomStream(1, 'init')
    const weights = [0, 1, 2].map(() => initialWeights(shape, random))
    const snapshot = Ensemble.freshSnapshot(shape, 3, random, weights)
    const ensemble = new Ensemble(backend, shape, 3, snapshot)
    const inputs = Float32Array.from({ length: 3 * 5 * shape.inputs }, () => random.between(-1, 1))
    const expected = ensemble.values(inputs, 'online')
    const values = new PlainEnsemble(shape, weights).values(inputs)
    expect(values).toHaveLength(expected.length)
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5))
    ensemble.dispose()
  })
})

describe.each([
  ['dmro', { units: 3, learnSteps: 60, hidden: 16 }],
  ['dmro-plus', { units: 2, learnSteps: 40, hidden: 16 }],
  ['dmro-plus', { units: 2, learnSteps: 5, hidden: 16, horizon: 3 }],
  ['dueling-dqn', { learnSteps: 40, hidden: 16 }]
])('looking into a trained run of %s', (id, parameters) => {
  it('finds again what its evaluation recorded, workflow by workflow, and the unit that won', async () => {
    const spec = specOf(id, parameters)
    const algorithm = ALGORITHMS.find((each) => each.card.id === id)
    if (!algorithm || !isLearned(algorithm)) throw new Error(`${id} does not learn`)
    let end: TrainingEnd | undefined
    const hooks: TrainingHooks = {
      wanted: () => 'go',
      report: async () => {},
      end: (how) => {
        end = how
      },
      fail: (error) => {
        throw error
      }
    }
    await train(backend, algorithm, [{ spec, hooks }])
    const evaluation = end?.evaluation
    if (!end?.policy || !evaluation) throw new Error('it did not complete')
    const inspection = new Inspection(spec, { policy: end.policy })
    const { workflows, places } = await inspection.list()
    workflows.forEach((workflow, x) => expect(workflow.gap).toBeCloseTo(evaluation.gaps[x], 9))
    expect(places.reduce((sum, each) => sum + each.share, 0)).toBeCloseTo(1, 12)
    expect(places.reduce((sum, each) => sum + each.optimumShare, 0)).toBeCloseTo(1, 12)
    for (const { id: name, gap } of workflows) {
      const found = await inspection.workflow(name)
      if (!found) throw new Error(`${name} is not there`)
      expect(found.gap).toBe(gap)
      expect(found.optimum.cost).toBeLessThanOrEqual(found.policy.cost)
      const costs = found.units.map((unit) => unit.cost)
      expect(costs[found.winner ?? -1]).toBe(Math.min(...costs))
      expect(found.policy.cost).toBe(Math.min(...costs))
      // Every unit takes the greatest of its values along its own way.
      for (const unit of found.units) {
        unit.values.forEach((values, i) => {
          const chosen = values[unit.placement[i]] ?? Number.NaN
          expect(chosen).toBeGreaterThanOrEqual(Math.max(...values.map((value) => value ?? Number.NEGATIVE_INFINITY)) - 1e-6)
        })
      }
      const last = found.policy.tasks.at(-1)
      expect((last?.finishSeconds ?? 0) + found.policy.returnSeconds).toBeCloseTo(found.policy.delaySeconds, 9)
    }
    expect(await inspection.workflow('nobody')).toBeUndefined()
  }, 60_000)
})

it.each(['greedy', 'random', 'optimum', 'local-search'])('%s places again as it was evaluated', async (id) => {
  const spec = specOf(id)
  const algorithm = ALGORITHMS.find((each) => each.card.id === id)
  if (!algorithm || isLearned(algorithm)) throw new Error(`${id} is learned`)
  const heard = new Listener()
  await place(algorithm, { spec, hooks: heard })
  const { workflows } = await new Inspection(spec, { algorithm }).list()
  expect(workflows.map((workflow) => workflow.gap)).toEqual(heard.ended?.evaluation?.gaps)
})
