/** A curve, or a part of one. */
export interface Curve {
  /** Learn steps, ascending. */
  steps: Float64Array
  values: Float64Array
}

/**
 * At most `maxPoints` points of a curve: of each of `maxPoints / 2` stretches of equally many points, the least and the
 * greatest value, in the order they come. A stretch without numbers gives one NaN, so that a gap stays a gap.
 * 0 keeps every point.
 */
export function thin(curve: Curve, maxPoints: number): Curve {
  const count = curve.steps.length
  if (maxPoints === 0 || count <= maxPoints) return curve
  const stretches = Math.max(1, Math.floor(maxPoints / 2))
  const kept: number[] = []
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * count) / stretches)
    const to = Math.floor(((s + 1) * count) / stretches)
    let least = -1
    let greatest = -1
    for (let i = from; i < to; i++) {
      const value = curve.values[i]
      if (Number.isNaN(value)) continue
      if (least < 0 || value < curve.values[least]) least = i
      if (greatest < 0 || value > curve.values[greatest]) greatest = i
    }
    if (least < 0) kept.push(from)
    else if (least === greatest || maxPoints === 1) kept.push(greatest)
    else kept.push(Math.min(least, greatest), Math.max(least, greatest))
  }
  return { steps: Float64Array.from(kept, (i) => curve.steps[i]), values: Float64Array.from(kept, (i) => curve.values[i]) }
}

/** The points of a curve from one step to another, and the neighbour to either side, so that a line drawn through them runs on. */
export function within({ steps, values }: Curve, [from, to]: readonly [from: number, to: number]): Curve {
  const first = steps.findIndex((step) => step >= from)
  const after = steps.findIndex((step) => step > to)
  const start = Math.max(0, (first < 0 ? steps.length : first) - 1)
  const end = after < 0 ? steps.length : after + 1
  return { steps: steps.slice(start, end), values: values.slice(start, end) }
}
