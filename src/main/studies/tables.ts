import type { FigureChart } from '@shared/charts/figure'
import { plottedRows, xName } from '@shared/charts/figureOption'
import { REFERENCE_NAMES } from '@shared/model/world'
import { cost, gapUnit, plain } from '@shared/format'
import { type CsvColumn, csvOf } from '@shared/formats/csv'
import { type SeedEstimate, hasInterval } from './definitions/measures'
import type { StudyPoint } from './result'

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

const interval = (estimate: SeedEstimate, show: (value: number) => string) =>
  !hasInterval(estimate) ? show(estimate.mean) : `${show(estimate.mean)} (${show(estimate.low)} to ${show(estimate.high)})`

/** Final values as a Markdown table: means with 95 % intervals over seeds. */
export function pointsMarkdown(points: readonly StudyPoint[]): string {
  const several = new Set(points.map(({ scenario }) => scenario)).size > 1
  // Where every gap is to the optimum and nothing waits, the table says no more of it than it did.
  const isOfBatches = points.some(({ reference }) => reference !== 'optimum')
  const head = [
    'line',
    ...(several ? ['scenario', 'δ'] : []),
    'seeds',
    'learn steps',
    isOfBatches ? 'gap' : 'optimality gap',
    'cost Q per workflow',
    ...(isOfBatches ? ['gap to', 'ms a decision'] : [])
  ]
  const rows = points.map(({ label, scenario, energyWeight, gap, cost: costs, learnSteps, reference, decisionMs }) => [
    label,
    ...(several ? [scenario, plain(energyWeight)] : []),
    String(gap.seeds),
    learnSteps > 0 ? plain(learnSteps) : '–',
    interval(gap, gapUnit),
    interval(costs, cost),
    ...(isOfBatches ? [REFERENCE_NAMES[reference], plain(Number(decisionMs.mean.toPrecision(2)))] : [])
  ])
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const numeric = head.indexOf('seeds')
  return [line(head), line(head.map((_, i) => (i >= numeric ? '---:' : '---'))), ...rows.map(line)].join('\n')
}
