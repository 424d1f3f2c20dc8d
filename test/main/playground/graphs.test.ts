import { describe, expect, it } from 'vitest'
import type { ChangedGraphs, WholeGraphPlay } from '@shared/contract/playground-graphs'
import { withGraphChanges } from '@shared/experiment/graph-changes'
import { compileWorld } from '@shared/model/compile'
import type { Scenario } from '@shared/model/scenario'
import { isGenerated } from '@shared/model/workload'
import type { RunSpec } from '@shared/run/spec'
import { dmroPlus } from '../../../src/main/algorithms/dmro-plus'
import { dqn } from '../../../src/main/algorithms/dqn'
import { loadBackend } from '../../../src/main/learn/backend'
import { decideBatches } from '../../../src/main/learn/batches/inspection'
import { readBatchPolicy } from '../../../src/main/learn/batches/policy'
import { decideScenario } from '../../../src/main/learn/decide'
import { Evaluator } from '../../../src/main/learn/evaluation'
import type { LearnedAlgorithm } from '../../../src/main/learn/learner'
import { GraphSession } from '../../../src/main/playground/graph-session'
import { playgroundIn } from '../../../src/main/playground/worker'
import type { PlaygroundAnswer } from '../../../src/main/processes/protocol'
import { batchProblemOf, GRAPH_WORLDS } from '../learn/batches'
import { smallParameters } from '../learn/worlds'

const UNCHANGED: ChangedGraphs = { links: [], nodes: [] }
const SLOW: ChangedGraphs = {
  links: [{ from: 'edge', to: 'phone', bandwidthMBps: 0.3 }],
  nodes: [{ id: 'edge', computeMHz: 5000 }],
  energyWeight: 0.5
}
const [SHARED, , TRIPS] = GRAPH_WORLDS.map(({ scenario }) => scenario)

async function trained(algorithm: LearnedAlgorithm, of: Scenario): Promise<{ spec: RunSpec; policy: Uint8Array }> {
  const parameters = smallParameters(algorithm.card, { hidden: 8, learnSteps: 4, beam: 2, polish: 50 })
  const problem = batchProblemOf(of)
  const learner = algorithm.batches?.start(await loadBackend(), [{ problem, seed: 1, parameters }])
  if (!learner) throw new Error(`${algorithm.card.id} does not learn on graphs`)
  while (learner.steps < learner.totalSteps) learner.learn()
  const policy = learner.policy(0)
  learner.dispose()
  return { spec: { scenario: of, algorithm: algorithm.card.id, parameters, seed: 1, heldOut: 6, split: 0 }, policy }
}

/** Each answer until all is known. */
async function all(session: GraphSession, changes: ChangedGraphs, sample?: string): Promise<WholeGraphPlay[]> {
  const plays: WholeGraphPlay[] = []
  for await (const { whole } of session.play(changes, sample)) plays.push(whole())
  return plays
}

