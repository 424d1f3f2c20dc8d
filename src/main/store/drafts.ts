import { crc32 } from 'node:zlib'
import { and, asc, eq, getTableColumns, isNotNull, isNull, max, sql } from 'drizzle-orm'
import type { DocumentKind, DraftRow } from '@shared/contract/library'
import type { Connection } from './connection'
import { StoreError } from './errors'
import { assertSeen, Revisions } from './revisions'
import { document, draft } from './schema'
import { intact } from './seals'

/** The document is in the bin, so nothing can be kept of it. */
export class DeletedDocumentError extends StoreError {
  override name = 'DeletedDocumentError'
  constructor(
    readonly id: string,
    readonly called: string
  ) {
    super(`"${called}" was deleted; restore it from the bin to continue.`)
  }
}

/** Unsaved edits, as opaque as the page makes them. */
export class Drafts {
  readonly #db: Connection
  readonly #revisions = new Revisions()

  constructor(db: Connection) {
    this.#db = db
  }

  /** By name, of one kind or of all. Those of deleted documents wait out of sight, to come back with them. */
  list(kind?: DocumentKind): DraftRow[] {
    const { content: _, crc: __, deletedAt: ___, seal: ____, ...columns } = getTableColumns(draft)
    return this.#db.orm
      .select(columns)
      .from(draft)
      .where(and(isNull(draft.deletedAt), intact(draft), kind && eq(draft.kind, kind)))
      .orderBy(asc(draft.name), asc(draft.id))
      .all()
      .map(shown)
  }

  /** Undefined where there is none. Throws StoreError where it is damaged. */
  get(id: string): { draft: DraftRow; content: unknown } | undefined {
    const row = this.#db.orm
      .select({ ...getTableColumns(draft), isIntact: sql<number>`${intact(draft)}` })
      .from(draft)
      .where(and(eq(draft.id, id), isNull(draft.deletedAt)))
      .get()
    if (!row) return undefined
    if (row.isIntact !== 1 || row.crc !== crc32(row.content))
      throw new StoreError(`The unsaved edits of "${row.name}" are damaged: their checksum does not match.`)
    return { draft: shown(row), content: JSON.parse(row.content) }
  }

  /** The revision that is kept; undefined where there are no edits. */
  revision(id: string): number | undefined {
    return this.#db.orm.select({ revision: draft.revision }).from(draft).where(eq(draft.id, id)).get()?.revision
  }

  /** Replaces the edits of `revision`, or, without one, begins some. Throws StaleEditError where others are kept, DeletedDocumentError. */
  put(
    { id, kind, name, base, content, revision: seen }: Omit<DraftRow, 'editedAt' | 'revision'> & { content: unknown; revision?: number },
    now: number
  ): DraftRow {
    const text = JSON.stringify(content)
    return this.#db.write(() => {
      this.assertNotDeleted(id)
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

  /** Whether there was one that is not in the bin. Throws StaleEditError where a revision is named and another is kept. */
  drop(id: string, seen?: number): boolean {
    return this.#db.write(() => {
      const kept = this.revision(id)
      if (seen !== undefined && kept !== undefined) assertSeen('The draft', seen, kept)
      const { changes } = this.#db.orm
        .delete(draft)
        .where(and(eq(draft.id, id), isNull(draft.deletedAt)))
        .run()
      return changes > 0
    })
  }

  /** Whether a document of this id, or edits that were never saved, are in the bin. */
  isDeleted(id: string): boolean {
    return this.#deletedName(id) !== undefined
  }

  /** Throws DeletedDocumentError where a document of this id, or edits that were never saved, are in the bin. */
  assertNotDeleted(id: string): void {
    const name = this.#deletedName(id)
    if (name !== undefined) throw new DeletedDocumentError(id, name)
  }

  #deletedName(id: string): string | undefined {
    for (const table of [document, draft]) {
      const row = this.#db.orm
        .select({ name: table.name })
        .from(table)
        .where(and(eq(table.id, id), isNotNull(table.deletedAt)))
        .get()
      if (row) return row.name
    }
    return undefined
  }
}

function shown({
  id,
  kind,
  name,
  base,
  editedAt,
  revision
}: Omit<typeof draft.$inferSelect, 'crc' | 'content' | 'deletedAt' | 'seal'>): DraftRow {
  return { id, kind, name, ...(base !== null && { base }), editedAt, revision }
}
