import { ChainWorld } from '../../../src/shared/model/chain-world'
import { describe, expect, it } from 'vitest'
import { dmroPlus } from '../../../src/main/algorithms/dmro-plus'
import { loadBackend } from '../../../src/main/learn/backend'
import { decideScenario } from '../../../src/main/learn/decide'
import { PolicyMisfitError } from '../../../src/main/learn/policy'
import { PlaygroundSession } from '../../../src/main/playground/session'
import { playgroundIn } from '../../../src/main/playground/worker'
import type { PlaygroundAnswer } from '../../../src/main/processes/protocol'
import { withCoefficients } from '../../../src/shared/experiment/changes'
import type { RunSpec } from '../../../src/shared/run/spec'
import { assessReference } from '../../../src/shared/model/assessment'
import { compileScenario } from '../../../src/shared/model/scenario'
import { GENERATED, ONE_EDGE_ONE_CLOUD, problemOf, scenario, smallParameters } from '../learn/worlds'

const WORLD = scenario(ONE_EDGE_ONE_CLOUD, GENERATED)
const PARAMETERS = smallParameters(dmroPlus.card, { hidden: 16, round: 4, batchWorkflows: 8, memoryWorkflows: 200, learnSteps: 300 })
const SPEC: RunSpec = { scenario: WORLD, algorithm: 'dmro-plus', parameters: PARAMETERS, seed: 1, heldOut: 20, split: 0 }
const SLOW = { links: [{ from: 'edge', to: 'phone', bandwidthMBps: 0.3 }], nodes: [{ id: 'cloud', computeMHz: 20_000 }] }

async function trained(hidden = 16): Promise<Uint8Array> {
  const parameters = { ...PARAMETERS, hidden }
  const learner = dmroPlus.start(await loadBackend(), [{ problem: problemOf(), seed: 1, parameters }])
  while (learner.steps < learner.totalSteps) learner.learn()
  const policy = learner.policy(0)
  learner.dispose()
  return policy
}

