import { gapHalf, gapUnit, plain } from '@shared/format'
import { text } from '../ui/text'
import type { ChartKind } from './kind'

export const gapChart: ChartKind = {
  key: 'gap',
  title: () => text.charts.gap.title,
  caption: (sampling, to) => text.charts.gap.caption(sampling, to),
  scale: 'log',
  switchable: true,
  value: gapUnit,
  half: (mean, half) => `${gapHalf(mean, half)} %`,
  tick: (value) => `${plain(value * 100)} %`,
  better: 'lower',
  references: () => [],
  // The reference's own gap is 0, which no logarithmic axis has.
  corner: (to = 'optimum') => (to === 'optimum' ? text.charts.gap.corner : text.charts.gap.referenceCorner)
}
