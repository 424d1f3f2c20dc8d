import { describe, expect, it } from 'vitest'
import { adaptingTo } from '../../../src/main/playground/adapting'
import { dmroPlus } from '../../../src/main/algorithms/dmro-plus'
import { dqn } from '../../../src/main/algorithms/dqn'
import { loadBackend } from '../../../src/main/learn/backend'
import type { LearnedAlgorithm } from '../../../src/main/learn/learner'
import { detectionOf } from '../../../src/main/learn/detection'
import { runOuterLoop, type WorldRecord } from '../../../src/main/learn/outer'
import { PolicyMisfitError, readPolicy } from '../../../src/main/learn/policy'
import type { Schedule } from '../../../src/shared/experiment/changes'
import { RECOVERED_GAP, STARTS } from '../../../src/shared/experiment/recovery'
import { GENERATED, ONE_EDGE_ONE_CLOUD, problemOf, scenario, SMALL_GENERATOR, smallParameters } from './worlds'

const WORLD = scenario(ONE_EDGE_ONE_CLOUD, GENERATED)
const CHANGES = { hidden: 24, round: 4, batchWorkflows: 8, memoryWorkflows: 200 }

async function trained(algorithm: LearnedAlgorithm, learnSteps: number, problem = problemOf()): Promise<Uint8Array> {
  const parameters = smallParameters(algorithm.card, { ...CHANGES, learnSteps })
  const learner = algorithm.start(await loadBackend(), [{ problem, seed: 1, parameters }])
  while (learner.steps < learner.totalSteps) learner.learn()
  const policy = learner.policy(0)
  learner.dispose()
  return policy
}

async function run(schedule: Schedule, psi: Uint8Array, threshold?: number, noise?: number): Promise<WorldRecord[]> {
  const parameters = smallParameters(dmroPlus.card, { ...CHANGES, learnSteps: 300 })
  const backend = await loadBackend()
  return [
    ...runOuterLoop(backend, {
      algorithm: dmroPlus,
      parameters,
      scenario: WORLD,
      schedule,
      psi,
      seed: 3,
      heldOut: 30,
      split: 0,
      threshold,
      noise
    })
  ]
}

