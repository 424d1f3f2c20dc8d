import { describe, expect, it } from 'vitest'
import { cloudOnly } from '../../../src/main/algorithms/cloud-only'
import { edgeOnly } from '../../../src/main/algorithms/edge-only'
import { greedy } from '../../../src/main/algorithms/greedy'
import { localOnly } from '../../../src/main/algorithms/local-only'
import { localSearch } from '../../../src/main/algorithms/local-search'
import { lookAhead } from '../../../src/main/algorithms/look-ahead'
import { optimum } from '../../../src/main/algorithms/optimum'
import { random } from '../../../src/main/algorithms/random'
import type { Problem } from '../../../src/main/learn/problem'
import { tableCost } from '../../../src/shared/model/cost'
import { bruteForce } from '../../shared/model/brute-force'
import type { Topology } from '../../../src/shared/model/topology'
import { CUT_OFF_EDGE, chainWorkflow, GENERATED, link, node, ONE_EDGE_ONE_CLOUD, problemOf, SMALL_GENERATOR, TRAPS } from '../learn/worlds'
import { placed } from './placed'

const TWO_EDGES_TWO_CLOUDS: Topology = {
  name: 'two edges, two clouds',
  nodes: [
    node('phone', 'device', 4000),
    node('near', 'edge', 8000),
    node('strong', 'edge', 30_000),
    node('cloud', 'cloud', 40_000),
    node('far', 'cloud', 200_000)
  ],
  links: [
    link('phone', 'near', 20),
    link('phone', 'strong', 2),
    link('near', 'cloud', 10),
    link('strong', 'far', 10),
    link('cloud', 'far', 10)
  ]
}

const costsOf = (problem: Problem, placements: Uint8Array[]) =>
  problem.heldOut.map(({ costs }, x) => tableCost(costs, problem.shape.places, placements[x]))

const worlds: [string, Problem][] = [
  ['one edge and one cloud', problemOf(ONE_EDGE_ONE_CLOUD, { ...GENERATED, generator: { ...SMALL_GENERATOR, tasks: 5 } })],
  ['two edges and two clouds', problemOf(TWO_EDGES_TWO_CLOUDS)],
  ['a place nobody reaches', problemOf(CUT_OFF_EDGE)],
  ['workflows of several lengths', problemOf(ONE_EDGE_ONE_CLOUD, TRAPS)]
]

describe.each(worlds)('with %s', (_, problem) => {
  const best = problem.heldOut.map(({ costs }) => bruteForce(costs, problem.shape.places).cost)

  it('the optimum costs what trying everything finds', () => {
    costsOf(problem, placed(optimum, problem)).forEach((cost, x) => {
      expect(cost).toBeCloseTo(best[x], 12)
    })
  })

  it('look-ahead over one task is greedy, over all tasks the optimum', () => {
    expect(placed(lookAhead, problem, { horizon: 1 })).toEqual(placed(greedy, problem))
    expect(placed(lookAhead, problem, { horizon: problem.shape.tasks })).toEqual(placed(optimum, problem))
    expect(placed(lookAhead, problem, { horizon: 1000 })).toEqual(placed(optimum, problem))
  })

  it('greedy takes the least step cost each time', () => {
    const K = problem.shape.places
    placed(greedy, problem).forEach((placement, x) => {
      let previous = 0
      placement.forEach((chosen, i) => {
        const row = problem.heldOut[x].costs.subarray((i * K + previous) * K, (i * K + previous + 1) * K)
        expect(row[chosen]).toBe(Math.min(...row))
        previous = chosen
      })
    })
  })

  it('no algorithm beats the optimum, and none uses a place without a route', () => {
    for (const algorithm of [greedy, lookAhead, localSearch, random, localOnly, edgeOnly, cloudOnly]) {
      costsOf(problem, placed(algorithm, problem, { horizon: 2, evaluations: 100 })).forEach((cost, x) => {
        expect(cost).toBeGreaterThanOrEqual(best[x] - 1e-12)
        expect(cost).toBeLessThan(Infinity)
      })
    }
  })
})

describe('a workflow that has to be thought through', () => {
  it('is placed better by looking further ahead', () => {
    const problem = problemOf(ONE_EDGE_ONE_CLOUD, TRAPS)
    const cost = (horizon: number) => costsOf(problem, placed(lookAhead, problem, { horizon })).reduce((sum, each) => sum + each, 0)
    expect(cost(3)).toBeLessThan(cost(1) - 0.01)
  })
})

describe('algorithms of one place', () => {
  it('keep every task on the device, one edge or one cloud', () => {
    const problem = problemOf()
    for (const [algorithm, place0] of [
      [localOnly, 0],
      [edgeOnly, 1],
      [cloudOnly, 2]
    ] as const) {
      expect(placed(algorithm, problem).every((placement) => placement.every((at) => at === place0))).toBe(true)
    }
  })

  it('choose among several edges the one that costs each workflow least', () => {
    const workflows = [chainWorkflow('data', 'phone', [100, 100], [40, 1, 40]), chainWorkflow('work', 'phone', [90_000, 90_000], [1, 1, 1])]
    const problem = problemOf(TWO_EDGES_TWO_CLOUDS, { name: 'two kinds of work', workflows })
    expect(placed(edgeOnly, problem).map((placement) => [...placement])).toEqual([
      [1, 1],
      [2, 2]
    ])
    // Over "near" to "cloud" for data, over "strong" to "far" for work.
    expect(placed(cloudOnly, problem).map((placement) => [...placement])).toEqual([
      [3, 3],
      [4, 4]
    ])
  })

  it('never choose an edge without a route', () => {
    // The edge nobody reaches is by far the fastest and costs no energy.
    expect(
      placed(edgeOnly, problemOf(CUT_OFF_EDGE))
        .flatMap((placement) => [...placement])
        .every((at) => at === 1)
    ).toBe(true)
  })

  it('say so where there is none they could use', () => {
    const lonely = { name: 'a phone and an island', nodes: [node('phone', 'device', 4000), node('island', 'edge', 9000)], links: [] }
    const problem = problemOf(lonely)
    expect(() => placed(edgeOnly, problem)).toThrow('device "phone" reaches no edge, so edge-only cannot place its workflows')
    expect(() => placed(cloudOnly, problem)).toThrow('reaches no cloud')
    expect(
      placed(random, problem)
        .flatMap((placement) => [...placement])
        .every((at) => at === 0)
    ).toBe(true)
  })
})

describe('random', () => {
  const problem = problemOf(ONE_EDGE_ONE_CLOUD, GENERATED, { heldOut: 400 })

  it('repeats with the same seed and differs with another', () => {
    expect(placed(random, problem, {}, 4)).toEqual(placed(random, problem, {}, 4))
    expect(placed(random, problem, {}, 5)).not.toEqual(placed(random, problem, {}, 4))
  })

  it('uses every place about as often', () => {
    const counts = [0, 0, 0]
    for (const at of placed(random, problem).flatMap((placement) => [...placement])) counts[at]++
    // 1,200 draws: a share of one in three within five standard deviations.
    for (const count of counts) expect(Math.abs(count - 400)).toBeLessThan(5 * Math.sqrt((1200 * 2) / 9))
  })
})
