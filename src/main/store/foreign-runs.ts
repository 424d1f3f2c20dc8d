import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { ForeignSource } from '@shared/algorithms/foreign'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import { foreignRun, run } from './schema'
import { intact } from './seals'

/** What is known of a foreign run beside its row. */
export interface ForeignOrigin {
  source: ForeignSource
  /** What tells it from every other run of its tracker, however far it has come. */
  key: string
  name: string
  /** The folder it was read from. */
  place: string
  /** SHA-256 of what was read. */
  digest: string
  /** Milliseconds since 1970. */
  importedAt: number
}

/** Runs that other trackers recorded: what they are called there, and how they are recognised. */
export class ForeignRuns {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** Undefined of a run of the lab's own. Throws UnknownRunError, DamagedRecordError. */
  get(id: string): ForeignOrigin | undefined {
    const row = this.#db.orm
      .select({ ...getTableColumns(foreignRun), isIntact: sql<number>`${intact(foreignRun)}` })
      .from(foreignRun)
      .where(eq(foreignRun.run, this.#db.numberOf(id)))
      .get()
    if (!row) return undefined
    if (row.isIntact !== 1) throw new DamagedRecordError(id, 'origin')
    const { source, key, name, place, digest, importedAt } = row
    return { source, key, name, place, digest, importedAt }
  }

  /** Throws UnknownRunError. */
  put(id: string, origin: ForeignOrigin): void {
    const of = this.#db.numberOf(id)
    this.#db.write(() =>
      this.#db.orm
        .insert(foreignRun)
        .values({ run: of, ...origin })
        .onConflictDoUpdate({ target: foreignRun.run, set: origin })
        .run()
    )
  }

  /** The run that is not deleted under this key, and the digest of what was read of it. */
  find(source: ForeignSource, key: string): { id: string; digest: string } | undefined {
    return this.#db.orm
      .select({ id: run.id, digest: foreignRun.digest })
      .from(foreignRun)
      .innerJoin(run, eq(run.number, foreignRun.run))
      .where(and(eq(foreignRun.source, source), eq(foreignRun.key, key), isNull(run.deletedAt), sql`${intact(foreignRun)}`))
      .get()
  }
}
