import { StoreError } from './errors'

/** What is to be replaced is not what its writer has seen: another window has changed it since. Nothing was written. */
export class StaleEditError extends StoreError {
  override name = 'StaleEditError'
  constructor(
    what: string,
    /** The revision that is kept; undefined where nothing is. */
    readonly revision: number | undefined
  ) {
    super(`${what} was changed in another window in the meantime; read it again before overwriting it.`)
  }
}

/** Numbers of writes: each is greater than all before it in this file, so that none stands for two contents. */
export class Revisions {
  #last = 0

  /** `greatest`: the greatest that is kept in the file. Milliseconds since 1970 where that is greater. */
  next(now: number, greatest: number): number {
    this.#last = Math.max(now, greatest + 1, this.#last + 1)
    return this.#last
  }
}

/** Throws StaleEditError where `seen` is not the revision that is kept; undefined stands for nothing. */
export function assertSeen(what: string, seen: number | undefined, kept: number | undefined): void {
  if (seen !== kept) throw new StaleEditError(what, kept)
}
