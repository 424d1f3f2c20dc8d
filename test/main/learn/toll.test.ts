import { readScenario } from '@shared/formats'
import { presetOf } from '@shared/presets'
import type { Scenario } from '@shared/model/scenario'
import { TOLL_KINDS } from '@shared/model/search/toll'
import { describe, expect, it } from 'vitest'
import { ALGORITHMS } from '../../../src/main/algorithms'
import { cardOf } from '../../../src/main/learn/any-policy'
import { featureCount, Q_AHEAD } from '../../../src/main/learn/batches/features'
import { decideBatches } from '../../../src/main/learn/batches/inspection'
import { assertBatchFits, batchUnits, readBatchPolicy } from '../../../src/main/learn/batches/policy'
import { type BatchProblem, compileBatchProblem } from '../../../src/main/learn/batches/problem'
import { checkToll, TollLearner } from '../../../src/main/learn/batches/toll'
import type { TollPolicy } from '../../../src/main/learn/batches/toll-policy'
import { decideScenario } from '../../../src/main/learn/decide'
import type { Member } from '../../../src/main/learn/learner'
import { pack, unpack } from '../../../src/main/learn/packing'
import { placeAll, type PlacingAlgorithm, placingTask } from '../../../src/main/learn/placing'
import { defaultsOf } from '../../../src/shared/algorithms/parameters'

function presetScenario(id: string): Scenario {
  const read = readScenario(presetOf(id, 'scenario'), presetOf)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}

/** The stream of the presets, of `together` workflows of five tasks. */
function streamOf(together = 4): Scenario {
  const preset = presetScenario('shared-stream')
  if (!('generator' in preset.workload)) throw new Error('the preset draws its workflows')
  const generator = { ...preset.workload.generator, users: together, workflowsPerUser: 1, tasks: 5, together }
  return { ...preset, workload: { ...preset.workload, generator } }
}

const problemOf = (scenario: Scenario, heldOut = 8): BatchProblem =>
  compileBatchProblem({ scenario, heldOut }, { jitter: 0, training: 'fresh' })

const problem = problemOf(streamOf())
const PARAMETERS = { learnSteps: 6, round: 2, candidates: 4, trialPolish: 30, polish: 60 }
const member = (more: Partial<Member<BatchProblem>> = {}): Member<BatchProblem> => ({ problem, seed: 1, parameters: PARAMETERS, ...more })

function learned(members: Member<BatchProblem>[], steps = PARAMETERS.learnSteps) {
  const learner = new TollLearner(members)
  const reports = []
  while (learner.steps < steps) reports.push(learner.learn())
  return { learner, reports }
}

describe('a run that learns tolls', () => {
  const { learner, reports } = learned([member()])

  it('comes to the same bits from the same seed, and to others from another', () => {
    const again = learned([member()])
    expect(again.reports).toEqual(reports)
    expect(again.learner.policy(0)).toEqual(learner.policy(0))
    expect(again.learner.checkpoint(0)).toEqual(learner.checkpoint(0))
    expect(learned([member({ seed: 2 })]).learner.policy(0)).not.toEqual(learner.policy(0))
  })

  it.each([1, 3, 5])('resumes to the same bits after %i generations', (steps) => {
    const checkpoint = learned([member()], steps).learner.checkpoint(0)
    const resumed = learned([member({ checkpoint })])
    expect(resumed.reports).toEqual(reports.slice(steps))
    expect(resumed.learner.policy(0)).toEqual(learner.policy(0))
    expect(resumed.learner.checkpoint(0)).toEqual(learner.checkpoint(0))
  })

  it('does not depend on what learns beside it, nor on coming with its double', () => {
    const beside = learned([member({ seed: 5 }), member()])
    expect(beside.learner.policy(1)).toEqual(learner.policy(0))
    expect(beside.reports.map(([, report]) => report)).toEqual(reports.map(([report]) => report))
    const own = member()
    const doubled = learned([own, own])
    expect(doubled.learner.policy(1)).toEqual(learner.policy(0))
    expect(doubled.learner.decide([problem.heldOut, problem.heldOut])[1]).toEqual(learner.decide([problem.heldOut])[0])
  })

  it('reports what its candidates are paid, and how far they go', () => {
    for (const [{ reward, learningRate }] of reports) {
      expect(reward).toBeLessThan(0)
      expect(learningRate).toBeGreaterThan(0)
    }
    expect(reports[5][0].learningRate).toBeLessThan(reports[0][0].learningRate)
  })

  it('leaves a policy that says what it was made for, and decides as the run does', async () => {
    const policy = readBatchPolicy(learner.policy(0)) as TollPolicy
    expect(cardOf(learner.policy(0))).toEqual(policy.card)
    expect(policy.card).toMatchObject({
      format: 'dmro-policy/2',
      kind: 'toll',
      execution: 'shared',
      shape: { places: 3, tasks: 5 },
      polish: 60
    })
    expect(policy.card.clocks).toEqual(['device', 'edge', 'cloud', 'device–edge', 'edge–device', 'edge–cloud', 'cloud–edge'])
    expect(policy.coefficients.every((each) => each > 0)).toBe(true)
    const { placements, unitCosts } = learner.decide([problem.heldOut])[0]
    expect(decideBatches(policy, problem.heldOut)).toEqual(placements)
    expect([...unitCosts[0]]).toEqual(placements.map((placement, x) => problem.heldOut[x].model.total(placement)))
    const { total, workflows } = await decideScenario(learner.policy(0), streamOf())
    expect(workflows).toHaveLength(4)
    expect(total.cost).toBeGreaterThan(0)
  })

  it('starts from what another run has learned', () => {
    const initialPolicy = learner.policy(0)
    const coefficientsOf = (bytes: Uint8Array) => (readBatchPolicy(bytes) as TollPolicy).coefficients
    const [fresh, next] = [member(), member({ initialPolicy })].map((each) => coefficientsOf(learned([each], 1).learner.policy(0)))
    expect(() => checkToll(initialPolicy)).not.toThrow()
    expect(next).toHaveLength(fresh.length)
    expect(next).not.toEqual(fresh)
  })
})

