import { standardNormalTail } from './normal'
import { fisherTail } from './student'

/**
 * Several algorithms over several blocks – a world, or a world and a seed – by their ranks (M. Friedman 1937; R. Iman and J. Davenport 1980;
 * J. Demšar 2006). 1 is the least value, the best of a gap; equal ones share the mean of their ranks.
 */
export interface Ranking {
  /** [algorithms] mean rank over the blocks. */
  ranks: number[]
  blocks: number
  /** Iman and Davenport's F; Infinity where every block ranks alike. */
  statistic: number
  /** That all algorithms are alike. */
  p: number
  /** Mean ranks farther apart than this differ, at 5 % over all pairs (Nemenyi). */
  criticalDifference: number
}

/** `blocks` [blocks][algorithms]. Throws RangeError under two blocks or two algorithms, and where a value is not a number. */
export function rankingOf(blocks: readonly (readonly number[])[]): Ranking {
  const n = blocks.length
  const k = blocks[0]?.length ?? 0
  if (n < 2 || k < 2) throw new RangeError(`ranks need at least two blocks of two algorithms, not ${n} of ${k}`)
  if (blocks.some((block) => block.length !== k || block.some(Number.isNaN)))
    throw new RangeError('every block needs a value of every algorithm')
  const ranks = Array.from({ length: k }, () => 0)
  for (const block of blocks) ranksWithin(block).forEach((rank, a) => (ranks[a] += rank / n))
  const squares = ranks.reduce((sum, rank) => sum + rank * rank, 0)
  const chi = ((12 * n) / (k * (k + 1))) * (squares - (k * (k + 1) ** 2) / 4)
  const rest = n * (k - 1) - chi
  const statistic = rest <= 1e-9 ? Number.POSITIVE_INFINITY : ((n - 1) * chi) / rest
  return { ranks, blocks: n, statistic, p: fisherTail(statistic, k - 1, (k - 1) * (n - 1)), criticalDifference: nemenyiDistance(k, n) }
}

/** Ranks within a block, from 1; equal values share theirs. */
export function ranksWithin(values: readonly number[]): number[] {
  return values.map((value) => {
    let below = 0
    let equal = 0
    for (const other of values) {
      if (other < value) below++
      else if (other === value) equal++
    }
    return below + (equal + 1) / 2
  })
}

/** Groups of neighbours, by mean rank, that the test cannot part: [first, last] of the ranks in ascending order, none within another. */
export function cliquesOf(sorted: readonly number[], distance: number): [first: number, last: number][] {
  const cliques: [number, number][] = []
  for (let first = 0; first < sorted.length; first++) {
    let last = first
    while (last + 1 < sorted.length && sorted[last + 1] - sorted[first] <= distance) last++
    if (last > first && last > (cliques.at(-1)?.[1] ?? -1)) cliques.push([first, last])
  }
  return cliques
}

/** q₀.₀₅ · √(k(k + 1) / 6n), q the studentised range of k at infinitely many degrees of freedom, over √2. */
export function nemenyiDistance(algorithms: number, blocks: number): number {
  return nemenyiPoint(algorithms) * Math.sqrt((algorithms * (algorithms + 1)) / (6 * blocks))
}

const LEVEL = 0.95
const points = new Map<number, number>()

function nemenyiPoint(k: number): number {
  const known = points.get(k)
  if (known !== undefined) return known
  let [low, high] = [0, 10]
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (rangeProbability(middle * Math.SQRT2, k) < LEVEL) low = middle
    else high = middle
  }
  const found = (low + high) / 2
  points.set(k, found)
  return found
}

const normalBelow = (z: number) => (z >= 0 ? 1 - standardNormalTail(z) : standardNormalTail(-z))

/** P(range of k standard normal variables ≤ q) = k ∫ φ(x) (Φ(x) − Φ(x − q))^(k − 1) dx, by Simpson's rule. */
function rangeProbability(q: number, k: number): number {
  const [from, to, steps] = [-8, 8, 800]
  const h = (to - from) / steps
  let sum = 0
  for (let i = 0; i <= steps; i++) {
    const x = from + i * h
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
    sum += weight * Math.exp(-0.5 * x * x) * (normalBelow(x) - normalBelow(x - q)) ** (k - 1)
  }
  return (k * sum * h) / 3 / Math.sqrt(2 * Math.PI)
}
