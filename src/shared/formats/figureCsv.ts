import { type CsvColumn, csvOf } from './csv'
import type { FigureChart } from '../charts/figure'
import { plottedRows, xName } from '../charts/figureOption'

export const STUDY_COLUMNS: readonly CsvColumn[] = [
  ['chart', 'Key of the chart.'],
  ['line', 'Name of the line.'],
  ['x_quantity', 'What x is, with its unit.'],
  ['x', 'Where the point stands.'],
  ['y_quantity', 'What the values are; gaps are fractions (0.01 is 1 %).'],
  ['mean', 'Mean over seeds.'],
  ['low_95', 'Lower end of the 95 % interval, Student’s t over seeds; empty for one seed.'],
  ['high_95', 'Upper end.'],
  ['seeds', 'How many seeds the point rests on.']
]

/** Charts as numbers, every point. */
export function figureCsv(charts: readonly FigureChart[]): string {
  const rows = charts.flatMap((chart) =>
    plottedRows(chart).map(({ series, x, mean, low, high, seeds }) => [
      chart.key,
      series,
      xName(chart),
      x,
      chart.y.label,
      mean,
      low,
      high,
      seeds
    ])
  )
  return csvOf([STUDY_COLUMNS.map(([name]) => name), ...rows])
}
