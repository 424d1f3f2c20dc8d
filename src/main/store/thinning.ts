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
  const { steps, values } = curve
  const count = steps.length
  if (maxPoints === 0 || count <= maxPoints) return curve
  const stretches = Math.max(1, Math.floor(maxPoints / 2))
  const kept = new Uint32Array(2 * stretches)
  let size = 0
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * count) / stretches)
    const to = Math.floor(((s + 1) * count) / stretches)
    let least = -1
    let greatest = -1
    for (let i = from; i < to; i++) {
      const value = values[i]
      if (Number.isNaN(value)) continue
      if (least < 0 || value < values[least]) least = i
      if (greatest < 0 || value > values[greatest]) greatest = i
    }
    if (least < 0) kept[size++] = from
    else if (least === greatest || maxPoints === 1) kept[size++] = greatest
    else {
      kept[size++] = Math.min(least, greatest)
      kept[size++] = Math.max(least, greatest)
    }
  }
  return { steps: picked(steps, kept, size), values: picked(values, kept, size) }
}

/** The first `size` of `kept` places of an array. */
function picked(all: Float64Array, kept: Uint32Array, size: number): Float64Array {
  const some = new Float64Array(size)
  for (let i = 0; i < size; i++) some[i] = all[kept[i]]
  return some
}

/** The points of a curve from one step to another, and the neighbour to either side, so that a line drawn through them runs on. */
export function within({ steps, values }: Curve, [from, to]: readonly [from: number, to: number]): Curve {
  const first = steps.findIndex((step) => step >= from)
  const after = steps.findIndex((step) => step > to)
  const start = Math.max(0, (first < 0 ? steps.length : first) - 1)
  const end = after < 0 ? steps.length : after + 1
  return { steps: steps.slice(start, end), values: values.slice(start, end) }
}
