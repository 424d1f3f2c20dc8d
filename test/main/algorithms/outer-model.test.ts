import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { RunSpec } from '@shared/run/spec'
import { defaultsOf, type ParameterValues } from '@shared/algorithms/parameters'
import { fomaml } from '../../../src/main/algorithms/fomaml'
import { dmro } from '../../../src/main/algorithms/dmro'
import { meta } from '../../../src/main/algorithms/meta'
import { reptile, towards } from '../../../src/main/algorithms/reptile'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { EnvironmentReplay } from '../../../src/main/learn/environment-replay'
import { Evaluator } from '../../../src/main/learn/evaluation'
import type { LearnedAlgorithm, Learner } from '../../../src/main/learn/learner'
import { PolicyMisfitError } from '../../../src/main/learn/policy'
import { compileProblem, problemOptionsOf } from '../../../src/main/learn/problem'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, smallParameters } from '../learn/worlds'
import { fingerprint, learnUntil } from './trial'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const environments: RunSpec['environments'] = {
  name: 'around',
  topologies: [],
  family: { around: ONE_EDGE_ONE_CLOUD, members: 12, seed: 3, bandwidth: 0.4, serverSpeed: 0.4, deviceSpeed: 0.2, energy: 0 }
}
const spec = { scenario: scenario(ONE_EDGE_ONE_CLOUD, GENERATED), heldOut: 30, split: 0 }
const problemOf = (set = environments) => compileProblem({ ...spec, environments: set }, problemOptionsOf({}))

function gapOf(learner: Learner): number {
  const problem = problemOf(undefined)
  return new Evaluator(problem).evaluate(learner.decide([problem.heldOut])[0].placements, 0).gapMean
}

const RULES: { algorithm: LearnedAlgorithm; changes: ParameterValues }[] = [
  { algorithm: meta, changes: { learnSteps: 400 } },
  { algorithm: reptile, changes: { learnSteps: 1000, innerSteps: 10, innerRate: 0.05, outerStep: 0.7 } },
  { algorithm: fomaml, changes: { learnSteps: 800, innerSteps: 4, learningRate: 0.01 } }
]

describe.each(RULES)('$algorithm.card.id', ({ algorithm, changes }) => {
  const parameters = () => smallParameters(algorithm.card, { units: 3, hidden: 24, batch: 32, round: 2, ...changes })
  const start = (checkpoint?: Uint8Array) =>
    algorithm.start(backend, [{ problem: problemOf(), seed: 4, parameters: parameters(), checkpoint }])

  it('learns weights that place well in an environment before any step is learned there', () => {
    const learner = start()
    const before = gapOf(learner)
    while (learner.steps < learner.totalSteps) learner.learn()
    expect(gapOf(learner)).toBeLessThan(0.5 * before)
    const policy = learner.policy(0)
    learner.dispose()
    const inner = smallParameters(dmro.card, { units: 3, hidden: 24, reward: 'cost' })
    const from = (initialPolicy?: Uint8Array) => {
      const started = dmro.start(backend, [{ problem: problemOf(undefined), seed: 9, parameters: inner, initialPolicy }])
      const gap = gapOf(started)
      started.dispose()
      return gap
    }
    expect(from(policy)).toBeLessThan(0.5 * from())
  })

  it('continues from a checkpoint over several environments to the same bits, in mid-loop too', () => {
    const whole = start()
    const [curve] = learnUntil(whole, 33)
    const first = start()
    const halves = learnUntil(first, 17)[0]
    const second = start(Uint8Array.from(first.checkpoint(0)))
    halves.push(...learnUntil(second, 33)[0])
    expect(fingerprint(halves, second)).toBe(fingerprint(curve, whole))
    for (const learner of [whole, first, second]) learner.dispose()
  })
})

describe('the two random choices of Algorithm 2', () => {
  /** [learn steps·units] the environments that units placed workflows in, and those that their batches came from. */
  function chosen(changes: ParameterValues): { placed: number[]; learned: number[]; known: boolean } {
    const parameters = smallParameters(meta.card, { units: 3, hidden: 8, round: 1, ...changes })
    const add = vi.spyOn(EnvironmentReplay.prototype, 'add')
    const sample = vi.spyOn(EnvironmentReplay.prototype, 'sample')
    const learner = meta.start(backend, [{ problem: problemOf(), seed: 4, parameters }])
    for (let step = 0; step < 30; step++) learner.learn()
    learner.dispose()
    const [placed, learned] = [add, sample].map(({ mock }) => mock.calls.map(([world]) => world))
    vi.restoreAllMocks()
    const met = new Set<number>()
    // Units choose one after the other, then learn.
    const known = learned.every((world, at) => {
      if (at % 3 === 0) for (const each of placed.slice(at, at + 3)) met.add(each)
      return met.has(world)
    })
    return { placed, learned, known }
  }

  it('are two as the text has it: a unit learns in any environment that has workflows', () => {
    const { placed, learned, known } = chosen({})
    expect(known).toBe(true)
    expect(learned.filter((world, at) => world !== placed[at]).length).toBeGreaterThan(placed.length / 2)
  })

  it('are one where that is asked for: a unit learns where it has just placed workflows', () => {
    const { placed, learned } = chosen({ drawn: 'once' })
    expect(learned).toEqual(placed)
  })
})

describe('Reptile’s outer step', () => {
  it('goes a share of the way', () => {
    expect(towards([Float32Array.of(0, 2)], [Float32Array.of(4, 0)], 0.25)).toEqual([Float32Array.of(1, 1.5)])
  })
})

describe('a policy to start from', () => {
  it('is refused by networks of another shape, naming both', () => {
    const parameters = smallParameters(meta.card, { units: 2, hidden: 24 })
    const learner = meta.start(backend, [{ problem: problemOf(), seed: 1, parameters }])
    const initialPolicy = learner.policy(0)
    learner.dispose()
    const other = { ...defaultsOf(dmro.card.parameters), hidden: 32 }
    const begin = () => dmro.start(backend, [{ problem: problemOf(undefined), seed: 1, parameters: other, initialPolicy }])
    expect(begin).toThrow(PolicyMisfitError)
    expect(begin).toThrow(/→ 24 → 24 →.*→ 32 → 32 →/)
  })
})
