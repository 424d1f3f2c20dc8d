import { styleText } from 'node:util'
import { stringifyReals } from '../../store'

/** Writes to stdout and waits until a pipe has taken it, so that long documents are never cut off. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, (error) => (error ? reject(error) : resolve()))
  })
}

/** JSON knows neither NaN nor infinity: they stand there as strings, "NaN" and "Infinity", as in every file the lab writes. */
export function printJson(value: unknown): Promise<void> {
  return print(stringifyReals(value, 2))
}

/** A line for people, on stderr: stdout is for results. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

export interface Column {
  head: string
  align?: 'right'
}

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
const width = (text: string) => text.replaceAll(ANSI, '').length

/** Aligned columns under a faint head. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ head }, i) => Math.max(width(head), ...rows.map((row) => width(row[i]))))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const space = ' '.repeat(widths[i] - width(cell))
        return columns[i].align === 'right' ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd()
  const head = styleText('dim', line(columns.map((column) => column.head)))
  return [head, ...rows.map(line)].join('\n')
}

const NO_VALUE = '–'

/** A number in `digits` significant digits, without an exponent where it needs none. */
export function number(value: number | undefined, digits = 4): string {
  if (value === undefined || Number.isNaN(value)) return NO_VALUE
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞'
  const text = value.toPrecision(digits)
  return text.includes('e') ? String(Number(text)) : text
}

/** A gap as a percentage; the exact optimum is 0 %. */
export function percent(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return NO_VALUE
  if (Math.abs(value) < 1e-9) return '0 %'
  return `${number(value * 100, 3)} %`
}

export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`
  const minutes = Math.floor(value / 60)
  return minutes < 60 ? `${minutes} min ${Math.round(value % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
