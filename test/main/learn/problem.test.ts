import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../src/main/learn/problem'
import { tableCost } from '../../../src/shared/model/cost'
import { viterbi } from '../../../src/shared/model/optimum'
import { randomStream } from '../../../src/shared/model/random'
import { chainWorkflow, CUT_OFF_EDGE, GENERATED, link, node, ONE_EDGE_ONE_CLOUD, problemOf, SMALL_GENERATOR, TRAPS } from './worlds'

const sizes = (problem: Problem) => problem.heldOut.map(({ chain }) => [...chain.megacycles, ...chain.megabytes])
const explicit = (count: number) => ({
  name: 'own',
  workflows: Array.from({ length: count }, (_, x) => chainWorkflow(`w${x}`, 'phone', [1000 * (x + 1), 500], [8, 4, 2]))
})

describe('what is held out', () => {
  it('of a generator is drawn again, the same for every run of the scenario', () => {
    const problem = problemOf(undefined, GENERATED, { heldOut: 30 })
    expect(problem.heldOut).toHaveLength(30)
    expect(problem.inSample).toBe(false)
    expect(sizes(problemOf(undefined, GENERATED, { heldOut: 30, training: 'fixed', jitter: 1 }))).toEqual(sizes(problem))
    expect(sizes(problemOf(undefined, { ...GENERATED, seed: 8 }, { heldOut: 30 }))).not.toEqual(sizes(problem))
    const own = new Set(problem.compiled.chains.map((chain) => chain.megabytes[0]))
    expect(problem.heldOut.some(({ chain }) => own.has(chain.megabytes[0]))).toBe(false)
  })

  it('of own workflows is in sample where no split is asked for', () => {
    const problem = problemOf(undefined, explicit(5))
    expect(problem.inSample).toBe(true)
    expect(problem.heldOut).toHaveLength(5)
  })

  it.each([
    [10, 0.3, 3],
    [10, 0.01, 1],
    [10, 1, 9],
    [2, 0.5, 1]
  ])('of %i own workflows split at %f is %i, and none of them is trained on', (count, split, kept) => {
    const problem = problemOf(undefined, explicit(count), { split })
    expect(problem.inSample).toBe(false)
    expect(problem.heldOut).toHaveLength(kept)
    const random = randomStream(1, 'environment')
    const trained = new Set(Array.from({ length: 200 }, () => problem.draw(random).chain.id))
    expect(trained.size).toBe(count - kept)
    for (const { chain } of problem.heldOut) expect(trained.has(chain.id)).toBe(false)
  })

  it('of a single own workflow is that one, in sample, whatever split is asked for', () => {
    expect(problemOf(undefined, explicit(1), { split: 0.5 })).toMatchObject({ inSample: true, heldOut: { length: 1 } })
  })
})

describe('training workflows', () => {
  const draw = (problem: Problem, count: number) => {
    const random = randomStream(3, 'environment')
    return Array.from({ length: count }, () => problem.draw(random))
  }

  it('are fresh from a generator, within its ranges', () => {
    const drawn = draw(problemOf(), 50)
    expect(new Set(drawn.map(({ chain }) => chain.megacycles[0])).size).toBe(50)
    for (const { features } of drawn) expect(Math.max(...features.subarray(1))).toBeLessThanOrEqual(1)
  })

  it('are the workload’s own where training is fixed', () => {
    const problem = problemOf(undefined, GENERATED, { training: 'fixed' })
    const ids = new Set(draw(problem, 200).map(({ chain }) => chain.id))
    expect([...ids].sort()).toEqual(problem.compiled.chains.map((chain) => chain.id).sort())
  })

  it('vary by no more than the jitter', () => {
    const problem = problemOf(undefined, explicit(1), { jitter: 0.5 })
    const ratios = draw(problem, 200).map(({ chain }) => chain.megacycles[0] / 1000)
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(Math.exp(-0.5))
    expect(Math.max(...ratios)).toBeLessThanOrEqual(Math.exp(0.5))
    expect(Math.max(...ratios)).toBeGreaterThan(1.4)
    expect(Math.min(...ratios)).toBeLessThan(0.7)
  })

  it('leave flows that do not exist alone', () => {
    const workflow = { ...chainWorkflow('w', 'phone', [10, 20], [1, 1, 1]), flows: [{ from: 't1', to: 't2', megabytes: 3 }] }
    const [{ chain, costs }] = draw(problemOf(undefined, { name: 'no ends', workflows: [workflow] }, { jitter: 1 }), 1)
    expect([Number.isNaN(chain.megabytes[0]), Number.isNaN(chain.megabytes[2])]).toEqual([true, true])
    expect(costs.every(Number.isFinite)).toBe(true)
  })
})

