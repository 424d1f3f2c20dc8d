import { crc32 } from 'node:zlib'
import { and, asc, eq, getTableColumns, isNotNull, isNull } from 'drizzle-orm'
import type { DocumentKind, DraftRow } from '@shared/contract/library'
import type { Connection } from './connection'
import { StoreError } from './errors'
import { document, draft } from './schema'

/** The document lies in the bin, so nothing can be kept of it. */
export class DeletedDocumentError extends StoreError {
  override name = 'DeletedDocumentError'
  constructor(
    readonly id: string,
    readonly called: string
  ) {
    super(`"${called}" was deleted; restore it from the bin to go on with it.`)
  }
}

/** Unsaved edits, as opaque as the page makes them. */
export class Drafts {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** By name, of one kind or of all. */
  list(kind?: DocumentKind): DraftRow[] {
    const { content: _, crc: __, deletedAt: ___, ...columns } = getTableColumns(draft)
    return this.#db.orm
      .select(columns)
      .from(draft)
      .where(and(isNull(draft.deletedAt), kind && eq(draft.kind, kind)))
      .orderBy(asc(draft.name), asc(draft.id))
      .all()
      .map(shown)
  }

  /** Undefined where there is none. Throws StoreError where it is damaged. */
  get(id: string): { draft: DraftRow; content: unknown } | undefined {
    const row = this.#db.orm
      .select()
      .from(draft)
      .where(and(eq(draft.id, id), isNull(draft.deletedAt)))
      .get()
    if (!row) return undefined
    if (row.crc !== crc32(row.content))
      throw new StoreError(`The unsaved edits of "${row.name}" are damaged: their checksum does not match.`)
    return { draft: shown(row), content: JSON.parse(row.content) }
  }

  /** Throws DeletedDocumentError. */
  put({ id, kind, name, base, content }: Omit<DraftRow, 'editedAt'> & { content: unknown }, now: number): DraftRow {
    const text = JSON.stringify(content)
    const columns = { kind, name, base: base ?? null, editedAt: now, crc: crc32(text), content: text }
    this.#db.write(() => {
      this.assertNotDeleted(id)
      this.#db.orm
        .insert(draft)
        .values({ id, ...columns })
        .onConflictDoUpdate({ target: draft.id, set: columns })
        .run()
    })
    return shown({ id, ...columns })
  }

  /** Whether there was one that is not in the bin. */
  drop(id: string): boolean {
    const { changes } = this.#db.write(() =>
      this.#db.orm
        .delete(draft)
        .where(and(eq(draft.id, id), isNull(draft.deletedAt)))
        .run()
    )
    return changes > 0
  }

  /** Throws DeletedDocumentError where a document of this id, or edits that were never saved, lie in the bin. */
  assertNotDeleted(id: string): void {
    for (const table of [document, draft]) {
      const row = this.#db.orm
        .select({ name: table.name })
        .from(table)
        .where(and(eq(table.id, id), isNotNull(table.deletedAt)))
        .get()
      if (row) throw new DeletedDocumentError(id, row.name)
    }
  }
}

function shown({ id, kind, name, base, editedAt }: Omit<typeof draft.$inferSelect, 'crc' | 'content' | 'deletedAt'>): DraftRow {
  return { id, kind, name, ...(base !== null && { base }), editedAt }
}
