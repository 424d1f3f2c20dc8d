import { beforeAll, describe, expect, it } from 'vitest'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { bestOfUnits, planAll, rollOut } from '../../../src/main/learn/decision'
import { Ensemble } from '../../../src/main/learn/ensemble'
import type { Episode } from '../../../src/main/learn/episode'
import type { NetworkShape } from '../../../src/main/learn/network'
import { parameterCount } from '../../../src/main/learn/network'
import type { Problem } from '../../../src/main/learn/problem'
import { restLength, stateLength } from '../../../src/main/learn/state'
import { tableCost } from '../../../src/shared/model/cost'
import { planAhead } from '../../../src/shared/model/optimum'
import { randomStream } from '../../../src/shared/model/random'
import { CUT_OFF_EDGE, chainWorkflow, GENERATED, problemOf } from './worlds'

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const SEVERAL = {
  name: 'several lengths and devices',
  workflows: [
    chainWorkflow('a', 'watch', [9000, 20_000, 4000], [4, 2, 9, 1]),
    chainWorkflow('b', 'phone', [30_000], [4, 2]),
    chainWorkflow('c', 'watch', [100, 200], [9, 9, 9]),
    chainWorkflow('d', 'phone', [50_000, 1000, 60_000], [1, 30, 3, 2])
  ]
}

/** One network's values of one input, layer by layer in plain numbers; `weights` are the unit's own, in storage order. */
function valuesByHand(shape: NetworkShape, weights: Float32Array, input: ArrayLike<number>): number[] {
  let at = 0
  let layer = Array.from(input)
  for (const [width, last] of [
    [shape.hidden, false],
    [shape.hidden, false],
    [shape.outputs, true]
  ] as const) {
    const next = Array.from({ length: width }, (_, column) =>
      layer.reduce((sum, value, row) => sum + value * weights[at + row * width + column], weights[at + layer.length * width + column])
    )
    at += (layer.length + 1) * width
    layer = last ? next : next.map((value) => Math.max(0, value))
  }
  return layer
}

/** The remaining workflow at task `i` with the device kind, as eq. (13) has it, in plain numbers. */
function restByHand({ shape }: Problem, { features, chain }: Episode, i: number): number[] {
  const owners = ['phone', 'watch']
  const kinds = shape.deviceKinds > 1 ? owners.map((device) => Number(device === chain.device)) : []
  return [...features.subarray(2 * i), ...new Array(2 * i).fill(0), ...kinds]
}

/** The place of the greatest value among those that cost less than infinity. */
function greatest(values: readonly number[], costs: Float64Array, at: number): number {
  let best = -1
  values.forEach((value, place) => {
    if (costs[at + place] < Infinity && (best < 0 || value > values[best])) best = place
  })
  return best
}

function ensembleOf(shape: NetworkShape, units: number, seed: number): Ensemble {
  // Weights three times as large as at the start, so that units and places differ.
  const { online, ...rest } = Ensemble.freshSnapshot(shape, units, randomStream(seed, 'init'))
  return new Ensemble(backend, shape, units, { ...rest, online: online.map((weights) => weights.map((weight) => 3 * weight)) })
}

const worlds = [
  { world: 'one device', problems: () => [problemOf()] },
  { world: 'two kinds of device, several lengths, a place out of reach', problems: () => [problemOf(CUT_OFF_EDGE, SEVERAL)] },
  { world: 'two members', problems: () => [problemOf(), problemOf(undefined, { ...GENERATED, seed: 9 })] }
]
const UNITS = 3

