/** Runs that wait for a worker, first come, first served. */
export class RunQueue {
  #ids: string[] = []

  get size(): number {
    return this.#ids.length
  }

  /** In the order they will start, but for those that train beside an earlier one. */
  get ids(): readonly string[] {
    return this.#ids
  }

  push(ids: readonly string[]): void {
    this.#ids.push(...ids)
  }

  /** Puts a run back that could not be started after all. */
  putBack(id: string): void {
    this.#ids.unshift(id)
  }

  shift(): string | undefined {
    return this.#ids.shift()
  }

  /** Takes runs out wherever they stand. */
  delete(ids: readonly string[]): void {
    const gone = new Set(ids)
    this.#ids = this.#ids.filter((id) => !gone.has(id))
  }

  /** Takes all out. */
  clear(): string[] {
    const ids = this.#ids
    this.#ids = []
    return ids
  }
}
