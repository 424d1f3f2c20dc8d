/** Results that are kept in memory as long as they are worth no more than `most` together; those asked for longest ago go first. */
export class KeptResults<Result> {
  readonly #most: number
  readonly #weigh: (result: Result) => number
  readonly #results = new Map<string, Result>()
  #weight = 0

  constructor(most: number, weigh: (result: Result) => number) {
    this.#most = most
    this.#weigh = weigh
  }

  get(key: string): Result | undefined {
    const found = this.#results.get(key)
    if (found === undefined) return undefined
    this.#results.delete(key)
    this.#results.set(key, found)
    return found
  }

  put(key: string, result: Result): void {
    this.#drop(key)
    this.#results.set(key, result)
    this.#weight += this.#weigh(result)
    for (const oldest of this.#results.keys()) {
      if (this.#weight <= this.#most) return
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    const found = this.#results.get(key)
    if (found === undefined) return
    this.#results.delete(key)
    this.#weight -= this.#weigh(found)
  }
}
