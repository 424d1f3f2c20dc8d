import type { RandomStream } from '../random'

/** A point that was tried, and what it comes to. */
export interface Candidate {
  point: Float64Array
  cost: number
}

/**
 * One generation of evolution strategies (I. Rechenberg 1973; N. Hansen and A. Ostermeier 2001), for what has no gradient: `count` candidates
 * in mirrored pairs around `mean`, `spread` away from it in every coordinate on average; those where `moves` is 0 stay. In the order in
 * which they were drawn.
 */
export function generation(
  mean: Float64Array,
  spread: number,
  count: number,
  random: RandomStream,
  costOf: (point: Float64Array) => number,
  moves: (coordinate: number) => boolean = () => true
): Candidate[] {
  const candidates: Candidate[] = []
  while (candidates.length < count) {
    const step = mean.map((_, c) => {
      const drawn = spread * random.normal()
      return moves(c) ? drawn : 0
    })
    for (const sign of [1, -1]) {
      const point = mean.map((at, c) => at + sign * step[c])
      candidates.push({ point, cost: costOf(point) })
    }
  }
  return candidates
}

/** Where the mean moves: to the mean of the better half, the i-th best of μ weighted by ln(μ + ½) − ln i. */
export function recombined(candidates: readonly Candidate[]): Float64Array {
  const best = [...candidates].sort((a, b) => a.cost - b.cost).slice(0, Math.max(1, Math.floor(candidates.length / 2)))
  const weights = best.map((_, i) => Math.log(best.length + 0.5) - Math.log(i + 1))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return best[0].point.map((_, c) => best.reduce((sum, { point }, i) => sum + (weights[i] / all) * point[c], 0))
}