describe('a policy of tolls', () => {
  const bytes = learned([member()], 1).learner.policy(0)
  const policy = readBatchPolicy(bytes) as TollPolicy

  it('serves streams of other lengths and rates, and refuses clocks it has never met and other executions, by name', () => {
    expect(() => assertBatchFits(policy.card, problemOf(streamOf(7), 7))).not.toThrow()
    const independent = problemOf({ ...streamOf(), execution: 'independent' })
    expect(() => assertBatchFits(policy.card, independent)).toThrow('made for execution "shared", this scenario is "independent"')
    const card = { ...policy.card, clocks: ['device', 'edge'] }
    expect(() => assertBatchFits(card, problem)).toThrow('also has cloud, device–edge, edge–device, edge–cloud, cloud–edge')
  })

  it('is refused where networks are wanted, and networks where tolls are', () => {
    const network = { inputs: 1, hidden: 4, outputs: 1, head: 'plain' } as const
    expect(() => batchUnits(bytes, network, 1)).toThrow('this run trains networks')
  })

  it('is refused where it is damaged', () => {
    const { data, arrays } = unpack(bytes)
    const changed = (change: object, coefficients = arrays.coefficients) =>
      pack({ data: { ...(data as object), ...change }, arrays: { coefficients } })
    for (const wrong of [
      changed({ clocks: [] }),
      changed({ clocks: ['device', 'device'] }),
      changed({ clocks: ['moon'] }),
      changed({ execution: 'independent' }),
      changed({ polish: -1 }),
      changed({ shape: null }),
      changed({}, new Float64Array(2)),
      changed({}, new Float64Array(TOLL_KINDS.length).fill(-1).subarray(0, arrays.coefficients.length)),
      changed({}, new Float32Array(arrays.coefficients.length))
    ]) {
      expect(() => readBatchPolicy(wrong)).toThrow(RangeError)
    }
  })
})

/** The held-out streams, and the same with other workflows from the third release on. */
function changed(): { sights: BatchProblem['heldOut']; known: number } {
  const { heldOut } = problem
  const others = [...heldOut].reverse()
  const sights = heldOut.map(({ model }, x) => {
    const later = others[x].model.workflows
    return problem.sight(model.workflows.map((workflow, w) => (w < 2 ? workflow : { ...later[w], releaseSeconds: 1000 + w })))
  })
  return { sights, known: 10 }
}

describe('on streams', () => {
  const { sights, known } = changed()

  it('networks are told nothing of what is released later', () => {
    const numbers = (sight: (typeof sights)[number]) => {
      const { model, features } = sight
      const all: number[] = []
      const state = model.start()
      for (let i = 0; i < known; i++) {
        const into = new Float32Array(featureCount(features.shape, Q_AHEAD))
        all.push(features.describe(state, 0, Q_AHEAD, into, 0), features.bound(state, 0), ...into)
        model.executor.step(state, 0, i % model.places)
      }
      return all
    }
    expect(problem.shape.together).toBe(1)
    problem.heldOut.forEach((sight, x) => expect(numbers(sights[x])).toEqual(numbers(sight)))
  })

  const placing = ALGORITHMS.filter(
    (algorithm): algorithm is PlacingAlgorithm => !('start' in algorithm) && algorithm.card.chainsOnly === undefined
  )

  it.each(placing.map((algorithm) => [algorithm.card.id, algorithm] as const))(
    '%s knows what is released later only if it is the optimum',
    async (id, algorithm) => {
      const parameters = {
        ...defaultsOf(algorithm.card.parameters),
        ...('evaluations' in defaultsOf(algorithm.card.parameters) && { evaluations: 40 })
      }
      const of = (heldOut: BatchProblem['heldOut']) => placeAll(algorithm, placingTask({ heldOut }, { parameters, seed: 1 }))
      const [one, other] = [await of(problem.heldOut.slice(0, 1)), await of(sights.slice(0, 1))]
      if (id !== 'optimum') expect(other[0].subarray(0, known)).toEqual(one[0].subarray(0, known))
      expect(one[0]).toHaveLength(20)
    }
  )
})
