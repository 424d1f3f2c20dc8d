import type { FigureChart } from '@shared/charts/figure'
import { figureRows, xName } from '@shared/charts/figureOption'
import { cost, gapUnit, plain } from '@shared/format'
import { csvOf } from '@shared/formats/csv'
import { type Estimate, hasInterval } from '@shared/experiment/studies/measures'
import type { StudyPoint } from './result'

/** Charts as numbers, every point: chart, line, x, mean, ends of the 95 % interval, seeds. */
export function figureCsv(charts: readonly FigureChart[]): string {
  const head = ['chart', 'line', 'x_quantity', 'x', 'y_quantity', 'mean', 'low_95', 'high_95', 'seeds']
  const rows = charts.flatMap((chart) =>
    figureRows(chart).map(({ series, x, mean, low, high, seeds }) => [
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
  return csvOf([head, ...rows])
}

const interval = (estimate: Estimate, show: (value: number) => string) =>
  !hasInterval(estimate) ? show(estimate.mean) : `${show(estimate.mean)} (${show(estimate.low)} to ${show(estimate.high)})`

/** Final values as a Markdown table: means with 95 % intervals over seeds. */
export function pointsMarkdown(points: readonly StudyPoint[]): string {
  const several = new Set(points.map(({ scenario }) => scenario)).size > 1
  const head = ['line', ...(several ? ['scenario', 'δ'] : []), 'seeds', 'learn steps', 'optimality gap', 'cost Q per workflow']
  const rows = points.map(({ label, scenario, energyWeight, gap, cost: costs, learnSteps }) => [
    label,
    ...(several ? [scenario, plain(energyWeight)] : []),
    String(gap.seeds),
    learnSteps > 0 ? plain(learnSteps) : '–',
    interval(gap, gapUnit),
    interval(costs, cost)
  ])
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const numeric = head.length - 4
  return [line(head), line(head.map((_, i) => (i >= numeric ? '---:' : '---'))), ...rows.map(line)].join('\n')
}
