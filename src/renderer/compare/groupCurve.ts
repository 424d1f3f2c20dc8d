import { meanOverSeeds, type SeedCurve } from '@shared/curves/seedMean'
import { meanInterval95 } from '@shared/statistics/intervals'
import type { Curve } from '../charts/curve'
import { lastValue, type Points } from '../charts/points'
import type { LineStyle } from '@shared/algorithms/looks'

/** Fewer seeds than this are drawn one by one: an interval over two says nothing. */
const LEAST_FOR_BAND = 3
const MEAN_POINTS = 1000

/** What is drawn of a group's seeds beside their mean. */
type Spread = 'interval' | 'range' | 'seeds'

/** Student's t may reach below zero for few seeds; a logarithmic axis shows that at its edge. */
function bandOf(values: readonly number[], spread: 'interval' | 'range'): [low: number, high: number] | undefined {
  return spread === 'interval' ? meanInterval95(values) : [Math.min(...values), Math.max(...values)]
}

/** The points of a curve up to `end`. */
export function pointsUpTo(points: Points, end: number): Points {
  const beyond = points.findIndex((value, i) => i % 2 === 0 && value > end)
  return beyond < 0 ? points : points.slice(0, beyond)
}

const asSeed = (points: Points): SeedCurve => ({
  steps: points.filter((_, i) => i % 2 === 0),
  values: points.filter((_, i) => i % 2 === 1)
})

/** Mean and band [x, low, high, …] over several seeds wherever all of them have a point; NaN where one has a gap. */
function meanOf(seeds: readonly { points: Points }[], spread: Spread): { points: Points; band: number[] } {
  const points: number[] = []
  const band: number[] = []
  for (const { step, values, mean } of meanOverSeeds(
    seeds.map(({ points }) => asSeed(points)),
    MEAN_POINTS
  )) {
    points.push(step, mean)
    if (values.length >= LEAST_FOR_BAND && spread !== 'seeds') band.push(step, ...(bandOf(values, spread) ?? [Number.NaN, Number.NaN]))
  }
  return { points: Float64Array.from(points), band }
}

/**
 * The curve of a group: the mean over its seeds wherever all of them have a value, with their 95 % interval (or
 * their range) from three seeds on; with fewer, or where asked for, the seeds themselves, thin.
 */
export function groupCurves(
  group: { key: string; name: string; look: LineStyle },
  seeds: readonly { id: string; label: string; points: Points }[],
  end: ((value: number) => string) | undefined,
  spread: Spread = 'interval'
): Curve[] {
  const drawn = seeds.filter(({ points }) => points.length > 0)
  if (drawn.length === 0) return []
  const { points, band } = drawn.length === 1 ? { points: drawn[0].points, band: [] } : meanOf(drawn, spread)
  const last = lastValue(points)
  const own: Curve = {
    key: group.key,
    label: group.name,
    look: group.look,
    points,
    marked: true,
    ...(band.length > 0 && { band: Float64Array.from(band), ...(spread === 'range' && { spread }) }),
    ...(end && last !== undefined && { end: `${group.name} ${end(last)}` })
  }
  const single = drawn.length > 1 && (drawn.length < LEAST_FOR_BAND || spread === 'seeds')
  return [...(single ? drawn.map(({ id, label, points }): Curve => ({ key: id, label, look: group.look, points, thin: true })) : []), own]
}
