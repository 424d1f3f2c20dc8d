/** A column of a file the lab writes: its head, and a sentence on what stands there. */
export type CsvColumn = readonly [name: string, sentence: string]

/** What a spreadsheet would take for a formula if it came first. */
const FORMULA = /^[=+\-@\t\r\n]/

/** Numbers stand as they are, to the last bit; NaN and infinities by name. */
const numberText = (value: number) => (value === Number.POSITIVE_INFINITY ? 'Infinity' : String(value))

/**
 * One cell. Text that a spreadsheet would take for a formula gets a quote before it, and so does text that begins with
 * one: reading it back takes exactly one away.
 */
function cell(value: number | string | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return numberText(value)
  const safe = FORMULA.test(value) || value.startsWith("'") ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as RFC 4180 has them, lines ended by CR LF. */
export function csvOf(rows: readonly (readonly (number | string | undefined)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}
