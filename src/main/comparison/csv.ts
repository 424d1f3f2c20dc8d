import { FIGURES } from '@shared/experiment/comparison'
import type { ReportedComparison } from './comparison'

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r\n]/

/** A field of a CSV file (RFC 4180). Text that a spreadsheet would run gets a quote before it; numbers stand as they are. */
export function csvField(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const HEAD = [
  'group',
  'algorithm',
  'scenario',
  'parameters',
  'runs',
  'n',
  'repeats',
  'figure',
  'unit',
  'mean',
  'low_95',
  'high_95',
  'against',
  'difference',
  'difference_low_95',
  'difference_high_95',
  'p_holm',
  'test',
  'p_workflows_holm',
  'improvement_over_seeds',
  'cliffs_delta'
]

/** One line a group and figure, every number with all its digits. Gaps and shares are fractions (0.01 is 1 %). */
export function comparisonCsv({ analysis, names }: ReportedComparison): string {
  const { groups, figures, reference } = analysis
  const rows = groups.flatMap((group, g) =>
    figures.map(({ key, cells }) => {
      const { mean, interval, n, difference, differenceInterval, p, test, workflowP, improvement, cliffsDelta } = cells[g]
      const unit = FIGURES.find((figure) => figure.key === key)?.unit ?? ''
      const parameters = Object.entries(group.parameters).map(([name, value]) => `${name}=${value}`)
      return [
        names[g],
        group.algorithm,
        group.scenario,
        parameters.join(' '),
        group.runs.join(' '),
        n,
        group.repeats.join(' '),
        key,
        unit === '%' ? 'fraction' : unit,
        mean,
        interval?.[0],
        interval?.[1],
        g === reference ? undefined : names[reference],
        difference,
        differenceInterval?.[0],
        differenceInterval?.[1],
        p,
        test,
        workflowP,
        improvement,
        cliffsDelta
      ]
    })
  )
  return `${[HEAD, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`
}
