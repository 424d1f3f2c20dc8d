import { assess, assessReference, weakestKind } from '@shared/model/assessment'
import { ChainWorld } from '@shared/model/chain-world'
import { chainDelay, chainEnergy } from '@shared/model/cost'
import { compileScenario, environmentOf } from '@shared/model/scenario'
import { optimalityGap, walk } from '@shared/model/world'
import { describe, expect, it } from 'vitest'
import { cases, fc } from '../properties'
import { scenarios } from './worlds'

const worlds = fc.tuple(scenarios, fc.array(fc.nat(), { minLength: 5, maxLength: 5 })).map(([scenario, draws]) => {
  const world = new ChainWorld(compileScenario(scenario))
  return {
    world,
    placements: world.episodes.map(({ decisions, places }) => Uint8Array.from(draws.slice(0, decisions), (at) => at % places))
  }
})

describe('the chain as a world', () => {
  it('has steps that add up to Q, and moves exactly where a step is finite', () => {
    fc.assert(
      fc.property(worlds, ({ world, placements }) => {
        world.episodes.forEach((episode, e) => {
          expect(walk(episode, placements[e])).toBe(episode.total(placements[e]))
          let state = episode.start()
          for (const place of placements[e]) {
            const moves = episode.moves(state)
            for (let k = 0; k < episode.places; k++) expect(moves[k] === 1).toBe(Number.isFinite(episode.step(state, k).cost))
            state = episode.step(state, place).next
          }
        })
      }),
      cases(200)
    )
  })

  it('measures what the equations say', () => {
    fc.assert(
      fc.property(worlds, ({ world, placements }) => {
        world.episodes.forEach((episode, e) => {
          const { chain } = episode
          const environment = environmentOf(world.compiled.environments, chain)
          const { delaySeconds, energyJoules } = episode.measure(placements[e])
          expect(delaySeconds).toBe(chainDelay(environment, chain, world.scenario.objective.countReturn, placements[e]))
          expect(energyJoules).toBe(chainEnergy(environment, chain, world.scenario.objective.countReturn, placements[e]))
        })
      }),
      cases(200)
    )
  })

  it('has a proven reference, whose own placement has a gap of exactly 0', () => {
    fc.assert(
      fc.property(worlds, ({ world, placements }) => {
        if (world.episodes.some((episode) => !Number.isFinite(episode.reference().upper))) return
        const best = assessReference(world)
        expect(best.total.reference.kind).toBe('optimum')
        expect(best.total.reference.lower).toBe(best.total.reference.upper)
        expect(best.how).toEqual(['Viterbi'])
        for (const { optimalityGap: gap } of best.workflows) expect(gap).toBe(0)
        for (const { optimalityGap: gap } of assess(world, placements).workflows) expect(gap).toBeGreaterThan(-1e-12)
      }),
      cases(200)
    )
  })
})

describe('a reference', () => {
  it('is as sure as the least sure of its parts', () => {
    expect(weakestKind(['optimum', 'optimum'])).toBe('optimum')
    expect(weakestKind(['optimum', 'best-known'])).toBe('best-known')
    expect(weakestKind(['best-known', 'bound', 'optimum'])).toBe('bound')
  })

  it('is measured against from above where it was reached, from below where it is a bound', () => {
    expect(optimalityGap(3, { kind: 'best-known', lower: 1, upper: 2 })).toBe(0.5)
    expect(optimalityGap(3, { kind: 'bound', lower: 1, upper: 2 })).toBe(2)
    expect(optimalityGap(1, { kind: 'best-known', lower: 1, upper: 2 })).toBe(-0.5)
  })
})
