import { Front } from './front'
import { fitting, Layer } from './layer'
import type { Outlook } from './outlook'

/**
 * Writes to `values` what each of `count` states, one after another from `at` on, will cost beyond Q so far and its bound. States are the
 * executor's, as they are after a decision; their times are raised, and of tasks that are no longer live nothing is told.
 */
export type Valuation = (states: Float64Array, at: number, count: number, values: Float64Array) => void

/** How many states are valued at once. */
const BLOCK = 128

/**
 * All states that are worth following, layer by layer: a layer holds states after the same number of decisions, none of which is sure to
 * end at `upper` or above, or to be no better than another one of the layer.
 *
 * Of states A and B that have their live tasks at the same places, let d ≥ 0 be what A's times are later than B's at most. A ends each
 * workflow that is yet to be placed at most d later than B, so that it is not worse than B where E and the T of finished workflows, and
 * max(d, T_A − T_B) for each other one, come to no more in units of Q. With one workflow left that is a comparison number by number; with
 * several, the same comparison is necessary and comes first.
 */
export class Layers {
  /** Q from which on states are of no interest. */
  upper = Infinity
  /** Q that no state can end below which was dropped for want of room. */
  dropped = Infinity
  /** How many states were reached, and kept, in all layers. */
  reached = 0
  kept = 0
  readonly #outlook: Outlook
  readonly #value: Valuation | undefined
  readonly #workflows: number
  readonly #live: readonly Int32Array[]
  readonly #front = new Front()
  #layer = new Layer()
  #next = new Layer()
  #taken = 0
  readonly #history: { parents: Int32Array; places: Uint8Array }[] = []
  readonly #state: Float64Array
  readonly #block: Float64Array
  readonly #values = new Float64Array(BLOCK)
  readonly #delays: Float64Array
  #blocked = 0
  #comparable = new Float64Array(64)
  readonly #beginnings = new Map<number, number>()

  constructor(outlook: Outlook, value?: Valuation) {
    const { layout, batch } = outlook.executor
    this.#outlook = outlook
    this.#value = value
    this.#live = outlook.live
    this.#workflows = batch.workflows.length
    this.#state = new Float64Array(layout.size)
    this.#block = new Float64Array((value ? BLOCK : 1) * layout.size)
    this.#delays = new Float64Array(this.#workflows)
    outlook.executor.begin(this.#state)
    this.#add(this.#layer, this.#state, 0, 0)
    this.#layer.count = 1
  }

  /** States in the present layer. */
  get count(): number {
    return this.#layer.count
  }

  /** Decisions that are taken in it. */
  get taken(): number {
    return this.#taken
  }

  /** Takes the next decision in every state, and of the states that this leads to keeps at most `most`, the best by bound and value. */
  advance(most: number): void {
    this.#next.count = 0
    this.#expand()
    this.#taken++
    const kept = this.#undominated()
    this.reached += this.#next.count
    this.#keep(kept.length > most ? this.#best(kept, most) : kept)
    this.kept += this.count
  }

  /** Q at least of the state that promises most, and which it is; Infinity where there is none. After the last decision that is its Q. */
  least(): { bound: number; state: number } {
    const { bounds, count } = this.#layer
    let state = -1
    for (let s = 0; s < count; s++) if (state < 0 || bounds[s] < bounds[state]) state = s
    return { bound: state < 0 ? Infinity : bounds[state], state }
  }

  /** The places that led to a state of the present layer, written to `placement`. */
  trace(state: number, placement: Uint8Array): void {
    for (let i = this.#taken - 1, s = state; i >= 0; i--) {
      placement[i] = this.#history[i].places[s]
      s = this.#history[i].parents[s]
    }
  }

  /** Numbers in a row after so many decisions. */
  #width(taken: number): number {
    return 1 + 2 * this.#workflows + this.#outlook.width(taken)
  }

