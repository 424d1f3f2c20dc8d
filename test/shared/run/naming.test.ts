import { algorithmCards } from '../../../src/main/algorithms'
import { cardsById, distinctions, groupNames, type NamedGroup, parameterName, shortNames, tellingNames } from '@shared/run/naming'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const cards = cardsById(algorithmCards)
const named = (others: Partial<NamedGroup> = {}): NamedGroup => ({ algorithm: 'dmro', scenario: 'campus', parameters: {}, ...others })
const told = (groups: readonly NamedGroup[], ...shown: Parameters<typeof tellingNames>[2] & string[]) =>
  tellingNames(groups, cards, shown).map(({ first, rest }) => [first, rest])
const at = (energyWeight: number, others: Partial<NamedGroup> = {}) =>
  named({ scenario: `campus, δ ${energyWeight}`, facts: { energyWeight }, ...others })

describe('names of runs beside each other', () => {
  it('begin with what differs', () => {
    expect(told([at(0.2), at(0.4)])).toEqual([
      ['δ 0.2', 'dmro · campus'],
      ['δ 0.4', 'dmro · campus']
    ])
    expect(told([named({ parameters: { units: 3 } }), named()])).toEqual([
      ['s 3', 'dmro · campus'],
      ['s 5', 'dmro · campus']
    ])
    expect(told([named(), named({ scenario: 'office' })])).toEqual([
      ['campus', 'dmro'],
      ['office', 'dmro']
    ])
    expect(told([named({ seed: 1 }), named({ seed: 2 })]).map(([first]) => first)).toEqual(['seed 1', 'seed 2'])
  })

  it('say what differs in one order: algorithm, δ, parameters, scenario, start, seed', () => {
    const groups = [
      at(0.2, { seed: 1, parameters: { units: 3 } }),
      at(0.4, { seed: 2, scenario: 'office, δ 0.4' }),
      at(0.2, { algorithm: 'dqn', seed: 1 })
    ]
    expect(told(groups).map(([first]) => first)).toEqual([
      'dmro · δ 0.2 · s 3 · campus · seed 1',
      'dmro · δ 0.4 · s 5 · office · seed 2',
      'dqn · δ 0.2 · campus · seed 1'
    ])
    const starts = [named({ initialWeights: 'ψ' }), named()]
    expect(told(starts).map(([first]) => first)).toEqual(['from ψ', 'from random weights'])
  })

  it('compare parameters within an algorithm, and leave out what a heading says', () => {
    const groups = [named({ parameters: { hidden: 128 } }), named({ algorithm: 'dqn' })]
    expect(told(groups, 'scenario')).toEqual([
      ['dmro', 'H 128'],
      ['dqn', '']
    ])
    expect(told([named()], 'scenario')).toEqual([['dmro', '']])
  })

  it('differ wherever anything does that they are made of', () => {
    const some = fc.record({
      algorithm: fc.constantFrom('dmro', 'dqn'),
      scenario: fc.constantFrom('campus', 'office'),
      parameters: fc.record({ units: fc.constantFrom(3, 5), hidden: fc.constantFrom(64, 128) }),
      facts: fc.record({ energyWeight: fc.constantFrom(0.2, 0.4) }),
      seed: fc.constantFrom(1, 2)
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(some, {
          maxLength: 8,
          selector: (each) => JSON.stringify({ ...each, ...(each.algorithm === 'dqn' && { parameters: each.parameters.hidden }) })
        }),
        (groups) => {
          const firsts = tellingNames(groups, cards).map(({ first }) => first)
          expect(new Set(firsts).size).toBe(firsts.length)
        }
      )
    )
  })
})

describe('names of compared groups', () => {
  it('are what differs and the algorithm, nothing more', () => {
    const parameters = { hidden: 128 }
    expect(shortNames([at(0.2, { parameters }), at(0.4, { parameters })], cards)).toEqual(['δ 0.2 · dmro', 'δ 0.4 · dmro'])
    expect(shortNames([named({ parameters }), named({ algorithm: 'dqn' })], cards)).toEqual(['dmro', 'dqn'])
    expect(shortNames([named({ parameters })], cards)).toEqual(['dmro'])
  })
})

describe('names of groups in documents', () => {
  it('begin with the algorithm and say what sets it apart', () => {
    const groups = [named({ parameters: { units: 3 } }), named(), named({ algorithm: 'dqn', scenario: 'office' })]
    expect(distinctions(groups, cards)).toEqual(['s 3', 's 5', ''])
    expect(groupNames(groups, cards)).toEqual(['dmro · s 3 · campus', 'dmro · s 5 · campus', 'dqn · office'])
    expect(groupNames([named(), named()], cards)).toEqual(['dmro', 'dmro (2)'])
  })
})

describe('a parameter', () => {
  it('is called by its label, and by its key where no algorithm has it', () => {
    expect([parameterName('units', cards), parameterName('gone', cards)]).toEqual(['Parallel networks', 'gone'])
  })
})
