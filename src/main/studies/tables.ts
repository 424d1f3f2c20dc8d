import { REFERENCE_NAMES } from '@shared/model/world'
import { cost, gapUnit, plain } from '@shared/format'
import { type SeedEstimate, hasInterval } from './definitions/measures'
import type { StudyPoint } from './result'

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
