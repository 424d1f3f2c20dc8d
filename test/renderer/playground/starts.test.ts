import type { PolicyRow } from '@shared/contract/policies'
import type { RunRow } from '@shared/contract/records'
import { describe, expect, it } from 'vitest'
import { canStartFrom, canStartFromNamed, isMeta, startName } from '../../../src/renderer/playground/starts'
import { algorithmCards } from '../../../src/main/algorithms'
import { text } from '../../../src/renderer/ui/text'
import { runRow } from '../rows'

const facts = { energyWeight: 0.2, locations: 3, tasks: 10 }
const own = runRow(1, { facts })
const cards = new Map(algorithmCards.map((card) => [card.id, card]))

describe('the runs a run’s playground can start from', () => {
  it('are those with the same networks, whatever they learned by', () => {
    for (const algorithm of ['dqn', 'double-dqn', 'dmro', 'meta', 'fomaml', 'reptile'])
      expect(canStartFrom(own, runRow(2, { facts, algorithm }), cards), algorithm).toBe(true)
  })

  const others: [string, Partial<RunRow>][] = [
    ['a dueling head', { algorithm: 'dueling-dqn' }],
    ['values of what comes after', { algorithm: 'dmro-plus' }],
    ['other hidden units', { parameters: { hidden: 128 } }],
    ['states that tell the environment', { parameters: { hidden: 64, conditioned: true } }],
    ['more places', { facts: { ...facts, locations: 5 } }],
    ['more tasks', { facts: { ...facts, tasks: 20 } }],
    ['no end', { status: 'running' }],
    ['nothing learned', { totalLearnSteps: 0 }]
  ]
  it.each(others)('are none with %s', (_, change) => {
    expect(canStartFrom(own, runRow(2, { facts, ...change }), cards)).toBe(false)
  })

  it('are never itself', () => {
    expect(canStartFrom(own, own, cards)).toBe(false)
  })
})

describe('weights', () => {
  it('are ψ where meta-learning made them, and only there', () => {
    const psi = algorithmCards.filter(({ id }) => isMeta(runRow(2, { algorithm: id }), cards)).map(({ id }) => id)
    expect(psi.sort()).toEqual(['fomaml', 'meta', 'reptile'])
    expect(isMeta(runRow(2, { algorithm: 'of another lab' }), cards)).toBe(false)
  })

  it('are called so where they are chosen and measured', () => {
    expect(text.playground.runOption('meta', 1, '00000002', true)).toBe('ψ: meta · seed 1 (00000002)')
    expect(text.playground.runOption('dmro-plus', 1, '00000002', false)).toBe('weights of dmro-plus · seed 1 (00000002)')
    expect(text.playground.starts[startName('psi', false)]).toBe('from chosen weights')
    expect(text.playground.starts[startName('psi', true)]).toBe('from ψ')
    expect(startName('old', false)).toBe('old')
  })
})

describe('named policies', () => {
  const policy: PolicyRow = {
    name: 'psi',
    origin: 'kept',
    kind: 'state-values',
    places: 3,
    tasks: 10,
    units: 5,
    hidden: 64,
    conditioned: false,
    meta: false,
    bytes: 1
  }

  it('are told apart by the same', () => {
    expect(canStartFromNamed(own, policy, cards)).toBe(true)
    const others: Partial<PolicyRow>[] = [{ kind: 'after-values' }, { places: 5 }, { tasks: 20 }, { hidden: 32 }, { conditioned: true }]
    for (const change of others) expect(canStartFromNamed(own, { ...policy, ...change }, cards), JSON.stringify(change)).toBe(false)
  })
})
