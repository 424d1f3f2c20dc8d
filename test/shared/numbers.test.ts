import { fixed, integer, plain } from '@shared/format'
import { readNumber, typed } from '@shared/numbers'
import { describe, expect, it } from 'vitest'
import { cases, fc } from './properties'

const numberIn = (written: string, rules = {}) => {
  const read = readNumber(written, rules)
  return 'value' in read ? read.value : read.fault
}

describe('a number', () => {
  it.each<[string, number]>([
    ['0.8', 0.8],
    ['0,8', 0.8],
    ['0,5', 0.5],
    [',5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['5,', 5],
    ['0,125', 0.125],
    ['0,1250', 0.125],
    ['1.234', 1.234],
    ['1234,567', 1234.567],
    ['1.2345', 1.2345],
    ['1.0', 1],
    ['0.500', 0.5],
    ['1234.000', 1234],
    ['1,234,567', 1_234_567],
    ['1,234.5', 1234.5],
    ['1,234,567.25', 1_234_567.25],
    ['1.234,5', 1234.5],
    ['1.234.567', 1_234_567],
    ['1 234', 1234],
    ['1\u202f234\u202f567,5', 1_234_567.5],
    ['1’234', 1234],
    ["1'234'567.5", 1_234_567.5],
    ['1e3', 1000],
    ['1E-3', 0.001],
    ['1,5e−3', 0.0015],
    ['2e+3', 2000],
    ['10⁻⁵', 1e-5],
    ['1.2 × 10⁻⁴', 1.2e-4],
    ['10^3', 1000],
    ['−3', -3],
    ['-3', -3],
    ['+3', 3],
    ['  7\n', 7]
  ])('%s', (written, value) => expect(numberIn(written)).toBe(value))

  it.each([
    ['1,234', '“1,234” can mean 1234 or 1.234: write 1234 or 1.234.'],
    ['−12,000', '“−12,000” can mean −12000 or −12: write −12000 or −12.'],
    ['4.000', '“4.000” can mean 4 or 4000: write 4 or 4000.'],
    ['1.500', '“1.500” can mean 1.5 or 1500: write 1.5 or 1500.']
  ])('%s names both readings', (written, fault) => expect(numberIn(written)).toBe(fault))

  it.each([
    'abc',
    '5x',
    '1,23,4',
    '0,123,456',
    '1,2345,678',
    '1.2.3',
    '1 23',
    '10 000 0',
    '1,234 567',
    '0x10',
    '1_000',
    '--3',
    '–3',
    'Infinity',
    'NaN',
    '∞',
    '1e',
    'e3',
    '1e999',
    '1e-999',
    '.',
    ',',
    '-',
    '3 4',
    '1;2'
  ])('%s is none, and what to write is said', (written) => expect(numberIn(written)).toMatch(/^“.*” .*: write .*such as 12 or 0\.5\.$/))

  it('that is missing is asked for', () => expect(numberIn(' ', { unit: 'MB' })).toBe('Write a number in MB, such as 12 or 0.5.'))

  it('may carry its own unit and no other', () => {
    for (const written of ['0,8 MB/s', '0.8MB/s', '0.8 MB/s ']) expect(numberIn(written, { unit: 'MB/s' })).toBe(0.8)
    expect(numberIn('1 task', { unit: 'tasks' })).toBe(1)
    expect(numberIn('5 kB/s', { unit: 'MB/s' })).toBe('“kB/s” is not the unit here: write a number in MB/s, such as 12 or 0.5.')
    expect(numberIn('5 Mb/s', { unit: 'MB/s' })).toMatch(/not the unit/)
    expect(numberIn('5 ms')).toBe('“5 ms” has a unit: write only the number, such as 12 or 0.5.')
    expect(numberIn('MB/s', { unit: 'MB/s' })).toMatch(/is not a number/)
  })

  it('is infinite only where that is a value', () => {
    expect(numberIn('∞', { infinite: true })).toBe(Infinity)
    expect(numberIn('−∞', { infinite: true })).toBe(-Infinity)
    expect(numberIn('1e999', { infinite: true })).toMatch(/too large/)
  })

  it('written for a program has a decimal point and no other', () => {
    expect(numberIn('4.000', { scripted: true })).toBe(4)
    expect(numberIn('1,234', { scripted: true })).toMatch(/can mean 1234 or 1\.234/)
  })

  it('reads as itself where a field shows it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(numberIn(typed(value)), typed(value)).toBe(value === 0 ? numberIn(typed(value)) : value)
        expect(Number(numberIn(typed(value)))).toBeCloseTo(value, 300)
      }),
      cases(500)
    )
    expect(typed(-1.5e-7)).toBe('−1.5e-7')
    expect(typed(12_345.678)).toBe('12345.678')
  })

  it('as the lab prints it is read as that number or refused with it named, never as another', () => {
    const printed = fc.oneof(
      fc
        .tuple(fc.double({ min: -1e8, max: 1e8, noNaN: true }), fc.integer({ min: 0, max: 4 }))
        .map(([value, digits]) => ({ shown: fixed(value, digits), value: Number(value.toFixed(digits)) })),
      fc.integer({ min: -1e8, max: 1e8 }).map((value) => ({ shown: integer(value), value })),
      fc.double({ min: 1e-12, max: 1e12, noNaN: true }).map((value) => ({ shown: plain(value), value: undefined }))
    )
    fc.assert(
      fc.property(printed, ({ shown, value }) => {
        const read = readNumber(shown)
        if ('value' in read) {
          if (value !== undefined) expect(read.value, shown).toBe(value === 0 ? read.value : value)
        } else expect(read.fault, shown).toContain('can mean')
        if ('fault' in read && value !== undefined) expect(read.fault).toContain(typed(value))
      }),
      cases(1000)
    )
  })

  it('is one of the readings that a refusal names, and these can be written', () => {
    const written = fc.stringMatching(/^[1-9][0-9]{0,2}[.,][0-9]{3}$/)
    fc.assert(
      fc.property(written, (text) => {
        const read = readNumber(text)
        const [decimal, whole] = [Number(text.replace(',', '.')), Number(text.replace(/[.,]/, ''))]
        if ('value' in read) {
          expect([text.includes('.'), text.endsWith('0'), read.value]).toEqual([true, false, decimal])
          return
        }
        expect(read.fault).toContain(typed(decimal))
        expect(read.fault).toContain(typed(whole))
        expect(numberIn(typed(decimal))).toBe(decimal)
        expect(numberIn(typed(whole))).toBe(whole)
      }),
      cases(500)
    )
  })

  it('is never made of a text that holds other digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9., ’e+-]{1,12}$/), (text) => {
        const read = readNumber(text)
        if (!('value' in read)) return
        // The digits of the value, in their order, are those that were written: nothing is dropped or added but zeros.
        const digits = (each: string) =>
          each
            .split(/e/i)[0]
            .replace(/\D/g, '')
            .replace(/^0+|0+$/g, '')
        expect(digits(typed(read.value)), `${text} → ${read.value}`).toBe(digits(text))
      }),
      cases(5000)
    )
  })
})
