/** Marks of a row: one bit for each level that it is above. */
const MARKS = 30
/** Of how many rows the levels are taken, and in how small a company they are not worth it. */
const SAMPLE = 24

/**
 * The rows of numbers that no other row is better than: of those offered, the ones that no row kept before is nowhere above. Offer them in
 * ascending order of a score that no row has more of than one it dominates, so that nothing kept is dominated later.
 *
 * Most pairs are told apart by their marks: a row that is above a level where the other is not cannot dominate it.
 */
export class Front {
  #width = 0
  #count = 0
  #rows = new Float64Array(1024)
  /** [kept] marks, and the number each row was offered under. */
  #marks = new Int32Array(64)
  #numbers = new Int32Array(64)
  /** The levels: which column, and what of it is above. */
  #levels = 0
  readonly #columns = new Int32Array(MARKS)
  readonly #values = new Float64Array(MARKS)
  readonly #sample = new Float64Array(SAMPLE)

  /** How many rows it has kept. */
  get count(): number {
    return this.#count
  }

  /** The number under which a kept row was offered. */
  numberOf(kept: number): number {
    return this.#numbers[kept]
  }

  /** Starts again, for the rows of `width` numbers that stand at offsets[from] … offsets[to − 1]. */
  begin(width: number, rows: Float64Array, offsets: Int32Array, from: number, to: number): void {
    this.#width = width
    this.#count = 0
    this.#levels = 0
    if (to - from < 2 * SAMPLE) return
    const perColumn = Math.max(1, Math.floor(MARKS / width))
    for (let c = 0; c < width && this.#levels + perColumn <= MARKS; c++) {
      for (let s = 0; s < SAMPLE; s++) this.#sample[s] = rows[offsets[from + Math.floor((s * (to - from)) / SAMPLE)] + c]
      this.#sample.sort()
      for (let m = 1; m <= perColumn; m++) {
        this.#columns[this.#levels] = c
        this.#values[this.#levels++] = this.#sample[Math.floor((SAMPLE * m) / (perColumn + 1))]
      }
    }
  }

  /** Keeps the row at `at` under `number`, unless a kept one dominates it: is nowhere above it and, where `and` is given, passes that too. */
  offer(rows: Float64Array, at: number, number: number, and?: (kept: number, offered: number) => boolean): boolean {
    const width = this.#width
    let marks = 0
    for (let m = 0; m < this.#levels; m++) if (rows[at + this.#columns[m]] > this.#values[m]) marks |= 1 << m
    const unmarked = ~marks
    const others = this.#marks
    const own = this.#rows
    for (let n = 0, count = this.#count; n < count; n++) {
      if ((others[n] & unmarked) !== 0) continue
      const other = n * width
      let c = 0
      while (c < width && own[other + c] <= rows[at + c]) c++
      if (c === width && (and === undefined || and(this.#numbers[n], number))) return false
    }
    this.#keep(rows, at, number, marks)
    return true
  }

  #keep(rows: Float64Array, at: number, number: number, marks: number): void {
    const width = this.#width
    const n = this.#count++
    if (n === this.#numbers.length) {
      this.#numbers = grown(this.#numbers, 2 * n)
      this.#marks = grown(this.#marks, 2 * n)
    }
    if ((n + 1) * width > this.#rows.length) this.#rows = grown(this.#rows, 2 * (n + 1) * width)
    for (let c = 0; c < width; c++) this.#rows[n * width + c] = rows[at + c]
    this.#marks[n] = marks
    this.#numbers[n] = number
  }
}

/** A longer array that begins with the same numbers; the array itself where it is long enough. */
export function grown<A extends Int32Array | Float64Array | Uint8Array>(array: A, length: number): A {
  if (array.length >= length) return array
  const longer = new (array.constructor as new (length: number) => A)(length)
  longer.set(array)
  return longer
}
