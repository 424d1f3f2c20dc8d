import { METRICS, unitGapMetric } from '../../src/shared/run/metrics'
import { page, table } from './markdown'

export function metricsPage(): string {
  return page(
    '# Metrics',
    'Curves that runs record along their learn steps, those that search along the evaluations they spend on a workflow; by the names they have in files, filters and `runs.curve`.',
    table(
      ['metric', 'name', 'unit', 'better', 'repeats to the bit', 'what it is'],
      METRICS.map(({ key, label, unit, better, repeatable, sentence }) => [
        `\`${key}\``,
        label,
        unit,
        better,
        repeatable ? 'yes' : 'no',
        sentence
      ])
    ),
    `Besides, runs of several units record the gap of each by itself: \`${unitGapMetric(0)}\`, \`${unitGapMetric(1)}\` and so on.`
  )
}
