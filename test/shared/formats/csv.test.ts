import { csvOf } from '@shared/formats/csv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Reads CSV as RFC 4180 has it, and takes away the one quote that keeps text from being a formula. */
function read(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += text[at] === '"' ? 2 : 1) cell += text[at]
      at += 1
    } else while (text[at] !== ',' && text[at] !== '\r') cell += text[at++]
    row.push(cell.startsWith("'") ? cell.slice(1) : cell)
    if (text[at] === ',') at += 1
    else {
      rows.push(row)
      row = []
      at += 2
    }
  }
  return rows
}

const FORMULAS = [
  '=1+1',
  '+1',
  '-1+2',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '=cmd|" /C calc"!A0',
  "'=1",
  '=HYPERLINK("http://a","b")',
  '-',
  '='
]

describe('CSV', () => {
  it.each(FORMULAS)('never begins a cell with what a spreadsheet computes: %j', (formula) => {
    const written = csvOf([[formula, 1]])
    expect(written.replace(/^"/, '')).toMatch(/^'/)
    expect(read(written)).toEqual([[formula, '1']])
  })

  it('leaves numbers as they are, to the last bit', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(Object.is(Number(read(csvOf([[value, 'x']]))[0][0]), Object.is(value, -0) ? 0 : value)).toBe(true)
      })
    )
    expect(csvOf([[-1.5, Number.NaN, Number.NEGATIVE_INFINITY, undefined]])).toBe('-1.5,NaN,-Infinity,\r\n')
  })

  it('gives back any text that it was given', () => {
    const table = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(table, (rows) => {
        expect(read(csvOf(rows))).toEqual(rows)
      })
    )
  })
})
