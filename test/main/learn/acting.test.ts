import { beforeAll, describe, expect, it } from 'vitest'
import { actorCritic } from '../../../src/main/algorithms/actor-critic'
import { dqn } from '../../../src/main/algorithms/dqn'
import { imitation } from '../../../src/main/algorithms/imitation'
import { ppo } from '../../../src/main/algorithms/ppo'
import { practise } from '../../../src/main/learn/acting'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { decideBatches } from '../../../src/main/learn/batches/inspection'
import { readBatchPolicy } from '../../../src/main/learn/batches/policy'
import { type BatchProblem, compileBatchProblem } from '../../../src/main/learn/batches/problem'
import type { BatchLearning, LearnedAlgorithm, Member } from '../../../src/main/learn/learner'
import { PolicyMisfitError } from '../../../src/main/learn/policy'
import { randomStream } from '../../../src/shared/model/random'
import { PAPER_GENERATOR } from '../../../src/shared/model/workload'
import { GENERATED, ONE_EDGE_ONE_CLOUD, problemOf, scenario, smallParameters, TRAPS } from './worlds'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const GRAPHS: BatchProblem = compileBatchProblem(
  {
    scenario: {
      ...scenario(ONE_EDGE_ONE_CLOUD, {
        ...GENERATED,
        generator: {
          ...PAPER_GENERATOR,
          users: 1,
          workflowsPerUser: 2,
          tasks: 5,
          graph: { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'split' }
        }
      }),
      execution: 'shared'
    },
    heldOut: 3
  },
  { training: 'fresh', jitter: 0 }
)

const parametersOf = (algorithm: LearnedAlgorithm) => smallParameters(algorithm.card, { epochs: 3, round: 2, learnSteps: 40 })

function begin(algorithm: LearnedAlgorithm, members: readonly Pick<Member<BatchProblem>, 'seed' | 'checkpoint' | 'initialPolicy'>[]) {
  const { start } = algorithm.batches as BatchLearning
  return start(
    backend,
    members.map((member) => ({ ...member, problem: GRAPHS, parameters: parametersOf(algorithm) }))
  )
}

type Started = ReturnType<typeof begin>
const learnUntil = (learner: Started, steps: number) => {
  const reports = []
  while (learner.steps < steps) reports.push(learner.learn())
  return reports
}

describe.each([
  ['actor-critic', actorCritic],
  ['ppo', ppo],
  ['imitation', imitation]
])('%s on graphs', (_, algorithm) => {
  it('resumes to the same bits, amid its epochs too, and is the same beside others', () => {
    // A single network is multiplied by other code than several, so that two learn side by side.
    const whole = begin(algorithm, [{ seed: 1 }, { seed: 2 }])
    const reports = learnUntil(whole, 14)
    const first = begin(algorithm, [{ seed: 2 }, { seed: 3 }])
    const before = learnUntil(first, 7)
    const second = begin(algorithm, [
      { seed: 2, checkpoint: first.checkpoint(0) },
      { seed: 3, checkpoint: first.checkpoint(1) }
    ])
    const after = learnUntil(second, 14)
    expect([...before, ...after].map(([report]) => report)).toEqual(reports.map(([, report]) => report))
    expect(second.checkpoint(0)).toEqual(whole.checkpoint(1))
    expect(reports.flat().every((report) => Object.values(report).every(Number.isFinite))).toBe(true)
    for (const learner of [whole, first, second]) learner.dispose()
  })

  it('gives a policy that decides as it does and that others start from; other networks are refused', () => {
    const learner = begin(algorithm, [{ seed: 1 }])
    learnUntil(learner, 6)
    const [{ placements }] = learner.decide([GRAPHS.heldOut])
    const policy = learner.policy(0)
    expect(decideBatches(readBatchPolicy(policy), GRAPHS.heldOut)).toEqual(placements)
    const another = begin(algorithm, [{ seed: 5, initialPolicy: policy }])
    expect(another.decide([GRAPHS.heldOut])[0].placements).toEqual(placements)
    const { checkInitial, start } = dqn.batches as BatchLearning
    const other = start(backend, [{ problem: GRAPHS, seed: 1, parameters: smallParameters(dqn.card) }])
    expect(() => algorithm.batches?.checkInitial(other.policy(0), GRAPHS, parametersOf(algorithm))).toThrow(PolicyMisfitError)
    expect(() => checkInitial(policy, GRAPHS, smallParameters(dqn.card))).toThrow(PolicyMisfitError)
    for (const each of [learner, another, other]) each.dispose()
  })
})

describe('what is practised on chains', () => {
  it('pays −F of each move, whose sum is −Q; λ 1 makes returns of it', () => {
    const problem = problemOf(ONE_EDGE_ONE_CLOUD, TRAPS)
    const { places: K, tasks: N } = problem.shape
    const indifferent = { units: 1, values: (states: Float32Array) => new Float32Array((states.length / length) * (K + 1)) }
    const length = K + 2 * N + 1
    const episodes = [...problem.heldOut, ...problem.heldOut]
    const [practice] = practise(indifferent, problem.shape, [episodes], [randomStream(1, 'action')], [{ discount: 1, lambda: 1 }])
    let reward = 0
    episodes.forEach((episode, x) => {
      const placement = practice.actions.slice(x * N, x * N + episode.tasks)
      const cost = episode.model.total(placement)
      // V is 0 everywhere, so that the first advantage is the return of all.
      expect(practice.returns[x * N]).toBeCloseTo(-cost / episode.costScale, 9)
      expect(practice.advantages[x * N]).toBe(practice.returns[x * N])
      expect(practice.logs[x * N]).toBeCloseTo(-Math.log(K), 9)
      for (let i = episode.tasks; i < N; i++)
        expect([...practice.allowed.subarray((x * N + i) * K, (x * N + i + 1) * K)]).toEqual([0, 0, 0])
      reward -= cost / episode.tasks / episodes.length
    })
    expect(practice.reward).toBeCloseTo(reward, 9)
  })
})
