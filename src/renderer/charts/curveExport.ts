import { csvOf } from '@shared/formats/csv'
import { text } from '../ui/text'
import type { AxisUnit } from './curve'
import type { Points } from './points'

/** A curve to be written out: every point of it, and the ends of its band. */
export interface ExportCurve {
  label: string
  points: Points
  /** Rows of x, low, high. */
  band?: Float64Array
  /** What the ends of the band are; those of the 95 % interval unless said. */
  spread?: 'interval' | 'range'
}

/** Curves side by side over their steps, each with the ends of its band; empty where one has no point at a step. */
export function curvesCsv(metric: string, curves: readonly ExportCurve[], x: AxisUnit = 'learn steps'): string {
  const words = text.figure.columnsOfCsv
  const heads: string[] = []
  const columns = curves.flatMap(({ label, points, band, spread }): ReadonlyMap<number, number>[] => {
    const name = `${metric}, ${label}`
    heads.push(name)
    if (!band || band.length === 0) return [columnOf(points, 2, 1)]
    const [low, high] = spread === 'range' ? [words.least, words.greatest] : [words.low, words.high]
    heads.push(`${name}, ${low}`, `${name}, ${high}`)
    return [columnOf(points, 2, 1), columnOf(band, 3, 1), columnOf(band, 3, 2)]
  })
  const steps = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b)
  return csvOf([[text.charts.axis[x], ...heads], ...steps.map((step) => [step, ...columns.map((column) => column.get(step))])])
}

/** One of the numbers of every row, by the row's x. */
function columnOf(numbers: ArrayLike<number>, width: number, at: number): Map<number, number> {
  const column = new Map<number, number>()
  for (let i = 0; i < numbers.length; i += width) column.set(numbers[i], numbers[i + at])
  return column
}
