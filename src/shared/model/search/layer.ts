import { grown } from './front'

/** The array itself, or where it is too short a longer one, with room to spare, that begins with the same numbers. */
export const fitting = <A extends Float64Array | Uint8Array>(array: A, length: number): A =>
  length > array.length ? (grown(array, 2 * length) as A) : array

/** The states after the same decisions. */
export class Layer {
  count = 0
  /** [count · width] δ · E/E_ref so far, T so far [M], T at least [M], times. */
  rows = new Float64Array(256)
  /** [count · live] the places of live tasks, and these as one number. */
  sites = new Uint8Array(64)
  keys = new Float64Array(16)
  /** [count] Q at least, and what states are ranked by. */
  bounds = new Float64Array(16)
  ranks = new Float64Array(16)
  /** [count] which state of the layer before each comes from, and by which place. */
  parents = new Int32Array(16)
  places = new Uint8Array(16)

  /** Makes room for one more state. */
  fit(width: number, live: number): void {
    const { count } = this
    this.rows = fitting(this.rows, (count + 1) * width)
    this.sites = fitting(this.sites, (count + 1) * live)
    if (count < this.keys.length) return
    this.keys = grown(this.keys, 2 * count)
    this.bounds = grown(this.bounds, 2 * count)
    this.ranks = grown(this.ranks, 2 * count)
    this.parents = grown(this.parents, 2 * count)
    this.places = grown(this.places, 2 * count)
  }

  /** Takes over state `from` of another layer of the same kind as its next one. */
  take(other: Layer, from: number, width: number, live: number): void {
    this.fit(width, live)
    const to = this.count++
    for (let c = 0; c < width; c++) this.rows[to * width + c] = other.rows[from * width + c]
    for (let l = 0; l < live; l++) this.sites[to * live + l] = other.sites[from * live + l]
    this.bounds[to] = other.bounds[from]
    this.parents[to] = other.parents[from]
    this.places[to] = other.places[from]
  }
}
