import { cost, costHalf, plain } from '@shared/format'
import { text } from '../ui/text'
import type { ChartKind } from './kind'

export const costChart: ChartKind = {
  key: 'cost',
  title: () => text.charts.cost.title,
  caption: (sampling) => text.charts.cost.caption(sampling),
  scale: 'linear',
  switchable: true,
  value: cost,
  half: costHalf,
  tick: (value) => plain(value, 4),
  better: 'lower',
  references: ({ meanCost, kind }) => [{ value: meanCost, label: text.charts.level[kind](cost(meanCost)) }]
}
