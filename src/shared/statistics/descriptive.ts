/** Mean of a list; NaN for an empty one. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/**
 * The q-quantile by linear interpolation (Hyndman & Fan 1996, definition 7). Infinities are values like any other: between a
 * number and ∞ is ∞. NaN where one of the values is NaN.
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort()
  // Sorting puts NaN last.
  if (Number.isNaN(sorted[sorted.length - 1])) return Number.NaN
  const at = (sorted.length - 1) * q
  const low = Math.floor(at)
  const high = Math.min(low + 1, sorted.length - 1)
  // ∞ − ∞ and 0 · ∞ are not numbers, and not needed where both neighbours are the same or the place is one of them.
  if (at === low || sorted[low] === sorted[high] || sorted[low] === Number.NEGATIVE_INFINITY) return sorted[low]
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low)
}

/**
 * Interquartile mean: the mean of the middle half, ⌊n/4⌋ values cut from each end, as rliable has it (Agarwal et al.,
 * NeurIPS 2021). Robust as the median, and needs fewer seeds. NaN for an empty list.
 */
export function interquartileMean(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const cut = Math.floor(sorted.length / 4)
  return mean(sorted.subarray(cut, sorted.length - cut))
}
