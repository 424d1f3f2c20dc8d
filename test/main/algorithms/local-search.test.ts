import { describe, expect, it } from 'vitest'
import { greedy } from '../../../src/main/algorithms/greedy'
import { localSearch } from '../../../src/main/algorithms/local-search'
import { BestSoFar, type PlacingProgress, placingTask } from '../../../src/main/learn/placing'
import type { Problem } from '../../../src/main/learn/problem'
import { tableCost } from '../../../src/shared/model/cost'
import { bruteForce } from '../../shared/model/brute-force'
import { chainWorkflow, CUT_OFF_EDGE, GENERATED, node, ONE_EDGE_ONE_CLOUD, problemOf, SMALL_GENERATOR, TRAPS } from '../learn/worlds'
import { placed } from './placed'

const costOf = ({ heldOut, shape }: Problem, placements: readonly Uint8Array[]) =>
  heldOut.map(({ costs }, x) => tableCost(costs, shape.places, placements[x]))

/** Eight tasks, the first input large enough that greedy stays on the device too long. */
const LONGER = { ...GENERATED, generator: { ...SMALL_GENERATOR, tasks: 8, firstMegabytes: [10, 20], laterMegabytes: [2, 10] } } as const
const worlds: [string, Problem][] = [
  ['eight tasks', problemOf(ONE_EDGE_ONE_CLOUD, LONGER)],
  ['a place nobody reaches', problemOf(CUT_OFF_EDGE, GENERATED)],
  ['workflows of several lengths', problemOf(ONE_EDGE_ONE_CLOUD, TRAPS)],
  ['the device alone', problemOf({ name: 'a phone alone', nodes: [node('phone', 'device', 4000)], links: [] }, GENERATED)],
  ['a single task', problemOf(ONE_EDGE_ONE_CLOUD, { name: 'one', workflows: [chainWorkflow('w', 'phone', [9000], [10, 2])] })]
]

describe.each(worlds)('local search with %s', (_, problem) => {
  const { heldOut, shape } = problem
  const found = placed(localSearch, problem, { evaluations: 1000 })
  const costs = costOf(problem, found)

  it('ends where no move of one task lowers Q', () => {
    heldOut.forEach((episode, x) => {
      for (let task = 0; task < episode.tasks; task++) {
        for (let place = 0; place < shape.places; place++) {
          const moved = Uint8Array.from(found[x])
          moved[task] = place
          expect(tableCost(episode.costs, shape.places, moved)).toBeGreaterThanOrEqual(costs[x] * (1 - 1e-9))
        }
      }
    })
  })

  it('is nowhere worse than greedy, nor better than everything there is', () => {
    const started = costOf(problem, placed(greedy, problem))
    costs.forEach((cost, x) => {
      expect(cost).toBeLessThanOrEqual(started[x] + 1e-12)
      if (heldOut[x].tasks < 6) expect(cost).toBeGreaterThanOrEqual(bruteForce(heldOut[x].costs, shape.places).cost - 1e-12)
    })
  })
})

describe('the budget', () => {
  const [, problem] = worlds[0]
  /** The evaluations at every yield, and what all workflows together cost there. */
  function yielded(evaluations: number): Map<number, number> {
    const task = placingTask(problem, { parameters: { evaluations }, seed: 1 })
    const best = new BestSoFar(task)
    const curve = new Map<number, number>()
    for (const progress of localSearch.place(task).progress as Iterable<PlacingProgress>) {
      best.take(progress)
      if (best.complete)
        curve.set(
          progress.evaluations ?? 0,
          costOf(problem, best.complete).reduce((sum, cost) => sum + cost)
        )
    }
    return curve
  }

  it('is never exceeded: one evaluation is greedy', () => {
    expect(placed(localSearch, problem, { evaluations: 1 })).toEqual(placed(greedy, problem))
    for (const budget of [1, 7, 30]) expect(Math.max(...yielded(budget).keys())).toBe(budget)
  })

  it('of so many evaluations comes to what a larger one had found after as many', () => {
    const curve = yielded(200)
    for (const budget of [1, 4, 10, 16]) expect(yielded(budget).get(budget)).toBe(curve.get(budget))
    expect(curve.get(16)).toBeLessThan(curve.get(1) ?? 0)
  })

  it('is left where nothing more can be found', () => {
    const last = Math.max(...yielded(100_000).keys())
    expect(last).toBeLessThan(2000)
    expect(placed(localSearch, problem, { evaluations: last })).toEqual(placed(localSearch, problem, { evaluations: 100_000 }))
  })
})

describe('the order of moves', () => {
  const [, problem] = worlds[0]

  it('repeats with the same seed and differs with another', () => {
    expect(placed(localSearch, problem, { evaluations: 12 }, 4)).toEqual(placed(localSearch, problem, { evaluations: 12 }, 4))
    expect(placed(localSearch, problem, { evaluations: 12 }, 5)).not.toEqual(placed(localSearch, problem, { evaluations: 12 }, 4))
  })
})
