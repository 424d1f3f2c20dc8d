import { BIN_DAYS } from '@shared/bin'
import { BIN_KINDS, type BinKind, type Restored } from '@shared/contract/bin'
import { BinnedDocuments, isDocumentKind } from './bin-documents'
import { BinnedNames } from './bin-named'
import { BinnedRuns } from './bin-runs'
import { DAY_MS, type Shelf, type StoredEntry, UnknownEntryError } from './bin-shelf'
import type { Connection } from './connection'
import type { Library } from './library'
import type { Runs } from './runs'
import { DAMAGED_NAME } from './seals'

/** What was deleted for good. */
export interface Purged {
  gone: string[]
  /** Of the database, free for what is written next. */
  bytes: number
  /** Entries that cannot go yet: a run in them has not stopped. */
  left: string[]
}

/** Everything that was deleted, for thirty days or until it is emptied. */
export class Bin {
  readonly #db: Connection
  readonly #runs: BinnedRuns
  readonly #documents: BinnedDocuments
  readonly #named: Record<'comparison' | 'policy' | 'view', BinnedNames>
  #summed: { key: string; count: number; bytes: number } | undefined

  constructor(db: Connection, runs: Runs, library: Library) {
    this.#db = db
    this.#runs = new BinnedRuns(db, runs)
    this.#documents = new BinnedDocuments(db, library)
    this.#named = {
      comparison: new BinnedNames(db, 'comparison'),
      policy: new BinnedNames(db, 'policy'),
      view: new BinnedNames(db, 'view')
    }
  }

  /** Newest first. */
  entries(): StoredEntry[] {
    const shelves: Shelf[] = [this.#runs, this.#documents, ...Object.values(this.#named)]
    return shelves.flatMap((shelf) => shelf.entries()).sort((a, b) => b.deletedAt - a.deletedAt || (a.id < b.id ? -1 : 1))
  }

  /** How much is in it. Added up again only when something came or went. */
  summary(): { count: number; bytes: number } {
    const key = this.#key()
    if (this.#summed?.key !== key) {
      const entries = this.entries()
      this.#summed = { key, count: entries.length, bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0) }
    }
    const { count, bytes } = this.#summed
    return { count, bytes }
  }

  /** The moment under which one request deletes runs, so that they are one entry of the bin. */
  moment(now: number): number {
    return this.#runs.moment(now)
  }

  /** The entry of runs deleted at a moment. */
  entryOfRuns(deletedAt: number): string {
    return this.#runs.entryOf(deletedAt)
  }

  /** Brings back entries, or single runs by their ids: all or none. Throws UnknownEntryError, DamagedRecordError. */
  restore(ids: readonly string[]): Restored[] {
    return this.#db.write(() =>
      [...new Set(ids)].map((id) => {
        if (isRunId(id)) return this.#runs.restoreRun(id)
        const { shelf, key } = this.#find(id)
        return shelf.restore(key)
      })
    )
  }

  /** Runs of entries, or single runs by their ids; other entries hold none. */
  runsOf(ids: readonly string[]): string[] {
    const asked = new Set(ids)
    return this.#runs.entries().flatMap(({ id, runs = [] }) => (asked.has(id) ? runs : runs.filter((run) => asked.has(run))))
  }

  /** Deletes entries for good. Throws UnknownEntryError; then nothing is. */
  purge(ids: readonly string[]): Purged {
    const entries = new Map(this.entries().map((entry) => [entry.id, entry]))
    const asked = [...new Set(ids)]
    const missing = asked.filter((id) => !entries.has(id))
    if (missing.length > 0) throw new UnknownEntryError(missing)
    return this.#purge(asked.flatMap((id) => entries.get(id) ?? []))
  }

  /**
   * Deletes for good what was deleted at least so many days before `now`; by default what has been kept its time. What is damaged stays:
   * when it was deleted, and whether, may be what is wrong of it.
   */
  purgeOlder(now: number, days: number = BIN_DAYS): Purged {
    const isSound = ({ name, runs = [] }: StoredEntry) => name !== DAMAGED_NAME && runs.every((id) => this.#runs.isIntact(id))
    return this.#purge(this.entries().filter((entry) => entry.deletedAt <= now - days * DAY_MS && isSound(entry)))
  }

  /** Deletes everything in it for good. */
  purgeAll(): Purged {
    return this.#purge(this.entries())
  }

  #purge(entries: readonly StoredEntry[]): Purged {
    const purged: Purged = { gone: [], bytes: 0, left: [] }
    this.#db.write(() => {
      for (const { id, bytes } of entries) {
        const { shelf, key } = this.#find(id)
        if (!shelf.purge(key)) {
          purged.left.push(id)
          continue
        }
        purged.gone.push(id)
        purged.bytes += bytes
      }
    })
    return purged
  }

  #find(id: string): { shelf: Shelf; key: string } {
    const kind = BIN_KINDS.find((each) => id.startsWith(`${each}-`))
    if (kind === undefined) throw new UnknownEntryError([id])
    return { shelf: this.#shelfOf(kind), key: id.slice(kind.length + 1) }
  }

  #shelfOf(kind: BinKind): Shelf {
    if (kind === 'run') return this.#runs
    return isDocumentKind(kind) ? this.#documents : this.#named[kind]
  }

  /** Changes whenever something comes to the bin or leaves it. */
  #key(): string {
    return ['run', 'document', 'draft', 'comparison', 'policy_name', 'saved_view']
      .map((table) =>
        this.#db.sqlite
          .prepare<[], string>(`select count(*) || ' ' || coalesce(total(deleted_at), 0) from ${table} where deleted_at is not null`)
          .pluck()
          .get()
      )
      .join()
  }
}

const isRunId = (id: string): boolean => /^[0-9a-f]{8}$/.test(id)
