import { MOST_FAULTS, type Read, refused } from './read'
import type { Fault } from '../experiment/experiment'

/** One row below a head: its line, and its cells by the names of their columns. */
export interface TableRow {
  place: string
  cells: ReadonlyMap<string, string>
}
/** Rows that stand under one head; tables of one file are set apart by empty lines. */
export interface Table {
  heads: readonly string[]
  place: string
  rows: readonly TableRow[]
}

const MOST_ROWS = 200_000
const DELIMITERS = ['\t', ';', ','] as const

/** The delimiter of a head: whichever of tab, semicolon and comma it has, in this order. */
const delimiterOf = (head: string): string => DELIMITERS.find((sign) => head.includes(sign)) ?? ','

/** The names of columns in the first line of a text that has any. */
export function headsOf(text: string): string[] {
  const head = /^[\s\ufeff]*([^\n\r]*)/.exec(text.slice(0, 10_000))?.[1] ?? ''
  return /^[{[<]/.test(head) ? [] : head.split(delimiterOf(head)).map((cell) => bareCell(cell))
}

const bareCell = (cell: string): string =>
  cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()

/**
 * The tables of a text as RFC 4180 has them – or as a spreadsheet pastes them, set apart by tabs –, each with a head of its own. Where
 * the delimiter is not a comma, a comma in a number is its decimal point.
 */
export function readTables(text: string): Read<Table[]> {
  const faults: Fault[] = []
  const tables: { heads: string[]; place: string; rows: TableRow[] }[] = []
  let delimiter = ','
  let count = 0
  let table: (typeof tables)[number] | undefined
  const fault = lines(
    text,
    () => delimiter,
    (cells, line) => {
      if (cells.every((cell) => cell.trim() === '')) {
        table = undefined
        return true
      }
      if (!table) {
        table = { heads: cells.map((cell) => cell.trim()), place: `line ${line}`, rows: [] }
        for (const head of new Set(table.heads.filter((each, i) => each !== '' && table?.heads.indexOf(each) !== i)))
          faults.push({ path: `line ${line}`, message: `there are two columns "${head.slice(0, 60)}"` })
        tables.push(table)
        return true
      }
      const { heads } = table
      if (cells.length > heads.length && cells.slice(heads.length).some((cell) => cell.trim() !== ''))
        faults.push({ path: `line ${line}`, message: `has ${cells.length} cells under ${heads.length} heads` })
      const filled = new Map<string, string>()
      heads.forEach((head, i) => {
        const cell = (cells[i] ?? '').trim()
        if (head !== '' && cell !== '') filled.set(head, plain(cell, delimiter))
      })
      table.rows.push({ place: `line ${line}`, cells: filled })
      return ++count <= MOST_ROWS && faults.length < MOST_FAULTS
    },
    (head) => {
      if (!table) delimiter = delimiterOf(head)
    }
  )
  if (fault) faults.push(fault)
  if (count > MOST_ROWS) faults.push({ path: 'line 1', message: `holds more than ${MOST_ROWS.toLocaleString('en')} rows; split it` })
  return faults.length > 0 ? refused(faults) : { ok: true, value: tables }
}

/** A cell without the quote that keeps spreadsheets from reading formulas, and with a decimal point. */
function plain(cell: string, delimiter: string): string {
  if (/^'[=+\-@']/.test(cell)) return cell.slice(1)
  return delimiter !== ',' && /^-?\d+,\d+(?:e[+-]?\d+)?$/i.test(cell) ? cell.replace(',', '.') : cell
}

/** Hands each line's cells to `take`, until that has enough; `begun` sees a line before it is split. Every character is passed once. */
function lines(
  text: string,
  delimiter: () => string,
  take: (cells: string[], line: number) => boolean,
  begun: (line: string) => void
): Fault | undefined {
  let line = 1
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    const first = line
    const end = text.indexOf('\n', at)
    begun(text.slice(at, end < 0 ? undefined : Math.min(end, at + 10_000)))
    const sign = delimiter()
    const cells: string[] = []
    for (;;) {
      let cell = ''
      if (text[at] === '"') {
        const parts: string[] = []
        at++
        for (;;) {
          const quote = text.indexOf('"', at)
          if (quote < 0) return { path: `line ${first}`, message: 'a cell in quotes is never closed' }
          parts.push(text.slice(at, quote))
          at = quote + 1
          if (text[at] !== '"') break
          parts.push('"')
          at++
        }
        cell = parts.join('')
        for (let next = cell.indexOf('\n'); next >= 0; next = cell.indexOf('\n', next + 1)) line++
      }
      const from = at
      while (at < text.length && text[at] !== sign && text[at] !== '\n') at++
      cells.push(cell + text.slice(from, at))
      if (text[at] !== sign || at >= text.length) break
      at++
    }
    at++
    line++
    if (!take(cells, first)) return undefined
  }
  return undefined
}
