import { csvOf } from '@shared/formats/csv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMULAS, readCsv } from './csv-reading'

describe('CSV', () => {
  it.each(FORMULAS)('never begins a cell with what a spreadsheet computes: %j', (formula) => {
    const written = csvOf([[formula, 1]])
    expect(written.replace(/^"/, '')).toMatch(/^'/)
    expect(readCsv(written)).toEqual([[formula, '1']])
  })

  it('leaves numbers as they are, to the last bit', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(Object.is(Number(readCsv(csvOf([[value, 'x']]))[0][0]), Object.is(value, -0) ? 0 : value)).toBe(true)
      })
    )
    expect(csvOf([[-1.5, Number.NaN, Number.NEGATIVE_INFINITY, undefined]])).toBe('-1.5,NaN,-Infinity,\r\n')
  })

  it('gives back any text that it was given', () => {
    const table = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(table, (rows) => {
        expect(readCsv(csvOf(rows))).toEqual(rows)
      })
    )
  })
})
