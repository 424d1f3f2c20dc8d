import type { Plan } from '@shared/model/search/search'
import { AHEAD, featureCount, type StateFeatures } from './features'
import type { PlainValue } from './plain-value'

/** What values the states of a beam: networks whose mean is added to the bound, or none: the bound alone. */
export interface Valued {
  features: StateFeatures
  networks: readonly PlainValue[]
}

/** The mean of what the networks say of the state at `offset` of `numbers`. */
export function meanValue(networks: readonly PlainValue[], numbers: Float32Array, offset: number): number {
  let sum = 0
  for (const network of networks) sum += network.value(numbers, offset)
  return networks.length === 0 ? 0 : sum / networks.length
}

/**
 * Plans a batch decision by decision over a beam of at most `cap` states, of least Q so far + bound + V of what remains; `cap` 1 is greedy.
 * What V is below 0 counts as 0, since the bound is one: so children whose bound alone is beyond the last that is kept need no V, which
 * saves about half of them. `from`: a state to start from, its Q being `cost`. Nothing is kept between calls.
 */
export function planByValues({ features, networks }: Valued, cap: number, from?: Float64Array, cost = 0): Plan {
  const { executor, shape } = features
  const { places: K, decisions: N } = features.batch
  const { size, place } = executor.layout
  const numbers = new Float32Array(featureCount(shape, AHEAD))
  const states = new Float64Array(cap * size)
  const children = new Float64Array(cap * K * size)
  const costs = new Float64Array(cap)
  const childCosts = new Float64Array(cap * K)
  const scores = new Float64Array(cap * K)
  const byBound: number[] = []
  const best = new Best(cap)
  const moves = new Uint8Array(K)
  if (from) states.set(from.subarray(0, size))
  else executor.begin(states)
  costs[0] = cost
  let width = 1
  for (let i = states[0]; i < N; i++) {
    const isLast = i + 1 === N
    let count = 0
    byBound.length = 0
    for (let b = 0; b < width; b++) {
      executor.moves(states, b * size, moves)
      for (let k = 0; k < K; k++) {
        if (moves[k] === 0) continue
        const at = count * size
        children.set(states.subarray(b * size, (b + 1) * size), at)
        childCosts[count] = costs[b] + executor.step(children, at, k)
        scores[count] = childCosts[count] + (isLast ? 0 : features.bound(children, at))
        byBound.push(count++)
      }
    }
    if (count === 0) return { cost: Infinity, placement: new Uint8Array(N) }
    best.clear()
    if (networks.length > 0 && !isLast && count > 1) {
      byBound.sort((a, b) => scores[a] - scores[b] || a - b)
      for (const child of byBound) {
        if (scores[child] >= best.last) break
        features.describe(children, child * size, AHEAD, numbers, 0)
        best.add(child, scores[child] + Math.max(0, meanValue(networks, numbers, 0)))
      }
    } else for (const child of byBound) best.add(child, scores[child])
    width = best.size
    for (let b = 0; b < width; b++) {
      const child = best.items[b]
      states.set(children.subarray(child * size, (child + 1) * size), b * size)
      costs[b] = childCosts[child]
    }
  }
  return { cost: costs[0], placement: Uint8Array.from({ length: N }, (_, i) => states[place + i]) }
}

/** The `capacity` items of least score, in order; of equal ones the first added. */
class Best {
  readonly items: Int32Array
  readonly #scores: Float64Array
  size = 0

  constructor(readonly capacity: number) {
    this.items = new Int32Array(capacity)
    this.#scores = new Float64Array(capacity)
  }

  clear(): void {
    this.size = 0
  }

  /** The score that one must be below to be kept. */
  get last(): number {
    return this.size < this.capacity ? Infinity : this.#scores[this.size - 1]
  }

  add(item: number, score: number): void {
    if (score >= this.last && this.size === this.capacity) return
    let at = this.size < this.capacity ? this.size++ : this.size - 1
    for (; at > 0 && this.#scores[at - 1] > score; at--) {
      this.#scores[at] = this.#scores[at - 1]
      this.items[at] = this.items[at - 1]
    }
    this.#scores[at] = score
    this.items[at] = item
  }
}
