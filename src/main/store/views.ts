import { and, asc, eq, isNull } from 'drizzle-orm'
import type { SavedView, ViewState } from '@shared/contract/views'
import type { Connection } from './connection'
import { lastView, savedView } from './schema'
import { intact } from './seals'

/** Named ways of looking at the table of runs, and the one looked at last. */
export class Views {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** Oldest first. */
  list(): SavedView[] {
    return this.#db.orm
      .select()
      .from(savedView)
      .where(and(isNull(savedView.deletedAt), intact(savedView)))
      .orderBy(asc(savedView.id))
      .all()
      .map(({ id, name, state }) => ({ id, name, state: JSON.parse(state) }))
  }

  /** Keeps a view; one of the same name is replaced. */
  save(name: string, state: ViewState, now: number): SavedView {
    const text = JSON.stringify(state)
    const { id } = this.#db.write(() => {
      const known = this.#db.orm
        .select({ id: savedView.id })
        .from(savedView)
        .where(and(eq(savedView.name, name), isNull(savedView.deletedAt), intact(savedView)))
        .get()
      if (!known) return this.#db.orm.insert(savedView).values({ name, state: text, createdAt: now }).returning({ id: savedView.id }).get()
      this.#db.orm.update(savedView).set({ state: text }).where(eq(savedView.id, known.id)).run()
      return known
    })
    return { id, name, state }
  }

  /** Moves a view to the bin; whether there was such a view. */
  remove(id: number, now: number): boolean {
    const { changes } = this.#db.write(() =>
      this.#db.orm
        .update(savedView)
        .set({ deletedAt: now })
        .where(and(eq(savedView.id, id), isNull(savedView.deletedAt)))
        .run()
    )
    return changes > 0
  }

  last(): ViewState | undefined {
    const row = this.#db.orm.select().from(lastView).where(intact(lastView)).get()
    return row && JSON.parse(row.state)
  }

  keepLast(state: ViewState): void {
    const text = JSON.stringify(state)
    this.#db.write(() =>
      this.#db.orm
        .insert(lastView)
        .values({ only: 1, state: text })
        .onConflictDoUpdate({ target: lastView.only, set: { state: text } })
        .run()
    )
  }
}