describe('the outer loop, live', () => {
  it('detects a change at its very workflow and restarts from ψ, beside old weights and random ones', async () => {
    const psi = await trained(dmroPlus, 400)
    const schedule = {
      name: 's',
      workflows: 330,
      changes: [{ at: 161, links: [{ from: 'phone', to: 'edge', bandwidthFactor: 4 }], nodes: [] }]
    }
    const [first, second] = await run(schedule, psi)
    expect(first).toMatchObject({ at: 0, learnSteps: 40 })
    expect(first.detectedAt).toBeUndefined()
    // ψ was trained in the first world: it and the run that keeps its weights begin alike and within 5 %, random weights do not.
    expect(first.starts.psi.steps).toBe(0)
    expect(first.starts.old.points[0]).toEqual(first.starts.psi.points[0])
    expect(first.starts.random.points[0].gap).toBeGreaterThan(first.starts.psi.points[0].gap)
    expect(second).toMatchObject({ at: 161, detectedAt: 161, learnSteps: 42 })
    expect(second.relativeChange).toBeCloseTo(0.75, 12)
    // The old weights are those learned until then, not ψ.
    expect(second.starts.old.points[0].gap).not.toBe(second.starts.psi.points[0].gap)
    for (const start of STARTS) {
      const { points, steps } = second.starts[start]
      expect(points[0].step).toBe(0)
      expect(steps).toBe(points.find(({ gap }) => gap <= RECOVERED_GAP)?.step)
      expect(points.every(({ cost, gap }) => cost >= second.optimumCost * 0.999999 && gap >= 0)).toBe(true)
    }
  })

  it('restarts nothing where nothing is to be seen, and judges by the world as it is', async () => {
    const psi = await trained(dmroPlus, 100)
    const change = { at: 40, links: [], nodes: [{ id: 'phone', speedFactor: 0.9 }] }
    const [first, second] = await run({ name: 's', workflows: 80, changes: [change] }, psi, 0.5)
    expect(second.detectedAt).toBeUndefined()
    expect(second.optimumCost).not.toBe(first.optimumCost)
    const [only] = await run({ name: 's', workflows: 80, changes: [] }, psi)
    expect(only.detectedAt).toBeUndefined()
  })

  it('refuses a ψ of another shape and leaves no tensor behind', async () => {
    const { tf } = await loadBackend()
    const long = problemOf(undefined, { ...GENERATED, generator: { ...SMALL_GENERATOR, tasks: 2 } })
    const psi = await trained(dmroPlus, 1, long)
    const before = tf.memory().numTensors
    await expect(run({ name: 's', workflows: 8, changes: [] }, psi)).rejects.toThrow(PolicyMisfitError)
    await run({ name: 's', workflows: 8, changes: [] }, await trained(dmroPlus, 1))
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('costs before and after a change', () => {
  it('are in one unit: those of local-only differ by what delay and energy say under the references of the first world', async () => {
    const psi = await trained(dmroPlus, 1)
    const change = { at: 8, links: [], nodes: [{ id: 'phone', speedFactor: 0.5 }] }
    const [before, after] = (await run({ name: 's', workflows: 16, changes: [change] }, psi)).map(({ localOnly }) => localOnly)
    const { references, scenario } = problemOf().compiled
    const { energyWeight } = scenario.objective
    const seconds = (after.delaySeconds - before.delaySeconds) / references.delaySeconds
    const joules = (after.energyJoules - before.energyJoules) / references.energyJoules
    expect(after.cost - before.cost).toBeCloseTo(seconds + energyWeight * joules, 12)
    expect(after.delaySeconds).toBeCloseTo(2 * before.delaySeconds, 9)
    expect(after.energyJoules).toBeCloseTo(before.energyJoules, 12)
    expect(after.cost - before.cost).toBeGreaterThan(0.5)
  })
})

describe('an outer model that sees delays alone', () => {
  const change = { at: 40, links: [{ from: 'phone', to: 'edge', bandwidthFactor: 0.8 }], nodes: [{ id: 'phone', speedFactor: 0.9 }] }
  const schedule: Schedule = { name: 's', workflows: 120, changes: [change] }

  it('finds a change some workflows late, and says what that cost', async () => {
    const psi = await trained(dmroPlus, 100)
    const [first, second] = await run(schedule, psi, undefined, 0.05)
    expect(first.falseAlarms).toEqual([])
    expect(second.detectedAt).toBeGreaterThan(40)
    expect(second.detectedAt).toBeLessThan(80)
    expect(second.relativeChange).toBeCloseTo(0.25, 9)
    expect(second.unseenExcessCost).toBeGreaterThanOrEqual(0)
    expect(second.starts.psi.points[0].step).toBe(0)
  })

  it('is measured over many sequences of noise, against the oracle', async () => {
    const psi = await trained(dmroPlus, 100)
    const parameters = smallParameters(dmroPlus.card, CHANGES)
    const options = { scenario: WORLD, schedule: { ...schedule, workflows: 1000 }, psi, parameters, heldOut: 10, split: 0, seed: 1 }
    const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
    const backend = await loadBackend()
    const of = (noise: number) => detectionOf(backend, { ...options, noise }, seeds)
    const fine = of(0.02)
    const coarse = of(0.5)
    expect(fine).toMatchObject({ trials: 20, workflows: 20_000, changes: [{ missed: 0 }] })
    expect(fine.changes[0].medianDelay).toBeLessThan(coarse.changes[0].medianDelay ?? Infinity)
    // About one false alarm in 9,500 workflows.
    expect(fine.falseAlarms).toBeLessThan(12)
    expect(of(0.02)).toEqual(fine)
  })
})

describe('the algorithm that adapts a policy', () => {
  it('is the one that made it, with its own parameters and the policy’s sizes', async () => {
    const { card } = readPolicy(await trained(dqn, 1))
    const own = adaptingTo(card, { algorithm: 'double-dqn', parameters: { ...smallParameters(dqn.card), learningRate: 0.003 } })
    expect(own.algorithm.card.id).toBe('double-dqn')
    expect(own.parameters).toMatchObject({ learningRate: 0.003, hidden: 24 })
  })

  it('is the one its networks fit where nothing more is known, also for what learned over many environments', async () => {
    const plus = readPolicy(await trained(dmroPlus, 1)).card
    expect(adaptingTo(plus)).toMatchObject({ algorithm: { card: { id: 'dmro-plus' } }, parameters: { hidden: 24, units: 2 } })
    const single = readPolicy(await trained(dqn, 1)).card
    expect(adaptingTo(single).algorithm.card.id).toBe('dqn')
    expect(adaptingTo({ ...single, units: 5 }, { algorithm: 'meta', parameters: {} }).algorithm.card.id).toBe('dmro')
  })
})