describe('the scales of a workload', () => {
  it('are its greatest task and its greatest flow but the first', () => {
    expect(problemOf(undefined, TRAPS).shape).toMatchObject({
      places: 3,
      tasks: 3,
      deviceKinds: 1,
      megacyclesScale: 40_000,
      megabytesScale: 10
    })
    expect(problemOf().shape).toMatchObject({ tasks: 3, megacyclesScale: 50_000, megabytesScale: 5 })
  })

  it('let no first flow stand out by more than twice', () => {
    const heavy = { name: 'heavy input', workflows: [chainWorkflow('w', 'phone', [10, 10], [600, 0.01, 0.02])] }
    expect(problemOf(undefined, heavy).shape.megabytesScale).toBe(300)
    const alone = {
      name: 'no output',
      workflows: [{ ...chainWorkflow('w', 'phone', [10], [1, 1]), flows: [{ from: '@input', to: 't1', megabytes: 80 }] }]
    }
    expect(problemOf(undefined, alone).shape.megabytesScale).toBe(40)
    const generator = { ...SMALL_GENERATOR, firstMegabytes: [500, 1000], laterMegabytes: [0, 0.1] } as const
    expect(problemOf(undefined, { ...GENERATED, generator }).shape.megabytesScale).toBe(500)
  })

  it('are one where everything is zero', () => {
    const nothing = { name: 'nothing', workflows: [chainWorkflow('w', 'phone', [0], [0, 0])] }
    expect(problemOf(undefined, nothing)).toMatchObject({ shape: { megacyclesScale: 1, megabytesScale: 1 }, costScale: 1 })
  })

  it('divide costs by what a task costs on its own device: (1 + δ) / N', () => {
    expect(problemOf().costScale).toBeCloseTo(1.2 / 3, 12)
  })
})

describe('kinds of device', () => {
  it('are one where the coefficients are equal, whatever the names', () => {
    const twins = {
      ...ONE_EDGE_ONE_CLOUD,
      nodes: [...ONE_EDGE_ONE_CLOUD.nodes, node('twin', 'device', 4000)],
      links: [...ONE_EDGE_ONE_CLOUD.links, link('twin', 'edge', 1), link('twin', 'cloud', 0.5)]
    }
    expect(problemOf(twins).shape.deviceKinds).toBe(1)
  })

  it('follow the topology, not the order in which workflows name the devices', () => {
    const workflows = [chainWorkflow('a', 'phone', [10], [1, 1]), chainWorkflow('b', 'watch', [10], [1, 1])]
    const one = problemOf(CUT_OFF_EDGE, { name: 'one way', workflows })
    const other = problemOf(CUT_OFF_EDGE, { name: 'the other way', workflows: [...workflows].reverse() })
    const contexts = (problem: Problem) => problem.heldOut.map(({ chain, context }) => [chain.device, [...context]])
    const [phone, watch] = [
      ['phone', [1, 0]],
      ['watch', [0, 1]]
    ]
    expect(contexts(one)).toEqual([phone, watch])
    expect(contexts(other)).toEqual([watch, phone])
  })
})

describe('an optimum', () => {
  it('never uses a place its device has no route to, however cheap the way on from another', () => {
    const beyond = {
      name: 'a cloud beyond an edge that relays nothing',
      nodes: [node('phone', 'device', 4000), { ...node('edge', 'edge', 12_000), relays: false }, node('cloud', 'cloud', 1e6, 0)],
      links: [link('phone', 'edge', 50), link('edge', 'cloud', 1000)]
    }
    const workflow = chainWorkflow('w', 'phone', [9000, 90_000, 9000], [1, 1, 1, 1])
    const [{ costs }] = problemOf(beyond, { name: 'one', workflows: [workflow] }).heldOut
    expect([...viterbi(costs, 3).placement]).toEqual([1, 1, 1])
    expect(tableCost(costs, 3, [1, 2, 1])).toBe(Infinity)
  })
})
