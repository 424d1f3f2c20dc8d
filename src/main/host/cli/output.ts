import { randomUUID } from 'node:crypto'
import { styleText } from 'node:util'
import { stringifyReals } from '../../store'
import { complain, harmless, harmlessJson, harmlessLine } from '../../terminal'

/**
 * Stands for the escape character in our own styling until it is written, so that everybody else's can be shown instead of
 * obeyed. Nobody's text can hold it: it is drawn at random at every start.
 */
const ESCAPE = `<${randomUUID()}>`

/** Text in our own styling; only what `print` and `shown` put out has it. */
export function styled(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text).replaceAll('\u001b', ESCAPE)
}

/** Text as the terminal is given it: harmless, but for our own styling. */
export function shown(text: string): string {
  return harmless(text).replaceAll(ESCAPE, '\u001b')
}

/** Writes to stdout and waits until a pipe has taken it, so that long documents are never cut off. */
export function print(text: string): Promise<void> {
  return write(shown(text))
}

/** JSON knows neither NaN nor infinity: they stand there as strings, "NaN" and "Infinity", as in every file the lab writes. */
export function printJson(value: unknown): Promise<void> {
  return printDocument(stringifyReals(value, 2))
}

/** Writes the text of a JSON document to stdout. */
export function printDocument(json: string): Promise<void> {
  return write(harmlessJson(json))
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, (error) => (error ? reject(error) : resolve()))
  })
}

/** A line for people, on stderr: stdout is for results. */
export function note(text: string): void {
  complain(text)
}

export interface Column {
  head: string
  align?: 'right'
}

/** Aligned columns under a faint head; each row stays one line. */
export function table(columns: readonly Column[], given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(harmlessLine))
  const widths = columns.map(({ head }, i) => Math.max(head.length, ...rows.map((row) => row[i].length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const space = ' '.repeat(widths[i] - cell.length)
        return columns[i].align === 'right' ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd()
  const head = styled('dim', line(columns.map((column) => column.head)))
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
