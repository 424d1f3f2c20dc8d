/** Numbers in a typed array that grows as they are added. */
export class Numbers<A extends Int32Array | Float64Array> {
  readonly #make: new (
    length: number
  ) => A
  #all: A
  #length = 0

  constructor(make: new (length: number) => A, first: readonly number[] = []) {
    this.#make = make
    this.#all = new make(16)
    for (const value of first) this.push(value)
  }

  get length(): number {
    return this.#length
  }

  /** What was added; behind `length` there may be zeros. Stays as it is when more is added. */
  get values(): A {
    return this.#all
  }

  push(value: number): void {
    if (this.#length === this.#all.length) {
      const larger = new this.#make(2 * this.#length)
      larger.set(this.#all)
      this.#all = larger
    }
    this.#all[this.#length++] = value
  }
}
