import { plain } from '@shared/format'
import { text } from '../ui/text'
import type { ChartKind } from './kind'

export const rewardChart: ChartKind = {
  key: 'reward',
  title: () => text.charts.reward.title,
  caption: () => text.charts.reward.caption,
  scale: 'linear',
  switchable: false,
  value: (value) => plain(value, 4),
  tick: (value) => plain(value, 4),
  better: 'higher',
  noisy: true,
  references: ({ meanReward, kind }) => [{ value: meanReward, label: text.charts.rewardLevel[kind](plain(meanReward, 4)) }]
}
