import { and, asc, eq, max } from 'drizzle-orm'
import type { TypedText } from '@shared/contract/typed'
import type { Connection } from './connection'
import { assertSeen, Revisions } from './revisions'
import { typedFields } from './schema'
import { intact } from './seals'

/** Text that was typed into fields and not handed in. */
export class Typed {
  readonly #db: Connection
  readonly #revisions = new Revisions()

  constructor(db: Connection) {
    this.#db = db
  }

  /** By field. */
  list(): TypedText[] {
    return this.#db.orm.select().from(typedFields).where(intact(typedFields)).orderBy(asc(typedFields.field)).all().map(shown)
  }

  get(field: string): TypedText | undefined {
    const row = this.#db.orm
      .select()
      .from(typedFields)
      .where(and(eq(typedFields.field, field), intact(typedFields)))
      .get()
    return row && shown(row)
  }

  /** Replaces the text of `revision`, or, without one, begins one. Throws StaleEditError where another is kept. */
  put({ field, content, base, revision: seen }: Omit<TypedText, 'revision' | 'editedAt'> & { revision?: number }, now: number): TypedText {
    return this.#db.write(() => {
      assertSeen('This text', seen, this.get(field)?.revision)
      const greatest =
        this.#db.orm
          .select({ revision: max(typedFields.revision) })
          .from(typedFields)
          .get()?.revision ?? 0
      const columns = { content, base: base ?? null, revision: this.#revisions.next(now, greatest), editedAt: now }
      this.#db.orm
        .insert(typedFields)
        .values({ field, ...columns })
        .onConflictDoUpdate({ target: typedFields.field, set: columns })
        .run()
      return shown({ field, ...columns })
    })
  }

  /** Whether there was one. Throws StaleEditError where a revision is named and another is kept. */
  drop(field: string, seen?: number): boolean {
    return this.#db.write(() => {
      const kept = this.get(field)?.revision
      if (seen !== undefined && kept !== undefined) assertSeen('This text', seen, kept)
      return this.#db.orm.delete(typedFields).where(eq(typedFields.field, field)).run().changes > 0
    })
  }
}

function shown({ field, content, base, revision, editedAt }: Omit<typeof typedFields.$inferSelect, 'seal'>): TypedText {
  return { field, content, ...(base !== null && { base }), revision, editedAt }
}
