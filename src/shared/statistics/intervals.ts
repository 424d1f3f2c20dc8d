import { mean } from './descriptive'
import { studentQuantile, studentTwoSided } from './student'

/**
 * Intervals and tests over seeds. A value is what one seed's trained policy comes to, over all workflows at once: policies are
 * what is drawn at random, workflows are the same for every one of them. Everything the lab calls a 95 % interval comes from here.
 */

export type Interval = [low: number, high: number]

const LEVEL = 0.95
// Few sizes occur, and each is asked for at every point of a curve.
const quantiles = new Map<number, number>()

function point(freedom: number): number {
  const known = quantiles.get(freedom)
  if (known !== undefined) return known
  const found = studentQuantile(1 - LEVEL, freedom)
  if (Number.isInteger(freedom)) quantiles.set(freedom, found)
  return found
}

/** Unbiased variance; NaN under two values. */
function variance(values: ArrayLike<number>): number {
  const centre = mean(values)
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2
  return squares / (values.length - 1)
}

/**
 * The 95 % interval of the mean by Student's t; undefined under 2 values, where there is nothing to estimate a spread from, and where a
 * value is infinite or NaN, whose spread is not a number.
 */
export function meanInterval95(values: ArrayLike<number>): Interval | undefined {
  const n = values.length
  if (n < 2) return undefined
  const centre = mean(values)
  if (!Number.isFinite(centre)) return undefined
  const half = point(n - 1) * Math.sqrt(variance(values) / n)
  return [centre - half, centre + half]
}

/** A mean with its interval and how many seeds it rests on. */
export interface Estimate {
  mean: number
  /** Undefined for one seed. */
  interval?: Interval
  n: number
}

export function estimateOf(values: ArrayLike<number>): Estimate {
  const interval = meanInterval95(values)
  return { mean: mean(values), ...(interval && { interval }), n: values.length }
}

/** How the means of two groups differ, and whether seeds alone explain it. */
export interface SeedDifference {
  /** Mean of b less mean of a. */
  difference: number
  interval: Interval
  /** Two-sided. */
  p: number
  test: SeedTest
}

/** Student's t on the differences of seeds that both groups have; Welch's on groups of different seeds. */
export const SEED_TESTS = ['paired-t', 'welch'] as const
export type SeedTest = (typeof SEED_TESTS)[number]

/** Undefined where a value was infinite or NaN. */
function judged(difference: number, error: number, freedom: number, test: SeedTest): SeedDifference | undefined {
  if (!Number.isFinite(difference) || !Number.isFinite(error)) return undefined
  // Nothing varies: two constants, equal or not.
  if (error === 0) return { difference, interval: [difference, difference], p: difference === 0 ? 1 : 0, test }
  const half = point(freedom) * error
  return { difference, interval: [difference - half, difference + half], p: studentTwoSided(difference / error, freedom), test }
}

/** b − a, seed by seed, by Student's t. Undefined under two pairs. Throws RangeError where lengths differ. */
export function pairedSeedDifference(a: readonly number[], b: readonly number[]): SeedDifference | undefined {
  if (a.length !== b.length) throw new RangeError(`pairs need as many values on both sides, not ${a.length} and ${b.length}`)
  if (a.length < 2) return undefined
  const differences = a.map((value, i) => b[i] - value)
  return judged(mean(differences), Math.sqrt(variance(differences) / a.length), a.length - 1, 'paired-t')
}

/**
 * b − a of independent seeds, by Welch's t with Satterthwaite's degrees of freedom (Welch 1947). A side marked constant – an
 * algorithm that draws nothing at random – has a variance of 0 and needs one value; every other side needs two, else undefined.
 */
export function welchDifference(
  a: readonly number[],
  b: readonly number[],
  constant: { a?: boolean; b?: boolean } = {}
): SeedDifference | undefined {
  const side = (values: readonly number[], isConstant = false) =>
    values.length === 0 || (values.length < 2 && !isConstant)
      ? undefined
      : { error: isConstant ? 0 : variance(values) / values.length, freedom: values.length - 1 }
  const [left, right] = [side(a, constant.a), side(b, constant.b)]
  if (!left || !right) return undefined
  const error = left.error + right.error
  const share = (of: { error: number; freedom: number }) => (of.error === 0 ? 0 : of.error ** 2 / of.freedom)
  const freedom = error === 0 ? 1 : error ** 2 / (share(left) + share(right))
  return judged(mean(b) - mean(a), Math.sqrt(error), freedom, 'welch')
}
