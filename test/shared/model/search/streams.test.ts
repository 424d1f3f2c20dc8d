import type { SharedExecutor } from '@shared/model/batch/shared'
import { randomStream } from '@shared/model/random'
import { Annealing } from '@shared/model/search/annealing'
import { Stream } from '@shared/model/search/causal'
import { CausalSearch } from '@shared/model/search/causal-search'
import { generation, recombined } from '@shared/model/search/evolution'
import { Incremental } from '@shared/model/search/incremental'
import { LocalSearch } from '@shared/model/search/local-search'
import type { Outlook } from '@shared/model/search/outlook'
import { outlookOf } from '@shared/model/search/outlook-of'
import { pilotPlan } from '@shared/model/search/pilot'
import { QUICK, referenceOf } from '@shared/model/search/reference'
import { planBy } from '@shared/model/search/rules'
import { type Search, searched } from '@shared/model/search/search'
import { TOLL_KINDS, tollKinds, tollOf } from '@shared/model/search/toll'
import { placeByToll } from '@shared/model/search/toll-plan'
import { isStream } from '@shared/model/streams'
import { describe, expect, it } from 'vitest'
import { cloud, device, edge, episodeOf, link, scenarioOf, workflow } from '../batch/worlds'
import { generatedExecutors } from './worlds'

const streamsOf = (count: number) =>
  generatedExecutors(count, 6, { together: 5, gapSeconds: 12 }).map((executor) => new Stream(executor as SharedExecutor))

const TOLLS = Float64Array.from(TOLL_KINDS, (_, kind) => 0.3 + 0.1 * kind)

/** Annealing and local search as their algorithms begin them. */
const searches: Record<string, (seed: number) => (outlook: Outlook) => Search> = {
  annealing: (seed) => {
    const random = randomStream(seed, 'action')
    return (outlook) => new Annealing(outlook, { start: planBy(outlook, 'finish'), evaluations: 60, random })
  },
  'local search': () => (outlook) => new LocalSearch(outlook, planBy(outlook, 'finish'))
}

const causalSearch = (stream: Stream, begin: (outlook: Outlook) => Search) =>
  new CausalSearch(stream, outlookOf(stream.executor), begin, 60)

describe('a stream', () => {
  /** The first `known` workflows of each of two worlds are the same; what comes after is not. */
  const pairs = [1, 2, 3, 4].map((known) => {
    const chain = (x: number, work: number) =>
      workflow(`w${x}`, { a: work, b: work / 2, c: work }, ['@input a 4', 'a b 3', 'a c 6', 'b @output 1', 'c @output 2'], {
        releaseSeconds: 7 * x
      })
    const worldOf = (later: number) => {
      const workflows = Array.from({ length: 5 }, (_, x) => chain(x, x < known ? 30 + x : later + 10 * x))
      const nodes = [device('d'), edge('e', { computeMHz: 3 }), cloud('c', { computeMHz: 6 })]
      return episodeOf(scenarioOf(nodes, [link('d', 'e'), link('e', 'c')], workflows)).executor as SharedExecutor
    }
    return { decisions: 3 * known, streams: [worldOf(5), worldOf(400)].map((executor) => new Stream(executor)) }
  })

  it.each<[string, (stream: Stream) => Uint8Array]>([
    ['the pilot', (stream) => stream.place(({ outlook }) => pilotPlan(outlook).placement)],
    ['annealing', (stream) => searched(causalSearch(stream, searches.annealing(4))).placement],
    ['local search', (stream) => searched(causalSearch(stream, searches['local search'](4))).placement],
    ['tolls', (stream) => placeByToll(stream, TOLLS, 80, 5)]
  ])('is placed by %s without knowing what is released later', (_, place) => {
    for (const { decisions, streams } of pairs) {
      const [one, other] = streams.map((stream) => place(stream).subarray(0, decisions))
      expect(other).toEqual(one)
    }
  })

  it('is one where workflows that share machines are released at several moments', () => {
    const { workload, ...rest } = scenarioOf([device('d')], [], [workflow('v', { a: 1 }, []), workflow('w', { a: 1 }, [])])
    const at = (releaseSeconds: number) => ({
      ...rest,
      workload: { name: 'w', workflows: [workflow('v', { a: 1 }, []), workflow('w', { a: 1 }, [], { releaseSeconds })] }
    })
    expect(isStream({ ...rest, workload })).toBe(false)
    expect(isStream(at(0))).toBe(false)
    expect(isStream(at(1))).toBe(true)
    expect(isStream({ ...at(1), execution: 'independent' })).toBe(false)
    expect(Stream.of(episodeOf(at(0)).executor)).toBeUndefined()
    expect(Stream.of(episodeOf(at(1)).executor)?.releases.map(({ seconds }) => seconds)).toEqual([0, 1])
  })
})

describe('a search that goes release by release', () => {
  it.each(Object.keys(searches))('comes to the same however it is interrupted, and to what each release alone comes to: %s', (name) => {
    for (const stream of streamsOf(3)) {
      const whole = searched(causalSearch(stream, searches[name](1)))
      const begin = searches[name](1)
      const parts = stream.place(({ outlook }) => {
        const search = begin(outlook)
        while (!search.isDone && search.evaluations < 60) search.advance(60 - search.evaluations)
        return search.best.placement
      })
      expect(whole.placement).toEqual(parts)
      expect(whole.cost).toBe(stream.executor.run(parts))
      const stepwise = causalSearch(stream, searches[name](1))
      let before = stepwise.evaluations
      while (!stepwise.isDone) {
        stepwise.advance(7)
        expect(stepwise.best.cost).toBe(stream.executor.run(stepwise.best.placement))
        expect(stepwise.evaluations).toBeGreaterThanOrEqual(before)
        before = stepwise.evaluations
      }
      expect(stepwise.best).toEqual(whole)
    }
  })

  it('counts its evaluations a release', () => {
    const [stream] = streamsOf(1)
    const search = causalSearch(stream, searches.annealing(1))
    expect(searched(search)).toBe(search.best)
    expect(search.evaluations).toBe(60)
  })
})