describe('a policy of graphs in the playground', () => {
  for (const [algorithm, of] of [
    [dmroPlus, SHARED],
    [dqn, SHARED],
    [dqn, TRIPS]
  ] as const) {
    it(`decides as "lab decide" and is judged as a run is evaluated: ${algorithm.card.id}, ${of.execution}`, async () => {
      const { spec, policy } = await trained(algorithm, of)
      const session = new GraphSession(spec, policy)
      const link = of.topology.links[0]
      const slow = { ...SLOW, links: [{ from: link.to, to: link.from, bandwidthMBps: 0.3 }] }
      for (const changes of [UNCHANGED, slow]) {
        const world = withGraphChanges(of, changes)
        const plays = await all(session, changes)
        const last = plays.at(-1)
        const decided = await decideScenario(policy, world)
        const own = decided.workflows.filter(({ episode }) => episode === 0)
        expect(last?.sample.policy.workflows.map(({ delaySeconds, energyJoules }) => [delaySeconds, energyJoules])).toEqual(
          own.map(({ delaySeconds, energyJoules }) => [delaySeconds, energyJoules])
        )
        expect(last?.sample.found?.gap).toBeCloseTo(own[0].optimalityGap, 9)
        const problem = batchProblemOf(world, { heldOut: spec.heldOut })
        const evaluation = new Evaluator(problem).evaluate(decideBatches(readBatchPolicy(policy), problem.heldOut), 0)
        const [{ means, gap }] = last?.heldOut.placed ?? []
        expect([means.cost, means.delaySeconds, means.energyJoules, gap]).toEqual([
          evaluation.meanCost,
          evaluation.meanDelaySeconds,
          evaluation.meanEnergyJoules,
          evaluation.gapMean
        ])
        expect(last?.heldOut.reference).toEqual({
          measured: problem.heldOut.length,
          cost: evaluation.optimum.meanCost,
          kinds: evaluation.references
        })
        // What the policy does is there before what it is measured against.
        expect(plays[0].sample.policy).toEqual(last?.sample.policy)
        expect([plays[0].sample.found, plays[0].heldOut.reference, plays[0].ended, last?.ended]).toEqual([
          undefined,
          undefined,
          false,
          true
        ])
      }
    })
  }

  it('places fewer workflows together by the networks that were made for more, and no more', async () => {
    if (!isGenerated(SHARED.workload)) throw new Error('a drawn workload')
    const { generator } = SHARED.workload
    const four: Scenario = { ...SHARED, workload: { ...SHARED.workload, generator: { ...generator, workflowsPerUser: 4 } } }
    const { spec, policy } = await trained(dmroPlus, four)
    const session = new GraphSession(spec, policy)
    expect(session.limits).toEqual({ together: 2 })
    const alone = (await all(session, { ...UNCHANGED, together: 1 }, 'w2')).at(-1)
    expect([alone?.batches, alone?.sample.id, alone?.heldOut.batches, alone?.heldOut.workflows]).toEqual([
      ['w1', 'w2', 'w3', 'w4'],
      'w2',
      6,
      6
    ])
    const decided = await decideScenario(policy, withGraphChanges(four, { ...UNCHANGED, together: 1 }))
    expect(alone?.sample.policy.workflows[0].placement).toEqual(decided.workflows[1].placement)
    // As where a batch of a world that has more together is smaller.
    const [whole, apart] = [four, withGraphChanges(four, { ...UNCHANGED, together: 1 })].map((of) => batchProblemOf(of))
    for (const algorithm of [dmroPlus, dqn]) {
      const made = readBatchPolicy((await trained(algorithm, four)).policy)
      const [one, other] = [whole, apart].map((problem) => decideBatches(made, [problem.sight(apart.world.batches[2])]))
      expect(one).toEqual(other)
    }
    expect(() => session.play({ ...UNCHANGED, together: 3 })).toThrow(/made for 2 workflows together/)
    expect(() => session.play({ ...UNCHANGED, gapSeconds: 3 })).toThrow(/no arrival rate to change/)
    expect(() => session.play({ ...UNCHANGED, links: [{ from: 'phone', to: 'moon', bandwidthMBps: 1 }] })).toThrow('no link joins')
    const trips = await trained(dqn, TRIPS)
    expect(new GraphSession(trips.spec, trips.policy).limits).toEqual({})
    expect(() => new GraphSession(trips.spec, trips.policy).play({ ...UNCHANGED, together: 1 })).toThrow(/are listed/)
  })

  it('states costs in the units of the world it was trained in, whatever is changed', async () => {
    const scaled = { ...SHARED, objective: { ...SHARED.objective, scaling: 'local-only' as const } }
    const { spec, policy } = await trained(dqn, scaled)
    const fast = { links: [], nodes: [{ id: 'phone', computeMHz: 9000 }] }
    const [{ sample }] = await all(new GraphSession(spec, policy), fast)
    const { references } = compileWorld(scaled)
    const { energyWeight } = scaled.objective
    const cost = sample.policy.workflows.reduce(
      (sum, { delaySeconds, energyJoules }) =>
        sum + delaySeconds / references.delaySeconds + (energyWeight * energyJoules) / references.energyJoules,
      0
    )
    expect(sample.policy.cost).toBeCloseTo(cost, 9)
  })

  it('answers the newest question, and says what is not for graphs', async () => {
    const { spec, policy } = await trained(dqn, SHARED)
    const answers: (PlaygroundAnswer & { id: number })[] = []
    let first = () => {}
    const play = playgroundIn((id, answer) => {
      answers.push({ ...answer, id })
      if (id === 2) first()
    })
    await play(1, { what: 'open', spec, policy })
    let second: Promise<void> | undefined
    first = () => {
      first = () => {}
      second = play(3, { what: 'play', changes: SLOW })
    }
    await play(2, { what: 'play', changes: UNCHANGED })
    await second
    await play(4, { what: 'adapt', changes: UNCHANGED, seeds: [1] })
    expect(answers[0]).toMatchObject({ what: 'opened', kind: 'graphs' })
    expect(answers.filter(({ id }) => id === 2).at(-1)?.what).toBe('stopped')
    expect(answers.filter(({ id }) => id === 3).at(-1)).toMatchObject({ what: 'playing', play: { ended: true } })
    expect(answers.at(-1)).toMatchObject({ id: 4, what: 'refused', message: expect.stringContaining('only policies of chains adapt') })
  })
})
