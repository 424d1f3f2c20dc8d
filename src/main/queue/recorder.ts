import { DiskFullError, type Store } from '../store'
import { type Entry, writeEntry } from './recorder-entries'

/** What the recorder tells of its work. */
export interface RecorderEvents {
  /** These are in the database to stay, and may be acknowledged. */
  recorded(entries: Entry[]): void
  /** This one can never be written; its run cannot be trusted to continue. */
  rejected(entry: Entry, error: unknown): void
  /** The disk refuses. Everything taken is held, and tried again. */
  stuck(error: DiskFullError): void
  /** The disk takes again what it refused; `stuckMs` is how long it did. */
  freed(stuckMs: number): void
}

export interface RecorderPace {
  /** Batches of all runs that come within this time share a transaction. At most 250 ms. */
  coalesceMs: number
  /** How often a full disk is tried again. */
  retryMs: number
}

/** Writes what workers report to the store: one writer, in order, each entry once, told only when it is kept. */
export class Recorder {
  readonly #store: Store
  readonly #events: RecorderEvents
  readonly #pace: RecorderPace
  readonly #now: () => number
  #pending: Entry[] = []
  #timer: NodeJS.Timeout | undefined
  #stuckSince: number | undefined
  #closed = false

  constructor(store: Store, events: RecorderEvents, pace: RecorderPace, now: () => number) {
    this.#store = store
    this.#events = events
    this.#pace = pace
    this.#now = now
  }

  get isStuck(): boolean {
    return this.#stuckSince !== undefined
  }

  /** Whether something of a run is still to be written. */
  owes(run: string): boolean {
    return this.#pending.some((entry) => entry.run === run)
  }

  /** Takes an entry. Ends are written at once, so that short runs follow each other without waiting. */
  take(entry: Entry): void {
    this.#pending.push(entry)
    if (this.isStuck) return
    if (entry.type === 'end' || entry.type === 'settle') this.#schedule(0)
    else if (this.#timer === undefined) this.#schedule(this.#pace.coalesceMs)
  }

  /** Treats the disk as full because another write met it, until it is tried again. */
  stall(error: DiskFullError): void {
    const wasStuck = this.isStuck
    this.#stuckSince ??= this.#now()
    this.#schedule(this.#pace.retryMs)
    if (!wasStuck) this.#events.stuck(error)
  }

  /** Writes everything taken. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { written, refused, held, full } = this.#write(this.#pending.splice(0))
    this.#pending.unshift(...held)
    const since = this.#stuckSince
    if (!full) this.#stuckSince = undefined
    if (written.length > 0) this.#events.recorded(written)
    for (const { entry, error } of refused) this.#events.rejected(entry, error)
    if (full) this.stall(full)
    // Those told above may have met a full disk again.
    else if (since !== undefined && !this.isStuck) this.#events.freed(this.#now() - since)
  }

  /** Writes what it can and stops. */
  close(): void {
    this.flush()
    this.#closed = true
    clearTimeout(this.#timer)
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer)
    if (!this.#closed) this.#timer = setTimeout(() => this.flush(), ms)
  }

  /** All in one transaction; where one of them spoils it, each in its own. */
  #write(entries: Entry[]): Writing {
    const writing: Writing = { written: [], refused: [], held: [] }
    const now = this.#now()
    const write = (some: Entry[]): unknown => {
      try {
        this.#store.write(() => {
          for (const entry of some) writeEntry(this.#store, entry, now)
        })
        writing.written.push(...some)
      } catch (error) {
        if (error instanceof DiskFullError) writing.full = error
        return error
      }
    }
    if (entries.length === 0 || write(entries) === undefined) return writing
    for (const entry of entries) {
      const error = writing.full ? undefined : write([entry])
      if (writing.full) writing.held.push(entry)
      else if (error !== undefined) writing.refused.push({ entry, error })
    }
    return writing
  }
}

/** What became of some entries. `held`: not written because the disk is full. */
interface Writing {
  written: Entry[]
  refused: { entry: Entry; error: unknown }[]
  held: Entry[]
  full?: DiskFullError
}
