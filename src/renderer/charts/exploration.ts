import { plain } from '@shared/format'
import { text } from '../ui/text'
import type { ChartKind } from './kind'

export const epsilonChart: ChartKind = {
  key: 'epsilon',
  title: () => text.charts.epsilon.title,
  caption: () => text.charts.epsilon.caption,
  scale: 'linear',
  switchable: false,
  atLeast: [0, 1],
  value: (value) => plain(value, 3),
  tick: (value) => plain(value, 3),
  better: 'neither',
  references: () => []
}

export const learningRateChart: ChartKind = {
  key: 'learningRate',
  title: () => text.charts.learningRate.title,
  caption: () => text.charts.learningRate.caption,
  scale: 'log',
  switchable: false,
  value: (value) => plain(value, 3),
  tick: (value) => plain(value, 3),
  better: 'neither',
  references: () => []
}
