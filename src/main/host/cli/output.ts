import { randomUUID } from 'node:crypto'
import { styleText } from 'node:util'
import { gapUnit, NONE } from '@shared/format'
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

export interface TextColumn {
  head: string
  align?: 'right'
}

/** Aligned columns under a faint head; each row stays one line. */
export function table(columns: readonly TextColumn[], given: readonly (readonly string[])[]): string {
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

/** A number in `digits` significant digits, without an exponent where it needs none. */
export function number(value: number | undefined, digits = 4): string {
  if (value === undefined || Number.isNaN(value)) return NONE
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞'
  const text = value.toPrecision(digits)
  return text.includes('e') ? String(Number(text)) : text
}

/** A gap (0.01 is 1 %) as pages show it; what differs from the exact optimum by rounding alone is 0 %. */
export function percent(value: number | undefined): string {
  return gapUnit(value !== undefined && Math.abs(value) < 1e-9 ? 0 : value)
}