  #expand(): void {
    const { executor } = this.#outlook
    const { layout, batch } = executor
    const layer = this.#layer
    const state = this.#state
    const width = this.#width(this.#taken)
    const live = this.#live[this.#taken]
    for (let s = 0; s < layer.count; s++) {
      state[layout.taken] = this.#taken
      for (let w = 0; w < this.#workflows; w++) state[layout.delay + w] = layer.rows[s * width + 1 + w]
      this.#outlook.restore(layer.rows, s * width + 1 + 2 * this.#workflows, state, 0)
      for (let l = 0; l < live.length; l++) state[layout.place + live[l]] = layer.sites[s * live.length + l]
      for (let k = 0; k < batch.places; k++) {
        const at = this.#blocked * layout.size
        for (let x = 0; x < layout.size; x++) this.#block[at + x] = state[x]
        if (executor.step(this.#block, at, k) === Infinity) continue
        const energy = layer.rows[s * width] + executor.lastJoules * executor.costPerJoule
        if (!this.#add(this.#next, this.#block, at, energy)) continue
        this.#next.parents[this.#next.count] = s
        this.#next.places[this.#next.count++] = k
        if (this.#value && ++this.#blocked === BLOCK) this.#flush()
      }
    }
    this.#flush()
  }

  /** Writes a state behind the layer's last, which it does not yet count; false where it is sure to cost `upper`. */
  #add(layer: Layer, states: Float64Array, at: number, energy: number): boolean {
    const outlook = this.#outlook
    const { layout, costPerSecond } = outlook.executor
    const taken = states[at]
    const live = this.#live[taken]
    const width = this.#width(taken)
    const delays = this.#delays
    layer.fit(width, live.length)
    const { rows, sites, count } = layer
    const row = count * width
    const least = energy + outlook.restEnergy[taken]
    const times = row + 1 + 2 * delays.length
    if (!outlook.times(states, at, rows, times, delays, (this.upper - least) / costPerSecond)) return false
    let seconds = 0
    rows[row] = energy
    for (let w = 0; w < delays.length; w++) {
      rows[row + 1 + w] = states[at + layout.delay + w]
      rows[row + 1 + delays.length + w] = delays[w]
      seconds += delays[w]
    }
    const bound = seconds * costPerSecond + least
    if (bound >= this.upper) return false
    for (let l = 0; l < live.length; l++) sites[count * live.length + l] = states[at + layout.place + live[l]]
    layer.keys[count] = this.#key(sites, count * live.length, live.length)
    layer.bounds[count] = bound
    layer.ranks[count] = bound
    if (this.#value) outlook.restore(rows, times, states, at)
    return true
  }

  /** Has the states of the block valued, which are the last ones of the next layer. */
  #flush(): void {
    if (this.#value === undefined || this.#blocked === 0) return
    this.#value(this.#block, 0, this.#blocked, this.#values)
    const from = this.#next.count - this.#blocked
    for (let b = 0; b < this.#blocked; b++) this.#next.ranks[from + b] += this.#values[b]
    this.#blocked = 0
  }

  /** The states of the next layer that no other of it dominates, by live places and bound. */
  #undominated(): Int32Array {
    const { keys, bounds, count } = this.#next
    const width = this.#compare()
    const rows = this.#comparable
    const front = this.#front
    const order = new Int32Array(count)
    for (let s = 0; s < count; s++) order[s] = s
    order.sort((a, b) => keys[a] - keys[b] || bounds[a] - bounds[b] || a - b)
    const offsets = order.map((s) => s * width)
    const also = this.#finer()
    let kept = 0
    for (let from = 0; from < count; ) {
      let to = from + 1
      while (to < count && keys[order[to]] === keys[order[from]]) to++
      front.begin(width, rows, offsets, from, to)
      for (let at = from; at < to; at++) {
        // What is written here was read already.
        if (front.offer(rows, offsets[at], order[at], also)) order[kept++] = order[at]
      }
      from = to
    }
    return order.subarray(0, kept)
  }

  /** The places of live tasks as one number, the same for the same places in one layer. */
  #key(sites: Uint8Array, from: number, live: number): number {
    const { places } = this.#outlook.executor.batch
    let key = 0
    if (live * Math.log2(places) < 53) {
      for (let l = 0; l < live; l++) key = key * places + sites[from + l]
      return key
    }
    // Too many for one number: each beginning that was met has a number of its own.
    for (let l = 0; l < live; l++) {
      const pair = key * places + sites[from + l]
      key = this.#beginnings.get(pair) ?? this.#beginnings.size + 1
      this.#beginnings.set(pair, key)
    }
    return key
  }

  /**
   * Writes what the states of the next layer are compared by, and returns how many numbers that are: δ · E/E_ref and the T of finished
   * workflows; that plus T at least, for each other workflow; and plus each time, as often as there are such workflows; in units of Q.
   */
  #compare(): number {
    const { ends, executor } = this.#outlook
    const { costPerSecond } = executor
    const { rows, count } = this.#next
    const length = this.#workflows
    const width = this.#width(this.#taken)
    const times = 1 + 2 * length
    const open = ends.reduce((sum, end) => (end > this.#taken ? sum + 1 : sum), 0)
    const columns = 1 + open + (open > 0 ? width - times : 0)
    this.#comparable = fitting(this.#comparable, count * columns)
    const to = this.#comparable
    for (let s = 0, next = 0; s < count; s++) {
      const row = s * width
      let done = rows[row]
      for (let w = 0; w < length; w++) if (ends[w] <= this.#taken) done += rows[row + 1 + length + w] * costPerSecond
      to[next++] = done
      if (open === 0) continue
      for (let w = 0; w < length; w++) if (ends[w] > this.#taken) to[next++] = done + rows[row + 1 + length + w] * costPerSecond
      for (let c = times; c < width; c++) to[next++] = done + open * costPerSecond * rows[row + c]
    }
    return columns
  }

  /** Whether one state dominates another where no number that they are compared by is against it; absent where these are all there is. */
  #finer(): ((a: number, b: number) => boolean) | undefined {
    const { ends, executor } = this.#outlook
    const { costPerSecond } = executor
    const length = this.#workflows
    const { rows } = this.#next
    const width = this.#width(this.#taken)
    const open = Array.from(ends.keys()).filter((w) => ends[w] > this.#taken)
    if (open.length < 2) return undefined
    const least = 1 + length
    const times = 1 + 2 * length
    return (a, b) => {
      const [rowA, rowB] = [a * width, b * width]
      let lead = rows[rowB] - rows[rowA]
      for (let w = 0; w < length; w++) {
        if (ends[w] <= this.#taken) lead += (rows[rowB + least + w] - rows[rowA + least + w]) * costPerSecond
      }
      let later = 0
      for (let c = times; c < width; c++) later = Math.max(later, rows[rowA + c] - rows[rowB + c])
      for (const w of open) lead -= Math.max(later, rows[rowA + least + w] - rows[rowB + least + w]) * costPerSecond
      return lead >= 0
    }
  }

  /** The `most` of these states of the next layer with the least ranks, of equal ones the first; notes what is dropped. */
  #best(states: Int32Array, most: number): Int32Array {
    const { ranks, bounds } = this.#next
    const order = states.slice().sort((a, b) => ranks[a] - ranks[b] || a - b)
    for (let at = most; at < order.length; at++) this.dropped = Math.min(this.dropped, bounds[order[at]])
    return order.subarray(0, most)
  }

  /** Makes these states of the next layer the present one. */
  #keep(states: Int32Array): void {
    const layer = this.#layer
    const width = this.#width(this.#taken)
    const live = this.#live[this.#taken].length
    layer.count = 0
    for (const s of states) layer.take(this.#next, s, width, live)
    this.#history.push({ parents: layer.parents.slice(0, layer.count), places: layer.places.slice(0, layer.count) })
    this.#beginnings.clear()
  }
}
