import { lastNumber } from '@shared/charts/standing'
import { keptOf } from '@shared/curves/thinning'

/** Curves as they travel and are drawn: flat x, y, x, y …; NaN is a gap. Every function makes a new array. */
export type Points = Float64Array

export const NO_POINTS: Points = new Float64Array(0)

/** More points than this a curve are thinned before they are drawn. */
export const DRAWN_POINTS = 2000

/**
 * Points a curve is drawn with beside so many others: lines that scatter over a whole chart are slow to paint, and of ten of them laid
 * over each other nobody sees every point.
 */
export function drawnPoints(curves: number): number {
  return Math.min(DRAWN_POINTS, Math.max(300, Math.round(5000 / curves)))
}

export function pointCount(points: Points): number {
  return points.length / 2
}

/** The last value that is a number, an infinite one too. */
export function lastValue(points: Points): number | undefined {
  const at = lastNumber(points)
  return at < 0 ? undefined : points[2 * at + 1]
}

export function lastStep(points: Points): number {
  return points.length === 0 ? 0 : points[points.length - 2]
}

/**
 * `points` followed by new ones. A run that continued from a checkpoint makes steps again that it had made before:
 * what stood from the first new step on is replaced. Values that did not survive their journey count as gaps.
 */
export function append(points: Points, steps: readonly number[], values: readonly (number | null)[]): Points {
  if (steps.length === 0) return points
  let kept = pointCount(points)
  while (kept > 0 && points[2 * (kept - 1)] >= steps[0]) kept -= 1
  const next = new Float64Array(2 * (kept + steps.length))
  next.set(points.subarray(0, 2 * kept))
  for (let i = 0; i < steps.length; i++) {
    next[2 * (kept + i)] = steps[i]
    next[2 * (kept + i) + 1] = values[i] ?? Number.NaN
  }
  return next
}

/** What was read, continued by what arrived while it was read. */
export function continued(read: Points, arrived: Points): Points {
  const count = pointCount(arrived)
  const at = (offset: number) => Array.from({ length: count }, (_, i) => arrived[2 * i + offset])
  return append(read, at(0), at(1))
}

/** At most `most` points, the least and the greatest of each stretch, first and last kept. Gaps stay gaps. */
export function thin(points: Points, most = DRAWN_POINTS): Points {
  if (pointCount(points) <= most) return points
  const kept = keptOf(pointCount(points), (i) => points[2 * i + 1], most)
  const next = new Float64Array(2 * kept.length)
  kept.forEach((i, k) => {
    next[2 * k] = points[2 * i]
    next[2 * k + 1] = points[2 * i + 1]
  })
  return next
}

/** The points from one step to another and the neighbour to either side, so that lines run on to the edge. */
export function pointsBetween(points: Points, [from, to]: readonly [from: number, to: number]): Points {
  let first = 0
  let end = pointCount(points)
  while (first < end - 1 && points[2 * (first + 1)] < from) first += 1
  while (end > first + 1 && points[2 * (end - 2)] > to) end -= 1
  return points.slice(2 * first, 2 * end)
}

/**
 * Each point on the straight line that fits it and its neighbours best (least squares), `reach` to either side: their mean, where there are as
 * many on both. At the beginning there are only as many after a point as before it, so that a curve begins where it begins; towards the end
 * fewer follow, and the line keeps one last scattered value from bending the curve. Gaps stay gaps. Short curves are left as they are.
 */
export function runningMean(points: Points, reach = 12): Points {
  const count = pointCount(points)
  if (count <= 4 * reach) return points
  const next = points.slice()
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(points[2 * i + 1])) continue
    const before = Math.min(reach, i)
    next[2 * i + 1] = fitted(points, i, i - before, i + Math.min(before, count - 1 - i))
  }
  return next
}

/** The value at point `i` of the line through the points from one to another, by their order. */
function fitted(points: Points, i: number, from: number, to: number): number {
  let [known, sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0, 0]
  for (let k = from; k <= to; k++) {
    const y = points[2 * k + 1]
    if (!Number.isFinite(y)) continue
    const x = k - i
    known += 1
    sumX += x
    sumY += y
    sumXX += x * x
    sumXY += x * y
  }
  const spread = known * sumXX - sumX * sumX
  return spread > 0 ? (sumY * sumXX - sumX * sumXY) / spread : sumY / known
}

/** The point nearest to step `x`; undefined on an empty curve or where the curve ends before `x`. */
export function nearest(points: Points, x: number): { step: number; value: number } | undefined {
  const count = pointCount(points)
  if (count === 0) return undefined
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (points[2 * middle] < x) low = middle + 1
    else high = middle
  }
  if (low > 0 && x - points[2 * (low - 1)] < points[2 * low] - x) low -= 1
  // Half a typical distance past its end a curve has nothing to say.
  const reach = count > 1 ? (points[2 * (count - 1)] - points[0]) / (count - 1) : Number.POSITIVE_INFINITY
  if (x > points[2 * (count - 1)] + reach) return undefined
  return { step: points[2 * low], value: points[2 * low + 1] }
}
