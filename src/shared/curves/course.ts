/** What a run's gap curve comes to as a whole: how soon and how steadily it learned, not only where it ended. */
export interface Course {
  /** Area under the gap curve over learn steps, divided by the steps: the mean gap along the run. */
  meanGap: number
  /** The same under the logarithm of the gap: the geometric mean along the run. Gaps below 0.0001 % count as that. */
  logMeanGap: number
  /** The least gap along the run and the first learn step it was recorded at. */
  bestGap: number
  bestStep: number
}

/** Smaller gaps are one as far as logarithms are concerned. */
const LEAST = 1e-6

/**
 * The course of a gap curve by the trapezoidal rule; undefined under two points, NaN means where a point is not a number. `steps` ascend.
 */
export function courseOf(steps: ArrayLike<number>, gaps: ArrayLike<number>): Course | undefined {
  const last = steps.length - 1
  if (last < 1) return undefined
  let [area, logArea, best] = [0, 0, 0]
  const log = (gap: number) => Math.log(Math.max(LEAST, gap))
  for (let i = 0; i < last; i++) {
    const width = (steps[i + 1] - steps[i]) / 2
    area += width * (gaps[i] + gaps[i + 1])
    logArea += width * (log(gaps[i]) + log(gaps[i + 1]))
    if (gaps[i + 1] < gaps[best] || Number.isNaN(gaps[best])) best = i + 1
  }
  const length = steps[last] - steps[0]
  return { meanGap: area / length, logMeanGap: Math.exp(logArea / length), bestGap: gaps[best], bestStep: steps[best] }
}
