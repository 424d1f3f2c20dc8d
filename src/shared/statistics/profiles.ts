/**
 * How whole distributions compare, after Agarwal et al. (NeurIPS 2021): single values hide what seeds and workflows spread.
 */

/**
 * P(X < Y) + ½ P(X = Y) for one value drawn from each side: the chance that `x` is the better one where less is better
 * (Mann–Whitney U over the number of pairs). NaN where a side is empty.
 */
export function probabilityOfImprovement(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [lesser, greater] = [Float64Array.from(x).sort(), Float64Array.from(y).sort()]
  let wins = 0
  let [below, upTo] = [0, 0]
  for (const value of greater) {
    while (below < lesser.length && lesser[below] < value) below++
    while (upTo < lesser.length && lesser[upTo] <= value) upTo++
    wins += (below + upTo) / 2
  }
  return wins / (lesser.length * greater.length)
}

/** Mean of the probabilities over strata (workflows), as rliable averages over tasks. */
export function meanProbabilityOfImprovement(x: readonly ArrayLike<number>[], y: readonly ArrayLike<number>[]): number {
  let sum = 0
  for (let s = 0; s < x.length; s++) sum += probabilityOfImprovement(x[s], y[s])
  return sum / x.length
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
 * dip does not count. `points` is flat step, gap, step, gap …; undefined where the end is not within.
 */
export function stepsToWithin(points: ArrayLike<number>, within: number): number | undefined {
  let steps: number | undefined
  for (let i = points.length - 2; i >= 0; i -= 2) {
    if (!(points[i + 1] <= within)) break
    steps = points[i]
  }
  return steps
}
