/** Mean of a list; NaN for an empty one. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/**
 * The q-quantile by linear interpolation (Hyndman & Fan 1996, definition 7). Infinities are values like any other: between a
 * number and ∞ lies ∞. NaN where one of the values is NaN.
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort()
  // Sorting puts NaN last.
  if (Number.isNaN(sorted[sorted.length - 1])) return Number.NaN
  const at = (sorted.length - 1) * q
  const low = Math.floor(at)
  const high = Math.min(low + 1, sorted.length - 1)
  // ∞ − ∞ and 0 · ∞ are no numbers, and not needed where both neighbours are the same or the place is one of them.
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

// Two-sided 97.5 % points of Student's t for 1 … 30 degrees of freedom.
const T_975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042
]

/**
 * The 95 % interval of the mean by Student's t; undefined under 2 values, where there is nothing to estimate a spread from, and where
 * a value is infinite or NaN, whose spread is no number.
 */
export function meanInterval95(values: ArrayLike<number>): [low: number, high: number] | undefined {
  const n = values.length
  if (n < 2) return undefined
  const centre = mean(values)
  if (!Number.isFinite(centre)) return undefined
  let squares = 0
  for (let i = 0; i < n; i++) squares += (values[i] - centre) ** 2
  const half = (T_975[n - 2] ?? 1.96 + 2.4 / (n - 1)) * Math.sqrt(squares / (n - 1) / n)
  return [centre - half, centre + half]
}
