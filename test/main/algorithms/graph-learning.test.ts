import { beforeAll, describe, expect, it } from 'vitest'
import { contentionFreeBound } from '@shared/model/batch/bound'
import type { Outlook } from '@shared/model/search/outlook'
import { planBy } from '@shared/model/search/rules'
import type { RandomStream } from '@shared/model/random'
import { exact } from '@shared/model/search/exact'
import { ALGORITHMS } from '../../../src/main/algorithms'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { planByValues } from '../../../src/main/learn/batches/beam'
import { AHEAD, featureCount, Q_AHEAD } from '../../../src/main/learn/batches/features'
import { decideBatches } from '../../../src/main/learn/batches/inspection'
import { assertBatchFits, readBatchPolicy } from '../../../src/main/learn/batches/policy'
import { EnvironmentPools } from '../../../src/main/learn/batches/memories'
import type { BatchProblem } from '../../../src/main/learn/batches/problem'
import { isLearned, type LearnedAlgorithm, openStreams } from '../../../src/main/learn/learner'
import { PolicyMisfitError } from '../../../src/main/learn/policy'
import { AROUND, batchProblemOf, GRAPH_WORLDS } from '../learn/batches'
import { smallParameters } from '../learn/worlds'
import { fingerprint, learnUntil } from './trial'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const LEARNERS = ALGORITHMS.filter((algorithm): algorithm is LearnedAlgorithm => isLearned(algorithm) && algorithm.batches !== undefined)
/** Beyond a refreshing of the weights that act, and between two. */
const LENGTH = 60

type Given = { problem: BatchProblem; seed: number; checkpoint?: Uint8Array; initialPolicy?: Uint8Array }

function begin(algorithm: LearnedAlgorithm, members: readonly Given[], learnSteps = LENGTH) {
  const small = { learnSteps, states: 16, samples: 64, beam: 4, polish: 50, round: 2, memory: 500, batch: 16 }
  const parameters = smallParameters(algorithm.card, small)
  if (!algorithm.batches) throw new Error(`${algorithm.card.id} does not learn on graphs`)
  return algorithm.batches.start(
    backend,
    members.map((member) => ({ ...member, parameters }))
  )
}

function whole(algorithm: LearnedAlgorithm, problem: BatchProblem, seed: number): string {
  const learner = begin(algorithm, [{ problem, seed }])
  const sum = fingerprint(learnUntil(learner, LENGTH)[0], learner)
  learner.dispose()
  return sum
}

const optimumOf = (outlook: Outlook) => exact(outlook, { start: planBy(outlook, 'finish'), states: 200_000 }).plan.cost

describe.each(GRAPH_WORLDS)('states of $name', ({ scenario }) => {
  const { heldOut } = batchProblemOf(scenario)

  it.each([AHEAD, Q_AHEAD])('are described by as many finite numbers as networks have inputs, %i tasks ahead', (ahead) => {
    for (const { features, model } of heldOut) {
      const { executor } = features
      const count = featureCount(features.shape, ahead)
      const numbers = new Float32Array(count + 2).fill(Number.NaN)
      const state = model.start()
      const moves = new Uint8Array(model.places)
      for (let i = 0; i <= model.decisions; i++) {
        features.describe(state, 0, ahead, numbers, 1)
        expect([...numbers.subarray(1, count + 1)].every(Number.isFinite)).toBe(true)
        expect([numbers[0], numbers[count + 1]].every(Number.isNaN)).toBe(true)
        if (i === model.decisions) break
        executor.moves(state, 0, moves)
        executor.step(state, 0, moves.lastIndexOf(1))
      }
    }
  })

  it('are bounded from below by what the best completion costs, and at the start by no less than the bound of the batch', () => {
    for (const { features, model } of heldOut) {
      const best = optimumOf(features.outlook)
      const start = model.start()
      expect(features.bound(start, 0)).toBeLessThanOrEqual(best + 1e-9)
      expect(features.bound(start, 0)).toBeGreaterThanOrEqual(contentionFreeBound(model.executor).lower - 1e-9)
    }
  })

  it('in a beam that keeps all of them lead to the optimum', () => {
    for (const { features, model } of heldOut) {
      const all = model.places ** model.decisions
      const plan = planByValues({ features, networks: [] }, Math.min(all, 7000))
      expect(model.total(plan.placement)).toBeCloseTo(plan.cost, 9)
      expect(plan.cost).toBeCloseTo(optimumOf(features.outlook), 9)
    }
  })
})

