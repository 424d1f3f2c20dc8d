import { plain, power } from '@shared/format'
import { text } from '../ui/text'
import type { ChartKind } from './kind'

export const lossChart: ChartKind = {
  key: 'loss',
  title: () => text.charts.loss.title,
  caption: () => text.charts.loss.caption,
  scale: 'log',
  switchable: true,
  value: (value) => (Math.abs(value) < 0.001 ? power(value, 2) : plain(value, 4)),
  tick: (value) => (value >= 0.01 && value <= 100 ? plain(value, 3) : power(value, 0)),
  better: 'lower',
  noisy: true,
  references: () => []
}
