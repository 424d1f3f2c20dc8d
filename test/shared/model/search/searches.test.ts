import { randomStream } from '@shared/model/random'
import { Annealing } from '@shared/model/search/annealing'
import { Beam, beamPlan } from '@shared/model/search/beam'
import { exact } from '@shared/model/search/exact'
import { Genetic } from '@shared/model/search/genetic'
import { Incremental } from '@shared/model/search/incremental'
import { LocalSearch, locallyBest } from '@shared/model/search/local-search'
import { Memetic } from '@shared/model/search/memetic'
import type { Outlook } from '@shared/model/search/outlook'
import { outlookOf } from '@shared/model/search/outlook-of'
import { ParticleSwarm } from '@shared/model/search/particle-swarm'
import { Pilot, pilotPlan } from '@shared/model/search/pilot'
import { planBy, RULES } from '@shared/model/search/rules'
import { type Search, searched, searching } from '@shared/model/search/search'
import { EXECUTIONS } from '@shared/model/scenario'
import { describe, expect, it } from 'vitest'
import { enumerated, generatedExecutors, smallExecutors } from './worlds'

const outlooks = [
  ...generatedExecutors(4, 12),
  ...generatedExecutors(3, 5, { together: 3, gapSeconds: 20 }),
  ...EXECUTIONS.flatMap((execution) => smallExecutors(execution, 20).slice(10))
].map(outlookOf)

const anneal = (outlook: Outlook, seed = 1, evaluations = 400) =>
  new Annealing(outlook, { start: planBy(outlook, 'finish'), evaluations, random: randomStream(seed, 'action') })

const POPULATIONS = { genetic: Genetic, memetic: Memetic, 'particle swarm': ParticleSwarm }
const evolve = (kind: keyof typeof POPULATIONS, outlook: Outlook, seed = 1, evaluations = 400) =>
  new POPULATIONS[kind](outlook, { start: planBy(outlook, 'finish'), evaluations, random: randomStream(seed, 'action') })
const KINDS = Object.keys(POPULATIONS) as (keyof typeof POPULATIONS)[]

const SEARCHES: Record<string, (outlook: Outlook) => Search> = {
  annealing: anneal,
  ...Object.fromEntries(KINDS.map((kind) => [kind, (outlook: Outlook) => evolve(kind, outlook)])),
  'local search': (outlook) => new LocalSearch(outlook, planBy(outlook, 0)),
  pilot: (outlook) => new Pilot(outlook),
  beam: (outlook) => new Beam(outlook, { states: 5 })
}

describe('a placement that is changed task by task', () => {
  it('costs what its placement costs, whatever was tried, taken over or rejected before', () => {
    const random = randomStream(3, 'action')
    for (const outlook of outlooks) {
      const { executor } = outlook
      const { decisions, places } = executor.batch
      const changed = new Incremental(outlook)
      changed.set(planBy(outlook, 0).placement)
      for (let n = 0; n < 200; n++) {
        const i = random.below(decisions)
        const place = random.below(places)
        const limit = random.below(2) === 0 ? Infinity : changed.cost * random.between(0.8, 1.2)
        const moved = Uint8Array.from(changed.placement)
        moved[i] = place
        const cost = executor.run(moved)
        const tried = changed.try(i, place, limit)
        if (cost < limit * (1 - 1e-9)) expect(Math.abs(tried - cost)).toBeLessThanOrEqual(1e-9 * cost)
        else if (!(cost < limit * (1 + 1e-9))) expect(tried).toBe(Infinity)
        if (tried < Infinity && random.below(3) > 0) {
          changed.accept()
          expect(changed.placement).toEqual(moved)
          expect(changed.cost).toBe(tried)
        } else changed.reject()
      }
    }
  })

  it('refuses a placement that sends data where no route leads', () => {
    for (const executor of smallExecutors('shared', 100)) {
      const changed = new Incremental(outlookOf(executor))
      const { decisions, places } = executor.batch
      for (let k = 0; k < places; k++) {
        const placement = new Uint8Array(decisions).fill(k)
        if (executor.run(placement) === Infinity) expect(() => changed.set(placement)).toThrow('no route leads')
        else expect(changed.set(placement)).toBeCloseTo(executor.run(placement), 9)
      }
    }
  })
})

describe.each(Object.entries(SEARCHES))('%s', (_, begin) => {
  it('is never worse than what it starts with, tells what its plan costs, and comes to an end', () => {
    for (const outlook of outlooks) {
      const search = begin(outlook)
      const before = search.best.cost
      const plan = searched(search)
      expect(plan.cost).toBeLessThanOrEqual(before)
      expect(Math.abs(outlook.executor.run(plan.placement) - plan.cost)).toBeLessThanOrEqual(1e-9 * plan.cost)
      expect(search.isDone).toBe(true)
    }
  })

  it('comes to the same bits every time, at once or in pieces, with a curve that falls', () => {
    for (const outlook of outlooks.slice(0, 8)) {
      const whole = searched(begin(outlook))
      const parts = begin(outlook)
      const curve = [...searching(parts, 7)]
      expect(parts.best).toEqual(whole)
      curve.forEach((point, n) => {
        if (n === 0) return
        expect(point.cost).toBeLessThanOrEqual(curve[n - 1].cost)
        expect(point.evaluations).toBeGreaterThanOrEqual(curve[n - 1].evaluations)
      })
      expect(curve[curve.length - 1]).toEqual({ evaluations: parts.evaluations, cost: whole.cost })
    }
  })
})

