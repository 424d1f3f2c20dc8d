import { and, eq, getTableColumns, or, sql } from 'drizzle-orm'
import type { Connection } from './connection'
import { DamagedRecordError } from './errors'
import { run, runOrigin } from './schema'
import { intact } from './seals'

/** Where a run came from that was trained in another lab. */
export interface Origin {
  /** The id it had where it was first queued. */
  firstId: string
  /** The bundle it was taken from, as its file was called. */
  bundle: string
  /** Milliseconds since 1970. */
  importedAt: number
}

/** Where runs came from. */
export class Origins {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** Undefined where it was queued here. Throws UnknownRunError, DamagedRecordError. */
  get(id: string): Origin | undefined {
    const row = this.#db.orm
      .select({ ...getTableColumns(runOrigin), isIntact: sql<number>`${intact(runOrigin)}` })
      .from(runOrigin)
      .where(eq(runOrigin.run, this.#db.numberOf(id)))
      .get()
    if (row && row.isIntact !== 1) throw new DamagedRecordError(id, 'origin')
    return row && { firstId: row.firstId, bundle: row.bundle, importedAt: row.importedAt }
  }

  put(id: string, origin: Origin): void {
    this.#db.write(() =>
      this.#db.orm
        .insert(runOrigin)
        .values({ run: this.#db.numberOf(id), ...origin })
        .run()
    )
  }

  /** Runs that were first queued under this id, here or elsewhere; deleted ones included. */
  of(firstId: string): string[] {
    return this.#db.orm
      .select({ id: run.id, origin: runOrigin.firstId })
      .from(run)
      .leftJoin(runOrigin, and(eq(runOrigin.run, run.number), intact(runOrigin)))
      .where(or(eq(run.id, firstId), eq(runOrigin.firstId, firstId)))
      .all()
      .filter(({ origin }) => origin === null || origin === firstId)
      .map(({ id }) => id)
  }
}
