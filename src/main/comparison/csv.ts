import { FIGURES } from '@shared/experiment/comparison'
import { csvOf } from '@shared/formats/csv'
import type { ReportedComparison } from './comparison'

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

/** One line per group and figure, every number with all its digits. Gaps and shares are fractions (0.01 is 1 %), `Infinity` by name. */
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
  return csvOf([HEAD, ...rows])
}
