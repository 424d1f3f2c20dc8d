import type { Metric } from '@shared/run/metrics'
import { plain } from '@shared/format'
import type { ChartKind } from './kind'

/** The chart of a metric that has none of its own: what the register of metrics says of it, on a linear axis. */
export function metricChart({ key, label, unit, better }: Metric): ChartKind {
  return {
    key,
    title: () => label,
    caption: () => unit,
    scale: 'linear',
    switchable: false,
    value: (value) => [plain(value, 4), unit].filter(Boolean).join(' '),
    tick: (value) => plain(value, 4),
    better,
    references: () => []
  }
}