describe('a toll', () => {
  it('charges each clock for its seconds beyond now, by kind, a core for its share of the node', () => {
    const nodes = [device('d'), edge('e', { cores: 2 }), cloud('c')]
    const { executor } = episodeOf(scenarioOf(nodes, [link('d', 'e'), link('e', 'c')], [workflow('w', { a: 1 }, [])]))
    const shared = executor as SharedExecutor
    const names = [...tollKinds(shared)].map((kind) => TOLL_KINDS[kind])
    expect(names).toEqual(['device', 'edge', 'edge', 'cloud', 'device–edge', 'edge–device', 'edge–cloud', 'cloud–edge'])
    const state = new Float64Array(shared.layout.size)
    state.set([12, 11, 14, 5, 10, 13, 10.5, 20], shared.layout.clocks)
    const coefficients = Float64Array.from(TOLL_KINDS, (_, kind) => 10 ** kind)
    const of = (kind: string) => coefficients[TOLL_KINDS.indexOf(kind)]
    const expected =
      2 * of('device') + (1 / 2 + 4 / 2) * of('edge') + 3 * of('edge–device') + 0.5 * of('edge–cloud') + 10 * of('cloud–edge')
    expect(tollOf(shared, coefficients, 10)(state, 0)).toBeCloseTo(expected, 3)
    expect(tollOf(shared, coefficients, 100)(state, 0)).toBe(0)
  })

  it('is added to the cost of a whole placement, and of 0 changes nothing', () => {
    for (const { executor } of streamsOf(3)) {
      const outlook = outlookOf(executor)
      const toll = tollOf(executor, TOLLS, 0)
      const { placement, cost } = planBy(outlook, 'tail')
      const state = new Float64Array(executor.layout.size)
      executor.begin(state)
      for (const place of placement) executor.step(state, 0, place)
      expect(new Incremental(outlook, toll).set(placement)).toBeCloseTo(cost + toll(state, 0), 9)
      const options = { start: { placement, cost }, evaluations: 300 }
      const anneal = (more: object) => searched(new Annealing(outlook, { ...options, random: randomStream(2, 'action'), ...more }))
      expect(anneal({ toll: tollOf(executor, new Float64Array(TOLL_KINDS.length), 0) })).toEqual(anneal({}))
      expect(anneal({ toll }).cost).toBeGreaterThan(anneal({}).cost)
    }
  })

  it('that is higher leaves the machines less busy, at a cost of its own', () => {
    const leftBy = (weight: number) => {
      const coefficients = new Float64Array(TOLL_KINDS.length).fill(weight)
      return streamsOf(6).reduce(
        (sums, { executor, releases: [{ executor: part, to }] }) => {
          const placement = placeByToll(new Stream(part), coefficients, 2000, 1)
          const state = new Float64Array(part.layout.size)
          part.begin(state)
          for (let i = 0; i < to; i++) sums.cost += part.step(state, 0, placement[i])
          sums.left += tollOf(executor, new Float64Array(TOLL_KINDS.length).fill(1), 0)(state, part.layout.clocks - executor.layout.clocks)
          return sums
        },
        { left: 0, cost: 0 }
      )
    }
    const [own, charged] = [leftBy(0), leftBy(3)]
    expect(charged.left).toBeLessThan(own.left)
    expect(charged.cost).toBeGreaterThan(own.cost)
  })
})

describe('evolution strategies', () => {
  it('find the least of a bowl, and leave what may not move', () => {
    const random = randomStream(1, 'action')
    const least = [1, -2, 0.5, 3]
    const costOf = (point: Float64Array) => point.slice(0, 3).reduce((sum, at, c) => sum + (at - least[c]) ** 2, 0)
    let mean: Float64Array = new Float64Array(4)
    for (let g = 0; g < 60; g++) {
      const candidates = generation(mean, 0.9 ** g, 16, random, costOf, (c) => c < 3)
      expect(candidates).toHaveLength(16)
      candidates.forEach(({ point }, i) => {
        if (i % 2 === 1) point.forEach((at, c) => expect((at + candidates[i - 1].point[c]) / 2).toBeCloseTo(mean[c], 9))
      })
      mean = recombined(candidates)
    }
    expect(costOf(mean)).toBeLessThan(1e-3)
    expect(mean[3]).toBe(0)
  })
})

describe('the reference of a stream', () => {
  it('knows it to its end: it is below what is placed release by release, and the same each time', () => {
    for (const { executor, releases } of streamsOf(3)) {
      const { upper, lower, placement, how } = referenceOf(executor, { ...QUICK, states: 0 })
      expect(how).toMatch(/^tolls fitted to the whole stream and annealing/)
      expect(executor.run(placement ?? [])).toBe(upper)
      expect(lower).toBeLessThan(upper)
      expect(upper).toBeLessThan(executor.run(new Stream(executor).place(({ outlook }) => pilotPlan(outlook).placement)))
      expect(referenceOf(executor, { ...QUICK, states: 0 }).placement).toEqual(placement)
      expect(releases).toHaveLength(5)
    }
  })
})
