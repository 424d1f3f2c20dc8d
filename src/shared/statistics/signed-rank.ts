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

/** Ranks 1 … n of absolute values, ties sharing the mean of theirs, times two so that all are whole numbers. */
function doubledRanks(sizes: readonly number[]): { ranks: number[]; tieTerm: number } {
  const order = sizes.map((_, i) => i).sort((a, b) => sizes[a] - sizes[b])
  const ranks = new Array<number>(sizes.length)
  let tieTerm = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && sizes[order[to + 1]] === sizes[order[from]]) to++
    for (let i = from; i <= to; i++) ranks[order[i]] = from + 1 + (to + 1)
    const tied = to - from + 1
    tieTerm += tied ** 3 - tied
    from = to + 1
  }
  return { ranks, tieTerm }
}

/** P(W ≤ w) when each rank counts with probability ½: the number of subsets by their sum. */
function lowerTail(ranks: readonly number[], w: number): number {
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  const chance = new Float64Array(total + 1)
  chance[0] = 1
  let reached = 0
  for (const rank of ranks) {
    reached += rank
    for (let sum = reached; sum >= 0; sum--) chance[sum] = (chance[sum] + (sum >= rank ? chance[sum - rank] : 0)) / 2
  }
  let tail = 0
  for (let sum = 0; sum <= w; sum++) tail += chance[sum]
  return tail
}

/**
 * Wilcoxon's signed-rank test that paired differences are symmetric about 0 (Wilcoxon 1945), two-sided. Exact, ties
 * included, up to 50 differences; beyond by the normal approximation with the tie correction (Pratt 1959).
 */
export function wilcoxonSignedRank(differences: readonly number[]): SignedRank {
  const kept = differences.filter((difference) => difference !== 0 && !Number.isNaN(difference))
  const n = kept.length
  if (n === 0) return { positive: 0, negative: 0, pairs: 0, p: 1 }
  const { ranks, tieTerm } = doubledRanks(kept.map(Math.abs))
  let positive = 0
  for (let i = 0; i < n; i++) if (kept[i] > 0) positive += ranks[i]
  const negative = n * (n + 1) - positive
  const least = Math.min(positive, negative)
  const exact = () => 2 * lowerTail(ranks, least)
  const approximate = () => {
    const centre = (n * (n + 1)) / 4
    const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieTerm / 48
    return 2 * standardNormalTail(Math.abs(least / 2 - centre) / Math.sqrt(variance))
  }
  return { positive: positive / 2, negative: negative / 2, pairs: n, p: Math.min(1, n <= MOST_EXACT ? exact() : approximate()) }
}
