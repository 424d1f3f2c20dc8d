import { crc32 } from 'node:zlib'
import { asc, eq } from 'drizzle-orm'
import type { DocumentKind, DraftRow } from '@shared/contract/library'
import type { Connection } from './connection'
import { StoreError } from './errors'
import { draft } from './schema'

/** Unsaved edits, as opaque as the page makes them. */
export class Drafts {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** By name, of one kind or of all. */
  list(kind?: DocumentKind): DraftRow[] {
    const { content: _, crc: __, ...columns } = draftColumns
    return this.#db.orm
      .select(columns)
      .from(draft)
      .where(kind && eq(draft.kind, kind))
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

  put({ id, kind, name, base, content }: Omit<DraftRow, 'editedAt'> & { content: unknown }, now: number): DraftRow {
    const text = JSON.stringify(content)
    const columns = { kind, name, base: base ?? null, editedAt: now, crc: crc32(text), content: text }
    this.#db.write(() =>
      this.#db.orm
        .insert(draft)
        .values({ id, ...columns })
        .onConflictDoUpdate({ target: draft.id, set: columns })
        .run()
    )
    return shown({ id, ...columns })
  }

  /** Whether there was one. */
  drop(id: string): boolean {
    return this.#db.write(() => this.#db.orm.delete(draft).where(eq(draft.id, id)).run().changes > 0)
  }
}

const draftColumns = {
  id: draft.id,
  kind: draft.kind,
  name: draft.name,
  base: draft.base,
  editedAt: draft.editedAt,
  crc: draft.crc,
  content: draft.content
}

function shown({ id, kind, name, base, editedAt }: Omit<typeof draft.$inferSelect, 'crc' | 'content'>): DraftRow {
  return { id, kind, name, ...(base !== null && { base }), editedAt }
}
