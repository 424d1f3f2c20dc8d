import { describe, expect, it } from 'vitest'
import { algorithmCards } from '../../../src/main/algorithms'
import { loadOf, stackKey } from '../../../src/main/queue/stacking'
import { defaultsOf, type ParameterValues } from '../../../src/shared/algorithms/parameters'
import type { RunSpec } from '../../../src/shared/run/spec'
import { shareOf } from '../../../src/shared/run/stacks'
import type { Scenario } from '../../../src/shared/model/scenario'
import { CUT_OFF_EDGE, GENERATED, link, node, ONE_EDGE_ONE_CLOUD, scenario, SMALL_GENERATOR, TRAPS } from '../learn/worlds'

const WORLD = scenario(ONE_EDGE_ONE_CLOUD, GENERATED)

function specOf(algorithm: string, changes: ParameterValues = {}, more: Partial<RunSpec> = {}): RunSpec {
  const parameters = { ...defaultsOf(cardOf(algorithm)?.parameters ?? []), ...changes }
  return { scenario: WORLD, algorithm, parameters, seed: 1, heldOut: 20, split: 0, ...more }
}

const cardOf = (algorithm: string) => algorithmCards.find(({ id }) => id === algorithm)
const keyOf = (spec: RunSpec, learnSteps = 0) => stackKey(spec, cardOf(spec.algorithm), learnSteps)
const worldOf = (changes: Partial<Scenario>): Partial<RunSpec> => ({ scenario: { ...WORLD, ...changes } })

describe('runs', () => {
  it.each<[string, RunSpec]>([
    ['seed', specOf('dmro', {}, { seed: 9 })],
    ['energy weight', specOf('dmro', {}, worldOf({ objective: { ...WORLD.objective, energyWeight: 0.9 } }))],
    ['learning rate', specOf('dmro', { learningRate: 0.5, learningRateDecay: 'cosine' })],
    ['exploration and reward', specOf('dmro', { epsilonStart: 0.3, reward: 'cost', discount: 0.5 })],
    ['workload of one shape', specOf('dmro', {}, worldOf({ workload: { ...GENERATED, seed: 99 } }))],
    ['split, which generated workloads have not', specOf('dmro', {}, { split: 0.5 })]
  ])('that differ in their %s train side by side', (_, spec) => {
    expect(keyOf(spec)).toBe(keyOf(specOf('dmro')))
    expect(keyOf(spec)).toBeDefined()
  })

  it.each<[string, RunSpec, number?]>([
    ['algorithm', specOf('dqn')],
    ['batch', specOf('dmro', { batch: 32 })],
    ['length', specOf('dmro', { learnSteps: 7 })],
    ['evaluations', specOf('dmro', { evaluateEvery: 7 })],
    ['number of places', specOf('dmro', {}, { scenario: scenario(CUT_OFF_EDGE, GENERATED) })],
    ['tasks', specOf('dmro', {}, worldOf({ workload: { ...GENERATED, generator: { ...SMALL_GENERATOR, tasks: 4 } } }))],
    ['held-out workflows', specOf('dmro', {}, { heldOut: 21 })],
    ['workload’s kind', specOf('dmro', {}, worldOf({ workload: TRAPS }))],
    ['starting policy', specOf('dmro', {}, { initialWeights: { name: 'psi', policy: 'abc' } })],
    ['learn step to resume from', specOf('dmro'), 50]
  ])('that differ in their %s do not', (_, spec, learnSteps) => {
    expect(keyOf(spec, learnSteps)).not.toBe(keyOf(specOf('dmro')))
  })

  it('whose devices are of several kinds train beside such runs only', () => {
    const watch = node('watch', 'device', 1000, 0.002)
    const twin = { ...node('twin', 'device', 4000), id: 'twin' }
    const more = (device: typeof watch) =>
      specOf(
        'dmro',
        {},
        {
          scenario: scenario(
            {
              ...ONE_EDGE_ONE_CLOUD,
              nodes: [...ONE_EDGE_ONE_CLOUD.nodes, device],
              links: [...ONE_EDGE_ONE_CLOUD.links, link(device.id, 'edge', 1), link(device.id, 'cloud', 0.5)]
            },
            GENERATED
          )
        }
      )
    expect(keyOf(more(watch))).not.toBe(keyOf(specOf('dmro')))
    expect(keyOf(more(twin))).toBe(keyOf(specOf('dmro')))
  })

  it('of algorithms that do not learn, or that nobody knows, train alone', () => {
    expect(keyOf(specOf('greedy'))).toBeUndefined()
    expect(keyOf({ ...specOf('dmro'), algorithm: 'oracle' })).toBeUndefined()
  })
})

describe('the load of a run', () => {
  it('grows with networks, batch and memory pool, and lets a study’s thirty runs into one process', () => {
    expect(30 * loadOf(specOf('dqn'))).toBeLessThan(1)
    expect(30 * loadOf(specOf('dmro'))).toBeLessThan(1)
    expect(loadOf(specOf('dmro', { units: 64 }))).toBeGreaterThan(0.25)
    expect(loadOf(specOf('dqn', { batch: 4096 }))).toBeGreaterThan(0.1)
    expect(loadOf(specOf('dqn', { memory: 1_000_000 }))).toBeGreaterThan(0.5)
  })
})

describe('the share of a group', () => {
  it('is the same for every free worker', () => {
    expect(shareOf(30, true, { free: 2, busy: 0 })).toBe(15)
    expect(shareOf(30, false, { free: 2, busy: 0 })).toBe(15)
    expect(shareOf(15, false, { free: 1, busy: 0 })).toBe(15)
    expect(shareOf(7, false, { free: 4, busy: 0 })).toBe(2)
  })

  it('is all of them where one worker is free and others will have other work', () => {
    expect(shareOf(30, true, { free: 1, busy: 1 })).toBe(30)
  })

  it('leaves some for a busy worker where nothing else waits for it, but never a handful', () => {
    expect(shareOf(30, false, { free: 1, busy: 1 })).toBe(15)
    expect(shareOf(15, false, { free: 1, busy: 1 })).toBe(8)
    expect(shareOf(9, false, { free: 1, busy: 1 })).toBe(8)
    expect(shareOf(7, false, { free: 1, busy: 1 })).toBe(7)
  })
})
