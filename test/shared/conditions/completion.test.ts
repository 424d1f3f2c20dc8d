import { completionsOf } from '@shared/conditions/completion'
import { parseCondition } from '@shared/conditions/condition'
import { cardsById } from '@shared/run/naming'
import { describe, expect, it } from 'vitest'
import { algorithmCards } from '../../../src/main/algorithms'
import { runRow } from '../../renderer/rows'

const cards = cardsById(algorithmCards)
const rows = [
  runRow(1, { algorithm: 'dqn', seed: 2, tags: ['paper'], parameters: { hidden: 64 }, scenario: 'two edges' }),
  runRow(2, { algorithm: 'double-dqn', seed: 1, parameters: { hidden: 128 } }),
  runRow(3, { algorithm: 'dmro', seed: 12, parameters: { units: 3 }, startedAt: new Date(2026, 10, 30, 9).getTime() })
]
const optionsOf = (written: string, caret = written.length) => completionsOf(written, caret, rows, cards).options
const labelsOf = (written: string, caret?: number) => optionsOf(written, caret).map(({ label }) => label)
/** What is written once the option of this label was chosen. */
function chosen(written: string, label: string, caret = written.length): string {
  const { from, to, options } = completionsOf(written, caret, rows, cards)
  const option = options.find((each) => each.label === label)
  if (!option) throw new Error(`“${label}” is not among ${options.map((each) => each.label).join(', ')}`)
  return written.slice(0, from) + option.text + written.slice(to)
}

describe('how a condition goes on', () => {
  it('by fields and parameters, by what runs are called, those first that begin so', () => {
    expect(labelsOf('ga')[0]).toBe('gap')
    expect(labelsOf('ga')).toContain('bestgap')
    expect(labelsOf('parallel')).toEqual(['units'])
    expect(optionsOf('uni')[0]).toMatchObject({ label: 'units', note: 'Parallel networks, s' })
    expect(labelsOf('dq')).toEqual(['dqn', 'double-dqn'])
    expect(labelsOf('').length).toBeGreaterThan(20)
  })

  it('by operators after a field, and by values after these', () => {
    expect(labelsOf('gap ').slice(0, 4)).toEqual(['<', '>', '=', '!='])
    expect(labelsOf('status ').slice(0, 3)).toEqual(['=', ':', '!='])
    expect(labelsOf('status = f')).toEqual(['failed'])
    expect(labelsOf('scheme:')).toEqual(['dmro', 'double-dqn', 'dqn'])
    expect(labelsOf('seed = ')).toEqual(['1', '2', '12'])
    expect(labelsOf('hidden in 64, ')).toEqual(['64', '128'])
    expect(labelsOf('optimiser = ')).toEqual(['adam', 'sgd'])
    expect(labelsOf('tag:')).toEqual(['paper'])
    expect(labelsOf('pinned = ')).toEqual(['yes', 'no'])
    expect(labelsOf('started > ')).toEqual(expect.arrayContaining(['today', 'yesterday', '2026-11-30']))
    expect(labelsOf('gap < 5')).toEqual(['5 %'])
    expect(labelsOf('time < 5')).toEqual(['5 ms', '5 s', '5 min', '5 h', '5 d'])
  })

  it('takes the place of what was begun, and quotes what needs it', () => {
    expect(chosen('ga', 'gap')).toBe('gap ')
    expect(chosen('dmro sta < 3', 'status', 8)).toBe('dmro status  < 3')
    expect(chosen('dq', 'dqn')).toBe('algorithm = dqn ')
    expect(chosen('-dq', '-dqn')).toBe('-dqn ')
    expect(chosen('pap', 'paper')).toBe('tag:paper ')
    expect(chosen('-pap', '-paper')).toBe('-tag:paper ')
    expect(chosen('scenario = tw', 'two edges')).toBe('scenario = "two edges" ')
    expect(chosen('scenario = "tw', 'two edges')).toBe('scenario = "two edges" ')
    expect(chosen('gap < 5', '5 %')).toBe('gap < 5 % ')
  })

  it('can be read, whatever is chosen', () => {
    const begun = [
      '',
      'd',
      '-d',
      '-',
      'e',
      'pa',
      'scheme = ',
      'status = ',
      'scenario = ',
      'optimiser = ',
      'started > ',
      'tag:',
      'seed in 1, ',
      'pinned = ',
      'gap < 5',
      'time < 5'
    ]
    for (const written of begun) {
      expect(labelsOf(written)).not.toEqual([])
      for (const label of labelsOf(written))
        expect([chosen(written, label), parseCondition(chosen(written, label), { cards }).ok]).toEqual([chosen(written, label), true])
    }
  })
})
