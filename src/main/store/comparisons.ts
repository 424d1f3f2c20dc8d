import { and, desc, eq, isNull } from 'drizzle-orm'
import type { SavedComparison } from '@shared/contract/comparisons'
import type { Connection } from './connection'
import { comparison } from './schema'
import { intact } from './seals'

export type NewComparison = Omit<SavedComparison, 'id' | 'savedAt'>
type Columns = typeof comparison.$inferSelect

function shown({ id, name, note, runs, against, look, savedAt }: Columns): SavedComparison {
  return {
    id,
    name,
    ...(note !== null && { note }),
    runs: JSON.parse(runs),
    ...(against !== null && { against }),
    look: JSON.parse(look),
    savedAt
  }
}

/** Runs looked at side by side, by name. */
export class Comparisons {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** Those that are not deleted, newest first. */
  list(): SavedComparison[] {
    return this.#db.orm
      .select()
      .from(comparison)
      .where(and(isNull(comparison.deletedAt), intact(comparison)))
      .orderBy(desc(comparison.savedAt), desc(comparison.id))
      .all()
      .map(shown)
  }

  get(id: number): SavedComparison | undefined {
    const row = this.#db.orm
      .select()
      .from(comparison)
      .where(and(eq(comparison.id, id), isNull(comparison.deletedAt), intact(comparison)))
      .get()
    return row && shown(row)
  }

  /** Keeps a new comparison, or the one called `id` as it is now; undefined where that is not there. */
  save({ name, note, runs, against, look }: NewComparison, now: number, id?: number): SavedComparison | undefined {
    const columns = {
      name,
      note: note ?? null,
      runs: JSON.stringify(runs),
      against: against ?? null,
      look: JSON.stringify(look),
      savedAt: now
    }
    const row = this.#db.write(() =>
      id === undefined
        ? this.#db.orm.insert(comparison).values(columns).returning().get()
        : this.#db.orm
            .update(comparison)
            .set(columns)
            .where(and(eq(comparison.id, id), isNull(comparison.deletedAt)))
            .returning()
            .get()
    )
    return row && shown(row)
  }

  /** Moves a comparison to the bin; whether there was such a comparison. */
  remove(id: number, now: number): boolean {
    const { changes } = this.#db.write(() =>
      this.#db.orm
        .update(comparison)
        .set({ deletedAt: now })
        .where(and(eq(comparison.id, id), isNull(comparison.deletedAt)))
        .run()
    )
    return changes > 0
  }
}
