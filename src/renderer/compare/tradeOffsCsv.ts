import { csvOf } from '@shared/formats/csv'
import { text } from '../ui/text'
import type { Spread } from './groups'

/** Delay and energy of groups with their 95 % intervals over seeds, then the optimum as the weight of energy grows. */
export function delayEnergyCsv(
  groups: readonly { name: string; delay: Spread; energy: Spread }[],
  front: readonly { delaySeconds: number; energyJoules: number; energyWeight: number }[],
  nameOf: (name: string) => string
): string {
  const head = [
    'group',
    'seeds',
    'energy_weight',
    'delay_s',
    'delay_s_low_95',
    'delay_s_high_95',
    'energy_j',
    'energy_j_low_95',
    'energy_j_high_95'
  ]
  return csvOf([
    head,
    ...groups.map(({ name, delay, energy }) => [
      nameOf(name),
      delay.n,
      undefined,
      delay.mean,
      delay.low,
      delay.high,
      energy.mean,
      energy.low,
      energy.high
    ]),
    ...front.map((at) => [text.compare.chart.frontLine, undefined, at.energyWeight, at.delaySeconds, undefined, undefined, at.energyJoules])
  ])
}

/** For each gap, a fraction, the share of workflows × seeds within it, a column a group. */
export function profileCsv(
  names: readonly string[],
  { thresholds, shares }: { thresholds: readonly number[]; shares: readonly (readonly number[])[] }
): string {
  return csvOf([
    ['gap_at_most_fraction', ...names.map((name) => `${text.compare.chart.shareAxis}, ${name}`)],
    ...thresholds.map((gap, i) => [gap, ...names.map((_, g) => shares[g]?.[i])])
  ])
}

/** Excess by task, fractions of the optimal cost. */
export function lossesCsv(tasks: readonly { task: number; compute: number; transfer: number }[]): string {
  return csvOf([
    ['task', 'computing_excess_fraction_of_optimal_cost', 'transfer_excess_fraction_of_optimal_cost'],
    ...tasks.map(({ task, compute, transfer }) => [task + 1, compute, transfer])
  ])
}
