import { standardNormalTail } from './normal'

/** Up to so many differences the distribution of the signed-rank sum is counted out; beyond, the normal approximation. */
const MOST_EXACT = 50

export interface SignedRank {
  /** Sum of the ranks of positive differences, W+. */
  positive: number
  /** Sum of the ranks of negative differences, W−. */
  negative: number
  /** Differences that are not zero: zeros say nothing and are dropped, as Wilcoxon did. */
  pairs: number
  /** Two-sided; 1 where no pair differs. */
  p: number
}

/** Ranks 1 … n of sizes, ties sharing the mean of theirs, times two so that all are whole numbers. Sizes are sorted once, then looked up. */
function doubledRanks(sizes: Float64Array): { ranks: Float64Array; tieTerm: number } {
  const sorted = sizes.slice().sort()
  /** [place in `sorted`] the doubled rank of the size there. */
  const shared = new Float64Array(sorted.length)
  let tieTerm = 0
  for (let from = 0; from < sorted.length; ) {
    let to = from
    while (to + 1 < sorted.length && sorted[to + 1] === sorted[from]) to++
    shared.fill(from + to + 2, from, to + 1)
    const tied = to - from + 1
    tieTerm += tied ** 3 - tied
    from = to + 1
  }
  return { ranks: sizes.map((size) => shared[placeOf(sorted, size)]), tieTerm }
}

/** A place of `value` among ascending values that hold it. */
function placeOf(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

/** [w] P(W ≤ w) when each rank counts with probability ½: the number of subsets by their sum. */
function lowerTails(ranks: Float64Array): Float64Array {
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  const chance = new Float64Array(total + 1)
  chance[0] = 1
  let reached = 0
  for (const rank of ranks) {
    reached += rank
    for (let sum = reached; sum >= 0; sum--) chance[sum] = (chance[sum] + (sum >= rank ? chance[sum - rank] : 0)) / 2
  }
  for (let sum = 1; sum <= total; sum++) chance[sum] += chance[sum - 1]
  return chance
}

/** Where nothing ties the ranks are 2, 4 … 2n whatever the values: one table for each n. Every chance in it is a multiple of 2⁻ⁿ, so exact. */
const untied = new Map<number, Float64Array>()

function tailsOf(ranks: Float64Array, tieTerm: number): Float64Array {
  if (tieTerm > 0) return lowerTails(ranks)
  const known = untied.get(ranks.length) ?? lowerTails(ranks)
  untied.set(ranks.length, known)
  return known
}

/**
 * Wilcoxon's signed-rank test that paired differences are symmetric about 0 (Wilcoxon 1945), two-sided. Exact, ties
 * included, up to 50 differences; beyond by the normal approximation with the tie correction (Pratt 1959).
 */
export function wilcoxonSignedRank(differences: ArrayLike<number>): SignedRank {
  const kept = Float64Array.from(differences).filter((difference) => difference !== 0 && !Number.isNaN(difference))
  const n = kept.length
  if (n === 0) return { positive: 0, negative: 0, pairs: 0, p: 1 }
  const { ranks, tieTerm } = doubledRanks(kept.map(Math.abs))
  let positive = 0
  for (let i = 0; i < n; i++) if (kept[i] > 0) positive += ranks[i]
  const negative = n * (n + 1) - positive
  const least = Math.min(positive, negative)
  const exact = () => 2 * tailsOf(ranks, tieTerm)[least]
  const approximate = () => {
    const centre = (n * (n + 1)) / 4
    const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieTerm / 48
    return 2 * standardNormalTail(Math.abs(least / 2 - centre) / Math.sqrt(variance))
  }
  return { positive: positive / 2, negative: negative / 2, pairs: n, p: Math.min(1, n <= MOST_EXACT ? exact() : approximate()) }
}
