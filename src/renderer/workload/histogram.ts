/** Values counted in bins of equal width. */
export interface Histogram {
  low: number
  high: number
  counts: number[]
  mean: number
}

/** The histogram of finite values in at most `most` bins; undefined where there are none. One value alone has one bin. */
export function histogramOf(values: readonly number[], most = 16): Histogram | undefined {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return undefined
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity)
  const high = finite.reduce((greatest, value) => Math.max(greatest, value), -Infinity)
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length
  if (low === high) return { low, high, counts: [finite.length], mean }
  const bins = Math.min(most, Math.max(4, Math.ceil(Math.sqrt(finite.length))))
  const counts = new Array<number>(bins).fill(0)
  for (const value of finite) counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))] += 1
  return { low, high, counts, mean }
}
