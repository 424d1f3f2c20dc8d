import { weakestKind } from '../model/assessment'
import type { ReferenceKind } from '../model/world'
import { amount, amountHalf, cost, costHalf, count, fixed, gap, gapHalf, integer, milliseconds, NONE } from '../format'
import { FIGURES, type FigureKey } from './compared'
import type { FigureCell, FigureRow } from './comparison'

/** How the figures of a comparison read: fractions as per cent, everything with the decimals its kind has. */

const isPercent = (key: FigureKey) => key.startsWith('gap')

/** A mean, without its unit. */
export function meanText(key: FigureKey, value: number | undefined): string {
  if (value === undefined) return NONE
  if (isPercent(key)) return gap(value)
  if (key === 'exact') return fixed(value * 100, 1)
  if (key === 'cost') return cost(value)
  if (key === 'decision') return milliseconds(value)
  return key.startsWith('stepsTo') ? integer(value) : amount(value)
}

/** Half of an interval beside its mean, `± 0.010`; empty where there is none, as beside an infinite mean. */
export function halfText(key: FigureKey, { mean, interval }: FigureCell): string {
  if (mean === undefined || !interval) return ''
  const half = (interval[1] - interval[0]) / 2
  if (!Number.isFinite(mean) || !Number.isFinite(half)) return ''
  if (isPercent(key)) return gapHalf(mean, half)
  if (key === 'exact') return `± ${fixed(half * 100, 1)}`
  if (key === 'cost') return costHalf(mean, half)
  if (key === 'decision') return `± ${fixed(half, 2)}`
  return key.startsWith('stepsTo') ? `± ${integer(half)}` : amountHalf(mean, half)
}

/** A difference with its sign; none before no value, as of two that are infinite. */
export function differenceText(key: FigureKey, value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return NONE
  const text = meanText(key, Math.abs(value))
  if (value === 0) return '0'
  // Too small for its decimals.
  if (text.startsWith('<')) return '≈ 0'
  return `${value > 0 ? '+' : '−'}${text}`
}

/** A p-value; under a thousandth only that. */
export function pText(p: number | undefined): string {
  if (p === undefined || Number.isNaN(p)) return NONE
  return p < 0.001 ? '< 0.001' : fixed(p, 3)
}

/** Name and unit of a figure, as heads of tables have it. */
export function figureHead(key: FigureKey): string {
  const { label, unit } = FIGURES.find((figure) => figure.key === key) ?? { label: key, unit: '' }
  return unit === '' ? label : `${label}, ${unit}`
}

/** Why figures have no interval, where that is because a gap is infinite; undefined where none is. */
export function infiniteNote(figures: readonly FigureRow[]): string | undefined {
  const isThere = figures.some(({ cells }) => cells.some(({ mean }) => mean === Number.POSITIVE_INFINITY))
  return isThere ? '∞: a workflow that costs nothing in the optimum was placed at a cost; such means have no interval.' : undefined
}

/** What gaps are to, where that is weaker than the optimum; undefined where all are to it. */
export function referenceNote(kinds: readonly ReferenceKind[]): string | undefined {
  const kind = weakestKind(kinds)
  if (kind === 'optimum') return undefined
  return kind === 'bound'
    ? 'Gaps are to a lower bound of Q: those to the optimum are at most as great.'
    : 'Gaps are to the best known Q, which may not be the optimum.'
}

/** What the computing of a comparison's figures is called while it goes on. */
export function comparisonTitle(runs: number): string {
  return `Comparison of ${count(runs, 'run', 'runs')}`
}

/** What finding the losses of a group is called while it goes on. */
export function lossesTitle(algorithm: string, runs: number): string {
  return `Losses of ${count(runs, 'run', 'runs')} of ${algorithm}`
}
