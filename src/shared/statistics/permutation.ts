import { randomStream } from '../model/random'
import { mean } from './descriptive'

/** Up to so many regroupings all are tried; beyond, as many random ones. */
const MOST_REGROUPINGS = 20_000

function choose(n: number, k: number): number {
  let count = 1
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i
  return Math.round(count)
}

/**
 * Two-sided permutation test that two lists (one value a seed) come from one distribution, by the difference of their
 * means (Fisher 1935; Pitman 1937). Exact where at most 20,000 regroupings exist, else by 20,000 random ones, of which
 * the observed one is counted as one. Undefined where a side is empty.
 */
export function permutationTest(a: readonly number[], b: readonly number[], seed = 0): number | undefined {
  if (a.length === 0 || b.length === 0) return undefined
  const all = [...a, ...b]
  const total = all.reduce((sum, value) => sum + value, 0)
  const observed = Math.abs(mean(a) - mean(b))
  // Regroupings that differ from the observed one by rounding alone are as extreme as it is.
  const slack = 1e-12 * Math.max(1e-300, ...all.map(Math.abs))
  const isExtreme = (sumA: number) => Math.abs(sumA / a.length - (total - sumA) / b.length) >= observed - slack
  return choose(all.length, a.length) <= MOST_REGROUPINGS
    ? exactShare(all, a.length, isExtreme)
    : sampledShare(all, a.length, isExtreme, seed)
}

function exactShare(all: readonly number[], size: number, isExtreme: (sum: number) => boolean): number {
  let extreme = 0
  let count = 0
  const pick = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      count++
      if (isExtreme(sum)) extreme++
      return
    }
    for (let i = from; i <= all.length - left; i++) pick(i + 1, left - 1, sum + all[i])
  }
  pick(0, size, 0)
  return extreme / count
}

function sampledShare(all: readonly number[], size: number, isExtreme: (sum: number) => boolean, seed: number): number {
  const random = randomStream(seed, 'statistics')
  const drawn = Float64Array.from(all)
  let extreme = 1
  for (let k = 0; k < MOST_REGROUPINGS; k++) {
    let sum = 0
    for (let i = 0; i < size; i++) {
      const j = i + random.below(drawn.length - i)
      ;[drawn[i], drawn[j]] = [drawn[j], drawn[i]]
      sum += drawn[i]
    }
    if (isExtreme(sum)) extreme++
  }
  return extreme / (MOST_REGROUPINGS + 1)
}

/**
 * The least two-sided p that the exact permutation test of so many seeds can come to, whatever the values: with three against
 * three no test that assumes nothing of the distribution gets below 0.1.
 */
export function leastPermutationP(a: number, b: number): number {
  return (a === b ? 2 : 1) / choose(a + b, a)
}

/** Cliff's δ (Cliff 1993): P(y < x) − P(y > x), from −1 to 1; above 0 where values of `x` are the greater ones. Infinities of one sign tie. NaN where a side is empty. */
export function cliffsDelta(x: readonly number[], y: readonly number[]): number {
  let balance = 0
  for (const left of x) for (const right of y) balance += Number(left > right) - Number(left < right)
  return balance / (x.length * y.length)
}
