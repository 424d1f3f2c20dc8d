/** Values counted in bins of equal width. */
export interface Histogram {
  low: number
  high: number
  /** Where the bins begin and end: beyond low and high where each whole number has a bin about it. */
  from: number
  to: number
  counts: number[]
  mean: number
}

/** The histogram of finite values in at most `most` bins, of few whole numbers one each; undefined where there are none. One value alone has one bin. */
export function histogramOf(values: readonly number[], most = 16): Histogram | undefined {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return undefined
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity)
  const high = finite.reduce((greatest, value) => Math.max(greatest, value), -Infinity)
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length
  if (low === high) return { low, high, from: low, to: high, counts: [finite.length], mean }
  const isWhole = high - low < most && finite.every(Number.isInteger)
  const bins = isWhole ? high - low + 1 : Math.min(most, Math.max(4, Math.ceil(Math.sqrt(finite.length))))
  const [from, to] = isWhole ? [low - 0.5, high + 0.5] : [low, high]
  const counts = new Array<number>(bins).fill(0)
  for (const value of finite) counts[Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins))] += 1
  return { low, high, from, to, counts, mean }
}
