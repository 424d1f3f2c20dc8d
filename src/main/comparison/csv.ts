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
  'scheme',
  'scenario',
  'parameters',
  'runs',
  'seeds_finished',
  'approximate',
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
  'test'
]

/** One line a group and figure, every number with all its digits. Gaps and shares are fractions (0.01 is 1 %). */
export function comparisonCsv({ analysis, names, rows: runs }: ReportedComparison): string {
  const { groups, figures, reference } = analysis
  const rows = groups.flatMap((group, g) =>
    figures.map(({ key, cells }) => {
      const { mean, interval, difference, differenceInterval, p, test } = cells[g]
      const unit = FIGURES.find((figure) => figure.key === key)?.unit ?? ''
      const parameters = Object.entries(group.parameters).map(([name, value]) => `${name}=${value}`)
      return [
        names[g],
        group.algorithm,
        group.scenario,
        parameters.join(' '),
        group.runs.join(' '),
        group.seeds,
        group.runs.filter((id) => runs.get(id)?.approximate !== undefined).join(' '),
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
        test
      ]
    })
  )
  return `${[HEAD, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`
}
