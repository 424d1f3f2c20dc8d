import { chipsOf, MOST_SWEPT, parseSweep, valuesOf } from '@shared/experiment/sweep'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

function valuesIn(written: string): number[] {
  const parsed = parseSweep(written)
  if ('fault' in parsed) throw new Error(`${written}: ${JSON.stringify(parsed.fault)}`)
  return valuesOf(parsed.chips)
}

describe('a sweep', () => {
  it.each<[string, number[]]>([
    ['1 5 10', [1, 5, 10]],
    ['1, 5, 10', [1, 5, 10]],
    ['1,5,10', [1, 5, 10]],
    ['10,000', [10000]],
    ['1..5', [1, 2, 3, 4, 5]],
    ['1-5', [1, 2, 3, 4, 5]],
    ['0 – 1 step 0.2', [0, 0.2, 0.4, 0.6, 0.8, 1]],
    ['0.1..0.3 step 0.1', [0.1, 0.2, 0.3]],
    ['0 … 10 by 4', [0, 4, 8]],
    ['1e-4 0.001, .01', [0.0001, 0.001, 0.01]],
    ['3 1..2 3', [3, 1, 2]],
    ['−1..1', [-1, 0, 1]],
    ['5..5', [5]],
    ['', []]
  ])('%s', (written, values) => expect(valuesIn(written)).toEqual(values))

  it.each([
    ['5..1', { kind: 'reversed', part: '5..1' }],
    ['1..5 step 0', { kind: 'step', part: '1..5 step 0' }],
    ['1 two 3', { kind: 'unreadable', part: 'two' }],
    ['0..1e12', { kind: 'many', most: MOST_SWEPT }]
  ])('says what is wrong with %s', (written, fault) => expect(parseSweep(written)).toEqual({ fault }))

  it('is written as the shortest chips, which name the same values', () => {
    expect(chipsOf([0, 0.2, 0.4, 0.6, 0.8, 1])).toEqual([{ from: 0, to: 1, step: 0.2 }])
    expect(chipsOf([1, 5, 10])).toEqual([{ value: 1 }, { value: 5 }, { value: 10 }])
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.integer({ min: 0, max: 60 }).map((n) => n / 20),
          { maxLength: 30 }
        ),
        (values) => {
          expect(valuesOf(chipsOf(values))).toEqual(values)
        }
      )
    )
  })
})