describe('annealing', () => {
  it('tries as many changes as it is told, other ones with another seed', () => {
    const [outlook] = outlooks
    const search = anneal(outlook)
    search.advance(150)
    expect(search.evaluations).toBe(150)
    search.advance(1e9)
    expect(search.evaluations).toBe(400)
    const costs = Array.from({ length: 8 }, (_, seed) => searched(anneal(outlook, seed, 60)).cost)
    expect(new Set(costs).size).toBeGreaterThan(1)
  })

  it('finds the optimum of small batches', () => {
    for (const executor of generatedExecutors(5, 8)) {
      const outlook = outlookOf(executor)
      const start = planBy(outlook, 'tail')
      const { plan } = exact(outlook, { start, states: 1e6 })
      const best = searched(anneal(outlook, 1, 20_000))
      expect(best.cost).toBeCloseTo(plan.cost, 9)
    }
  })
})

describe.each(KINDS)('a population: %s', (kind) => {
  it('evaluates as many placements as it is told, other ones with another seed', () => {
    const [outlook] = outlooks
    const search = evolve(kind, outlook)
    search.advance(33)
    expect(search.evaluations).toBe(33)
    search.advance(1e9)
    expect(search.evaluations).toBe(400)
    const placements = Array.from({ length: 8 }, (_, seed) => String(searched(evolve(kind, outlook, seed, 60)).placement))
    expect(new Set(placements).size).toBeGreaterThan(1)
  })

  it('finds what enumeration finds on small batches of every execution', () => {
    for (const executor of EXECUTIONS.flatMap((execution) => smallExecutors(execution, 8))) {
      const { cost } = searched(evolve(kind, outlookOf(executor), 1, 6000))
      const least = enumerated(executor)
      expect(cost).toBeGreaterThanOrEqual(least * (1 - 1e-9))
      if (kind !== 'particle swarm') expect(cost).toBeLessThanOrEqual(least * (1 + 1e-9))
      else expect(cost).toBeLessThanOrEqual(least * 1.05)
    }
  })
})

describe('local search', () => {
  it('ends where no move of one task helps', () => {
    for (const outlook of outlooks) {
      const { executor } = outlook
      const { placement, cost } = locallyBest(outlook, planBy(outlook, 'finish'))
      for (let i = 0; i < placement.length; i++) {
        for (let k = 0; k < executor.batch.places; k++) {
          const moved = Uint8Array.from(placement)
          moved[i] = k
          expect(executor.run(moved)).toBeGreaterThanOrEqual(cost * (1 - 1e-12))
        }
      }
    }
  })
})

describe('the pilot', () => {
  it('is at least as good as every way to complete the whole', () => {
    for (const outlook of outlooks) {
      const { cost } = pilotPlan(outlook)
      for (let k = 0; k < outlook.executor.batch.places; k++) expect(cost).toBeLessThanOrEqual(planBy(outlook, k).cost * (1 + 1e-12))
      for (const rule of ['finish', 'tail'] as const) expect(cost).toBeLessThanOrEqual(planBy(outlook, rule).cost * (1 + 1e-12))
    }
  })
})

describe('a rule', () => {
  it('takes the least of what it looks at, and one place for all where it is told one', () => {
    for (const { executor, ...outlook } of outlooks.map((each) => ({ executor: each.executor, tails: each.tails, each }))) {
      const { layout, batch, costPerSecond, costPerJoule } = executor
      for (const rule of RULES) {
        const { placement, cost } = planBy(outlook.each, rule)
        expect(cost).toBe(executor.run(placement))
        const state = new Float64Array(layout.size)
        executor.begin(state)
        for (let i = 0; i < batch.decisions; i++) {
          const values = Array.from({ length: batch.places }, (_, k) => {
            const next = state.slice()
            const F = executor.step(next, 0, k)
            if (F === Infinity || rule === 'cost') return F
            const finish = next[layout.finish + i]
            if (rule === 'finish') return finish
            return (finish + outlook.tails[i * batch.places + k]) * costPerSecond + executor.lastJoules * costPerJoule
          })
          expect(placement[i]).toBe(values.indexOf(Math.min(...values)))
          executor.step(state, 0, placement[i])
        }
      }
    }
  })
})

describe('a beam', () => {
  it('of as many states as there are finds the optimum', () => {
    for (const executor of [...generatedExecutors(6, 9), ...EXECUTIONS.flatMap((execution) => smallExecutors(execution, 40))]) {
      const outlook = outlookOf(executor)
      const start = planBy(outlook, 0)
      const { plan } = exact(outlook, { start, states: 1e6 })
      expect(beamPlan(outlook, { states: 1e6, start }).cost).toBeCloseTo(plan.cost, 9)
    }
  })

  it('of one state is as good as what values its states: with what they will cost it finds the optimum', () => {
    for (const executor of generatedExecutors(6, 7)) {
      const outlook = outlookOf(executor)
      const { size, delay } = executor.layout
      const delays = new Float64Array(1)
      const rest = (states: Float64Array, at: number): number => {
        if (states[at] === executor.batch.decisions) return 0
        return Math.min(
          ...Array.from({ length: executor.batch.places }, (_, k) => {
            const next = states.slice(at, at + size)
            return executor.step(next, 0, k) + rest(next, 0)
          })
        )
      }
      let valued = 0
      const value = (states: Float64Array, at: number, count: number, values: Float64Array) => {
        for (let s = 0; s < count; s++) {
          const from = at + s * size
          outlook.delays(states, from, delays)
          const bound = (delays[0] - states[from + delay]) * executor.costPerSecond + outlook.restEnergy[states[from]]
          values[s] = rest(states, from) - bound
          expect(values[s]).toBeGreaterThanOrEqual(-1e-9)
          valued++
        }
      }
      const start = planBy(outlook, 0)
      const { plan } = exact(outlook, { start, states: 1e6 })
      expect(beamPlan(outlook, { states: 1, value, start }).cost).toBeCloseTo(plan.cost, 9)
      expect(valued).toBeGreaterThan(0)
    }
  })
})