describe('a policy in the playground', () => {
  it('decides in a changed world as “lab decide” does there, beside the optimum of “lab optimum”', async () => {
    const policy = await trained()
    const session = new PlaygroundSession(await loadBackend(), SPEC, policy)
    for (const changes of [{ links: [], nodes: [] }, SLOW]) {
      const world = { ...WORLD, topology: withCoefficients(ONE_EDGE_ONE_CLOUD, changes) }
      const decided = await decideScenario(policy, world)
      const compiled = compileScenario(world)
      const best = assessReference(new ChainWorld(compiled))
      const { sample, gaps } = session.decide(changes, 'w3')
      const of = ({ delaySeconds, energyJoules, cost, optimalityGap, tasks }: (typeof best.workflows)[number]) => ({
        delaySeconds,
        energyJoules,
        cost,
        optimalityGap,
        tasks
      })
      expect(sample.id).toBe('w3')
      expect(sample.policy).toEqual(of(decided.workflows[2]))
      expect(sample.optimum).toEqual(of(best.workflows[2]))
      expect(gaps).toEqual(decided.workflows.map(({ id, optimalityGap }) => ({ id, gap: optimalityGap })))
    }
    session.dispose()
  })

  it('states costs in the units of the world it was trained in, whatever is changed', async () => {
    const scenario = { ...WORLD, objective: { ...WORLD.objective, scaling: 'local-only' as const } }
    const { references } = compileScenario(scenario)
    const session = new PlaygroundSession(await loadBackend(), { ...SPEC, scenario }, await trained())
    const { cost, delaySeconds, energyJoules } = session.decide(SLOW).heldOut.optimum
    const { energyWeight } = scenario.objective
    expect(cost).toBeCloseTo(delaySeconds / references.delaySeconds + (energyWeight * energyJoules) / references.energyJoules, 12)
    session.dispose()
  })

  it('tells how soon noisy delays would give a change away', async () => {
    const session = new PlaygroundSession(await loadBackend(), SPEC, await trained())
    const clear = session.observe(SLOW, 0.01)
    expect(clear).toMatchObject({ noise: 0.01, trials: 20, workflows: 20_000 })
    expect(clear.changes[0]).toMatchObject({ missed: 0 })
    expect(clear.changes[0].medianDelay).toBeLessThanOrEqual(session.observe(SLOW, 0.5).changes[0].medianDelay ?? Infinity)
    expect(() => session.observe({ links: [{ from: 'phone', to: 'moon', bandwidthMBps: 1 }], nodes: [] }, 0.1)).toThrow('no link joins')
    session.dispose()
  })

  it('adapts from where “old” has come to, keeps nothing else, and names both shapes of a ψ that does not fit', async () => {
    const policy = await trained()
    const { tf } = await loadBackend()
    const session = new PlaygroundSession(await loadBackend(), SPEC, policy)
    const before = tf.memory().numTensors
    const gapOf = (changes: typeof SLOW) => {
      const recovering = session.recover(changes, policy, [1])
      const [psi, old] = recovering.measure()
      for (let step = 0; step < 30; step++) recovering.learn()
      session.keep(recovering)
      return { psi: psi.gap, old: old.gap }
    }
    const first = gapOf(SLOW)
    expect(first.psi).toBe(first.old)
    expect(first.old).toBeCloseTo(session.decide(SLOW).heldOut.gap, 12)
    const second = gapOf(SLOW)
    expect(second.psi).toBe(first.psi)
    expect(second.old).not.toBe(first.old)
    const wide = await trained(24)
    expect(() => session.recover(SLOW, wide, [1])).toThrow(PolicyMisfitError)
    expect(() => session.recover(SLOW, wide, [1])).toThrow(/24.*16/)
    expect(tf.memory().numTensors).toBe(before)
    session.dispose()
  })

  it('decides by a learner as far as it has come, while it learns and afterwards, each seed by itself', async () => {
    const policy = await trained()
    const { tf } = await loadBackend()
    const session = new PlaygroundSession(await loadBackend(), SPEC, policy)
    const before = tf.memory().numTensors
    const trainedGap = session.decide(SLOW).heldOut.gap
    const recovering = session.recover(SLOW, undefined, [1, 2])
    expect(recovering.learners.map(({ start, seed }) => `${start} ${seed}`)).toEqual(['old 1', 'old 2', 'random 1', 'random 2'])
    for (let step = 0; step < 30; step++) recovering.learn()
    const standings = recovering.measure()
    const gaps = () => standings.map(({ start, seed }) => session.decide(SLOW, 'w3', { start, seed }).heldOut.gap)
    const measured = standings.map(({ gap }) => gap)
    expect(new Set(measured).size).toBeGreaterThan(2)
    gaps().forEach((gap, i) => expect(gap).toBeCloseTo(measured[i], 12))
    session.keep(recovering)
    gaps().forEach((gap, i) => expect(gap).toBeCloseTo(measured[i], 12))
    expect(session.decide(SLOW).heldOut.gap).toBe(trainedGap)
    // A learner is asked about any world, as the policy is.
    expect(session.decide({ links: [], nodes: [] }, 'w3', { start: 'old', seed: 2 }).sample.id).toBe('w3')
    expect(() => session.decide(SLOW, 'w3', { start: 'psi', seed: 1 })).toThrow(/"psi".*adapt first/)
    expect(() => session.decide(SLOW, 'w3', { start: 'old', seed: 3 })).toThrow(RangeError)
    expect(tf.memory().numTensors).toBe(before)
    session.dispose()
  })

  it('answers questions while its learners continue, and stops them when asked', async () => {
    const policy = await trained()
    const answers: (PlaygroundAnswer & { id: number })[] = []
    let stop = () => {}
    const play = playgroundIn((id, answer) => {
      answers.push({ ...answer, id })
      if (answer.what === 'adapting') stop()
    })
    await play(1, { what: 'open', spec: SPEC, policy })
    await play(2, { what: 'decide', changes: { links: [{ from: 'phone', to: 'moon', bandwidthMBps: 1 }], nodes: [] } })
    stop = () => {
      stop = () => {}
      void play(4, { what: 'decide', changes: SLOW }).then(() => play(5, { what: 'stop' }))
    }
    await play(3, { what: 'adapt', changes: SLOW, psi: policy, seeds: [1] })
    const whats = answers.map(({ id, what }) => `${id} ${what}`)
    expect(whats.slice(0, 2)).toEqual(['1 opened', '2 refused'])
    expect(answers[1]).toMatchObject({ why: 'invalid', message: 'no link joins "phone" and "moon"' })
    expect(whats).toContain('4 decided')
    const last = answers.at(-1)
    expect(last).toMatchObject({ id: 3, what: 'adapting', batch: { ended: true } })
    // All three stand at learn step 0 first, on the same workflows.
    const [begin] = answers.flatMap((answer) => (answer.what === 'adapting' ? [answer.batch] : []))
    expect(begin.points.map(({ start, step }) => `${start} ${step}`)).toEqual(['psi 0', 'old 0', 'random 0'])
    expect(begin.points[0].seconds).toBe(0)
    const end = answers.flatMap((answer) => (answer.what === 'adapting' ? answer.batch.points : [])).at(-1)
    // Seconds are the learner's share of what all three learned in; the others pass while they stand still.
    expect(end?.elapsed).toBeGreaterThanOrEqual(3 * (end?.seconds ?? Infinity))
  })
})