describe.each(worlds)('with $world', ({ problems: make }) => {
  const decide = (how: 'roll' | 'plan', horizon = 1) => {
    const problems = make()
    const { shape } = problems[0]
    const network: NetworkShape = {
      inputs: how === 'roll' ? stateLength(shape) : restLength(shape),
      hidden: 6,
      outputs: shape.places,
      head: 'plain'
    }
    const ensemble = ensembleOf(network, UNITS * problems.length, 5)
    const episodes = problems.map((problem) => problem.heldOut)
    const unitPlacements = how === 'roll' ? rollOut(ensemble, shape, episodes) : planAll(ensemble, shape, episodes, horizon)
    const { online } = ensemble.snapshot()
    ensemble.dispose()
    return { problems, network, online, unitPlacements }
  }

  it('every unit places each task where its own Q-value is greatest', () => {
    const { problems, network, online, unitPlacements } = decide('roll')
    const K = network.outputs
    const seen = new Set<number>()
    unitPlacements.forEach((placements, unit) => {
      const problem = problems[Math.floor(unit / UNITS)]
      problem.heldOut.forEach((episode, x) => {
        let previous = 0
        const expected = Array.from({ length: episode.tasks }, (_, i) => {
          const state = [...Array.from({ length: K }, (_place, place) => Number(place === previous)), ...restByHand(problem, episode, i)]
          previous = greatest(valuesByHand(network, online[unit], state), episode.costs, (i * K + previous) * K)
          seen.add(previous)
          return previous
        })
        expect([...placements[x]]).toEqual(expected)
      })
    })
    expect(seen.size).toBeGreaterThan(1)
  })

  it.each([1, 2, 3])('every unit with values of what comes after places each task where the best way of %i tasks begins', (horizon) => {
    const { problems, network, online, unitPlacements } = decide('plan', horizon)
    const K = network.outputs
    unitPlacements.forEach((placements, unit) => {
      const problem = problems[Math.floor(unit / UNITS)]
      problem.heldOut.forEach((episode, x) => {
        const known = Array.from({ length: episode.tasks }, (_, i) =>
          i === 0 ? [] : valuesByHand(network, online[unit], restByHand(problem, episode, i))
        )
        /** Of every way over the next `left` tasks from i on, the greatest −F + V where it ends. */
        const best = (i: number, previous: number, left: number): number => {
          if (i === episode.tasks) return 0
          if (left === 0) return known[i][previous]
          return Math.max(...proposals(i, previous, left))
        }
        const proposals = (i: number, previous: number, left: number): number[] =>
          Array.from({ length: K }, (_, place) => {
            const cost = episode.costs[(i * K + previous) * K + place]
            return cost < Infinity ? best(i + 1, place, left - 1) - cost / problem.costScale : -Infinity
          })
        let previous = 0
        const expected = Array.from({ length: episode.tasks }, (_, i) => {
          previous = greatest(proposals(i, previous, horizon), episode.costs, (i * K + previous) * K)
          return previous
        })
        expect([...placements[x]]).toEqual(expected)
      })
    })
  })
})

describe('a unit that knows nothing of what comes after', () => {
  it.each([1, 2, 4, 30])('plans %i tasks ahead as the look-ahead heuristic does', (horizon) => {
    const problem = problemOf(CUT_OFF_EDGE, SEVERAL)
    const network: NetworkShape = { inputs: restLength(problem.shape), hidden: 4, outputs: problem.shape.places, head: 'plain' }
    const zeros = [new Float32Array(parameterCount(network))]
    const ensemble = new Ensemble(backend, network, 1, { steps: 0, online: zeros, target: zeros, first: zeros, second: zeros })
    const [placements] = planAll(ensemble, problem.shape, [problem.heldOut], horizon)
    ensemble.dispose()
    expect(placements).toEqual(problem.heldOut.map(({ costs }) => planAhead(costs, problem.shape.places, horizon)))
  })
})

describe('moves', () => {
  it('lead only over routes, for each kind of device its own', () => {
    const problem = problemOf(CUT_OFF_EDGE, SEVERAL)
    // Places: own device, edge, island, cloud.
    const rows = [...[1, 1, 0, 1], ...[1, 1, 0, 1], ...[0, 0, 0, 0], ...[1, 1, 0, 1]]
    for (const { moves } of problem.heldOut) expect([...moves]).toEqual(rows)
  })
})

describe('the best of the units', () => {
  const problem = problemOf()
  const { places } = problem.shape
  const random = randomStream(1, 'action')
  const unitPlacements = Array.from({ length: 6 }, () =>
    problem.heldOut.map(({ tasks }) => Uint8Array.from({ length: tasks }, () => random.below(places)))
  )
  const { placements, unitCosts } = bestOfUnits(problem.heldOut, places, unitPlacements)

  it('is never worse than any of them', () => {
    problem.heldOut.forEach(({ costs }, x) => {
      const best = tableCost(costs, places, placements[x])
      expect(best).toBe(Math.min(...unitCosts.map((unit) => unit[x])))
      expect(unitPlacements.map((placements) => placements[x])).toContain(placements[x])
    })
  })

  it('knows what each unit’s own placement costs', () => {
    unitCosts.forEach((costs, unit) => {
      expect([...costs]).toEqual(problem.heldOut.map((episode, x) => tableCost(episode.costs, places, unitPlacements[unit][x])))
    })
  })
})
