import { keptOf } from '@shared/curves/thinning'

/** A curve, or a part of one. */
export interface StoredCurve {
  /** Learn steps, ascending. */
  steps: Float64Array
  values: Float64Array
}

/** At most `maxPoints` points of a curve, the least and the greatest value of each stretch, first and last kept; 0 keeps every point. */
export function thinnedCurve(curve: StoredCurve, maxPoints: number): StoredCurve {
  const { steps, values } = curve
  if (maxPoints === 0 || steps.length <= maxPoints) return curve
  const kept = keptOf(steps.length, (i) => values[i], maxPoints)
  return { steps: Float64Array.from(kept, (i) => steps[i]), values: Float64Array.from(kept, (i) => values[i]) }
}

/** The points of a curve from one step to another, and the neighbour to either side, so that a line drawn through them runs on. */
export function stretchOf({ steps, values }: StoredCurve, [from, to]: readonly [from: number, to: number]): StoredCurve {
  const first = steps.findIndex((step) => step >= from)
  const after = steps.findIndex((step) => step > to)
  const start = Math.max(0, (first < 0 ? steps.length : first) - 1)
  const end = after < 0 ? steps.length : after + 1
  return { steps: steps.slice(start, end), values: values.slice(start, end) }
}
