import { crc32 } from 'node:zlib'
import { and, asc, eq, isNotNull, max, notInArray } from 'drizzle-orm'
import type { DocumentKind, DraftRow } from '@shared/contract/library'
import type { Connection } from './connection'
import { StoreError } from './errors'
import { assertSeen, Revisions } from './revisions'
import { document, draft } from './schema'

/** Unsaved edits, as opaque as the page makes them. */
export class Drafts {
  readonly #db: Connection
  readonly #revisions = new Revisions()

  constructor(db: Connection) {
    this.#db = db
  }

  /** By name, of one kind or of all. Those of deleted documents wait out of sight, to come back with them. */
  list(kind?: DocumentKind): DraftRow[] {
    const { content: _, crc: __, ...columns } = draftColumns
    const deleted = this.#db.orm.select({ id: document.id }).from(document).where(isNotNull(document.deletedAt))
    return this.#db.orm
      .select(columns)
      .from(draft)
      .where(and(kind && eq(draft.kind, kind), notInArray(draft.id, deleted)))
      .orderBy(asc(draft.name), asc(draft.id))
      .all()
      .map(shown)
  }

  /** Undefined where there is none. Throws StoreError where it is damaged. */
  get(id: string): { draft: DraftRow; content: unknown } | undefined {
    const row = this.#db.orm.select().from(draft).where(eq(draft.id, id)).get()
    if (!row) return undefined
    if (row.crc !== crc32(row.content))
      throw new StoreError(`The unsaved edits of "${row.name}" are damaged: their checksum does not match.`)
    return { draft: shown(row), content: JSON.parse(row.content) }
  }

  /** The revision that is kept; undefined where there are no edits. */
  revision(id: string): number | undefined {
    return this.#db.orm.select({ revision: draft.revision }).from(draft).where(eq(draft.id, id)).get()?.revision
  }

  /** Replaces the edits of `revision`, or, without one, begins some. Throws StaleEditError where others are kept. */
  put(
    { id, kind, name, base, content, revision: seen }: Omit<DraftRow, 'editedAt' | 'revision'> & { content: unknown; revision?: number },
    now: number
  ): DraftRow {
    const text = JSON.stringify(content)
    return this.#db.write(() => {
      assertSeen(`The draft of "${name}"`, seen, this.revision(id))
      const greatest =
        this.#db.orm
          .select({ revision: max(draft.revision) })
          .from(draft)
          .get()?.revision ?? 0
      const revision = this.#revisions.next(now, greatest)
      const columns = { kind, name, base: base ?? null, editedAt: now, revision, crc: crc32(text), content: text }
      this.#db.orm
        .insert(draft)
        .values({ id, ...columns })
        .onConflictDoUpdate({ target: draft.id, set: columns })
        .run()
      return shown({ id, ...columns })
    })
  }

  /** Whether there was one. Throws StaleEditError where a revision is named and another is kept. */
  drop(id: string, seen?: number): boolean {
    return this.#db.write(() => {
      const kept = this.revision(id)
      if (seen !== undefined && kept !== undefined) assertSeen('The draft', seen, kept)
      return this.#db.orm.delete(draft).where(eq(draft.id, id)).run().changes > 0
    })
  }
}

const draftColumns = {
  id: draft.id,
  kind: draft.kind,
  name: draft.name,
  base: draft.base,
  editedAt: draft.editedAt,
  revision: draft.revision,
  crc: draft.crc,
  content: draft.content
}

function shown({ id, kind, name, base, editedAt, revision }: Omit<typeof draft.$inferSelect, 'crc' | 'content'>): DraftRow {
  return { id, kind, name, ...(base !== null && { base }), editedAt, revision }
}