describe.each(
  LEARNERS.flatMap((algorithm) => GRAPH_WORLDS.map(({ name, scenario }) => ({ id: algorithm.card.id, name, algorithm, scenario })))
)('$id on graphs, $name', ({ algorithm, scenario }) => {
  const problem = () => batchProblemOf(scenario)

  it('repeats to the bit with the same seed, differs with another, and continues from any checkpoint to the same bits', () => {
    const once = whole(algorithm, problem(), 5)
    expect(whole(algorithm, problem(), 6)).not.toBe(once)
    let checkpoint: Uint8Array | undefined
    const curve: number[] = []
    for (const stop of [1, 30, 49, LENGTH]) {
      const learner = begin(algorithm, [{ problem: problem(), seed: 5, checkpoint }])
      curve.push(...learnUntil(learner, stop)[0])
      // An evaluation in between changes nothing of what is learned.
      learner.decide([problem().heldOut], true)
      checkpoint = Uint8Array.from(learner.checkpoint(0))
      if (stop === LENGTH) expect(fingerprint(curve, learner)).toBe(once)
      learner.dispose()
    }
  })

  it('places by its saved policy as it does itself, and starts others from it', () => {
    const learner = begin(algorithm, [{ problem: problem(), seed: 5 }])
    learnUntil(learner, LENGTH)
    const { heldOut } = problem()
    const [{ placements }] = learner.decide([heldOut])
    const policy = learner.policy(0)
    const { card } = readBatchPolicy(policy)
    expect(card).toMatchObject({ execution: scenario.execution, order: 'upward-rank', shape: { places: problem().shape.places } })
    const saved = decideBatches(readBatchPolicy(policy), heldOut)
    expect(saved.map((placement) => [...placement])).toEqual(placements.map((placement) => [...placement]))
    const next = begin(algorithm, [{ problem: problem(), seed: 9, initialPolicy: policy }])
    const [own, theirs] = [next.policy(0), policy]
      .map((bytes) => readBatchPolicy(bytes))
      .map((read) => 'weights' in read && read.weights[0])
    expect(own).toEqual(theirs)
    for (const each of [learner, next]) each.dispose()
  })
})

describe('Algorithm 2 on graphs', () => {
  const [{ scenario }] = GRAPH_WORLDS
  const problem = () => batchProblemOf(scenario, { environments: AROUND })
  const meta = LEARNERS.find(({ card }) => card.id === 'meta') as LearnedAlgorithm

  it('continues over several environments from any checkpoint to the same bits', () => {
    expect(problem().worlds).toBe(3)
    const once = whole(meta, problem(), 5)
    const learner = begin(meta, [{ problem: problem(), seed: 5 }])
    const curve = [...learnUntil(learner, 7)[0]]
    const next = begin(meta, [{ problem: problem(), seed: 5, checkpoint: Uint8Array.from(learner.checkpoint(0)) }])
    curve.push(...learnUntil(next, LENGTH)[0])
    expect(fingerprint(curve, next)).toBe(once)
    for (const each of [learner, next]) each.dispose()
  })

  it('draws each replay batch from one environment, another than where it placed if it is drawn twice', () => {
    const inputs = 1
    for (const drawn of ['once', 'twice'] as const) {
      const pools = new EnvironmentPools({ capacity: 100, inputs, places: 2 }, drawn)
      const streams = openStreams(1)
      const seen = new Set<boolean>()
      for (let round = 0; round < 40; round++) {
        let placed = -1
        const { worlds, draw } = problem()
        const told = (random: RandomStream, world?: number) => {
          placed = world ?? -1
          return draw(random, world)
        }
        pools.round({ worlds, draw: told }, 1, streams.environment)
        pools.pool.push(pools.pool.keepState(Float32Array.of(placed)), 0, 0, -1)
        const { states } = pools.draw(streams, 2, 8)
        for (const unit of [states.subarray(0, 8), states.subarray(8)]) expect(new Set(unit).size).toBe(1)
        seen.add(states[0] === placed)
      }
      expect([...seen].sort()).toEqual(drawn === 'once' ? [true] : [false, true])
    }
  })
})

describe('a policy for graphs', () => {
  const [shared, independent, trips] = GRAPH_WORLDS.map(({ scenario }) => batchProblemOf(scenario))
  const cardOf = (problem: BatchProblem) => {
    const learner = begin(LEARNERS[0], [{ problem, seed: 1 }], 1)
    const { card } = readBatchPolicy(learner.policy(0))
    learner.dispose()
    return card
  }

  it('is refused by worlds of another execution, of more places, of more workflows together and of longer ones, naming both', () => {
    const card = cardOf(shared)
    expect(() => assertBatchFits(card, shared)).not.toThrow()
    expect(() => assertBatchFits(card, independent)).toThrow(/made for execution "shared", this scenario is "independent"/)
    expect(() => assertBatchFits(cardOf(trips), { ...trips, shape: { ...trips.shape, places: 3 } })).toThrow(
      /made for 2 places \(K\), this scenario has 3/
    )
    expect(() => assertBatchFits(card, { ...shared, shape: { ...shared.shape, together: 3 } })).toThrow(/2 workflows together at most/)
    expect(() => assertBatchFits(card, { ...shared, tasks: 99 })).toThrow(PolicyMisfitError)
  })
})
