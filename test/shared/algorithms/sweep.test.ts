import { chipsOf, chipText, parseSweep, type SweepRules, valuesOf } from '@shared/algorithms/sweep'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

function valuesIn(written: string, rules?: SweepRules): number[] {
  const parsed = parseSweep(written, rules)
  if ('fault' in parsed) throw new Error(parsed.fault)
  return valuesOf(parsed.chips)
}

describe('a sweep', () => {
  it.each<[string, number[]]>([
    ['1 5 10', [1, 5, 10]],
    ['1, 5, 10', [1, 5, 10]],
    ['1,5,10', [1, 5, 10]],
    ['1..5', [1, 2, 3, 4, 5]],
    ['1-5', [1, 2, 3, 4, 5]],
    ['0 – 1 step 0.2', [0, 0.2, 0.4, 0.6, 0.8, 1]],
    ['0.1..0.3 step 0.1', [0.1, 0.2, 0.3]],
    ['0 … 10 by 4', [0, 4, 8]],
    ['1e-4 0.001, .01', [0.0001, 0.001, 0.01]],
    ['3 1..2 3', [3, 1, 2]],
    ['−1..1', [-1, 0, 1]],
    ['5..5', [5]],
    ['5 -3', [5, -3]],
    ['1 - 5', [1, 2, 3, 4, 5]],
    ['1 to 3', [1, 2, 3]],
    ['1e-5-1', [1e-5]],
    ['0.5,1', [0.5, 1]],
    ['1.5,2', [1.5, 2]],
    ['0.9,0.95,0.99', [0.9, 0.95, 0.99]],
    ['1e-3,1e-4', [1e-3, 1e-4]],
    ['1;2.5;3', [1, 2.5, 3]],
    ['1\u202f234 5', [1234, 5]],
    ['0,1..0,3 step 0,1', [0.1, 0.2, 0.3]],
    ['', []]
  ])('%s', (written, values) => expect(valuesIn(written)).toEqual(values))

  it.each([
    ['5..1', '“5..1” goes backwards: write the smaller value first.'],
    ['1..5 step 0', '“1..5 step 0” needs a step above 0.'],
    ['1 two 3', '“two” is not a number: write 1 5 10, 1..20 or 0 – 1 step 0.2.'],
    ['0..1e12', 'At most 1000 values at once.'],
    ['10 000', '“000” is not a number: write 1 5 10, 1..20 or 0 – 1 step 0.2.'],
    ['5 MB', '“MB” is not a number: write 1 5 10, 1..20 or 0 – 1 step 0.2.']
  ])('says what is wrong with %s', (written, fault) => expect(parseSweep(written)).toEqual({ fault }))

  it.each([
    ['0,5', '“0,5” can mean 0.5 or the values 0 and 5: write 0.5 or 0; 5.'],
    ['1 0,5', '“0,5” can mean 0.5 or the values 0 and 5: write 0.5 or 0; 5.'],
    ['10,000', '“10,000” can mean 10000 or 10: write 10000 or 10.'],
    ['1,234', '“1,234” can mean 1234, 1.234 or the values 1 and 234: write 1234, 1.234 or 1; 234.'],
    ['1,234,567', '“1,234,567” can mean 1234567 or the values 1 and 234 and 567: write 1234567 or 1; 234; 567.'],
    ['4.000', '“4.000” can mean 4 or 4000: write 4 or 4000.'],
    ['0,25,0,5', '“0,25,0,5” can mean numbers with decimals or the values 0 and 25 and 0 and 5: write 0; 25; 0; 5.'],
    ['0,1..2,5', '“0,1..2,5” can mean 0.1..2.5 or the values 0 and 1..2 and 5: write 0.1..2.5 or 0; 1..2; 5.']
  ])('never takes %s as another number than was meant', (written, fault) => {
    expect(parseSweep(written)).toEqual({ fault })
  })

  it('of whole numbers has no decimals that a comma could stand before', () => {
    expect(valuesIn('5,10', { whole: true })).toEqual([5, 10])
    expect(valuesIn('128,256', { whole: true, max: 1024 })).toEqual([128, 256])
    expect(parseSweep('1,500', { whole: true, max: 1e6 })).toEqual({
      fault: '“1,500” can mean 1500 or the values 1 and 500: write 1500 or 1; 500.'
    })
    expect(valuesIn('1,500,100,101', { whole: true, ungrouped: true })).toEqual([1, 500, 100, 101])
    expect(valuesIn('1-3,10', { whole: true, ungrouped: true })).toEqual([1, 2, 3, 10])
    expect(() => valuesIn('10,000', { whole: true, ungrouped: true })).toThrow('“000” is not a number')
  })

  it('written for a program has a decimal point', () => {
    expect(valuesIn('1.000 1.125', { scripted: true })).toEqual([1, 1.125])
    expect(() => valuesIn('0,5', { scripted: true })).toThrow('can mean 0.5 or the values 0 and 5')
  })

  it('reads its own chips again', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => number + 0)
    fc.assert(
      fc.property(fc.uniqueArray(value, { minLength: 1, maxLength: 8 }), (values) => {
        expect(valuesIn(chipsOf(values).map(chipText).join(' '))).toEqual(values.map((each) => each + 0))
      })
    )
  })

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
