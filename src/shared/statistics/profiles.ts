/**
 * How whole distributions compare, after Agarwal et al. (NeurIPS 2021): single values hide what seeds and workflows spread.
 */

/**
 * P(X < Y) + ½ P(X = Y) for one value drawn from each side: the chance that `x` is the better one where less is better
 * (Mann–Whitney U over the number of pairs). NaN where a side is empty.
 */
export function probabilityOfImprovement(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return winsOf(Float64Array.from(x).sort(), Float64Array.from(y).sort())
}

/** The same for a stretch of each list that ascends: `size` values from `at`. */
function winsOf(x: Float64Array, y: Float64Array, atX = 0, sizeX = x.length, atY = 0, sizeY = y.length): number {
  let wins = 0
  let [below, upTo] = [0, 0]
  for (let i = atY; i < atY + sizeY; i++) {
    const value = y[i]
    while (below < sizeX && x[atX + below] < value) below++
    while (upTo < sizeX && x[atX + upTo] <= value) upTo++
    wins += (below + upTo) / 2
  }
  return wins / (sizeX * sizeY)
}

/** Values by stratum (workflow), ascending within each: sorted once, however many others they are compared with. */
export interface Strata {
  count: number
  /** Values of each stratum. */
  size: number
  /** [count][size]. */
  values: Float64Array
}

/** Strata of lists [seeds][strata]: as many strata as the first list has values. */
export function strataOf(lists: readonly ArrayLike<number>[]): Strata {
  const size = lists.length
  const count = lists[0]?.length ?? 0
  const values = new Float64Array(count * size)
  lists.forEach((list, seed) => {
    for (let s = 0; s < count; s++) values[s * size + seed] = list[s]
  })
  if (size > 1) for (let s = 0; s < count; s++) values.subarray(s * size, (s + 1) * size).sort()
  return { count, size, values }
}

/** Mean of the probabilities over strata, as rliable averages over tasks. Both sides have the same strata, in the same order. */
export function meanProbabilityOfImprovement(x: Strata, y: Strata): number {
  let sum = 0
  for (let s = 0; s < x.count; s++) sum += winsOf(x.values, y.values, s * x.size, x.size, s * y.size, y.size)
  return sum / x.count
}

/** Performance profile: for each threshold the share of values at most as great. Less is better, so higher is better. */
export function performanceProfile(values: ArrayLike<number>, thresholds: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  return thresholds.map((threshold) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle] <= threshold) low = middle + 1
      else high = middle
    }
    return low / sorted.length
  })
}

/**
 * Learn steps after which a gap curve comes to `within` (0.05: 5 % of the optimum) and stays there until it ends: a lucky
 * dip does not count. Undefined where the end is not within.
 */
export function stepsToWithin(steps: ArrayLike<number>, gaps: ArrayLike<number>, within: number): number | undefined {
  let at: number | undefined
  for (let i = steps.length - 1; i >= 0; i--) {
    if (!(gaps[i] <= within)) break
    at = steps[i]
  }
  return at
}
