import { crc32 } from 'node:zlib'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { entryOfDocument } from '@shared/bin'
import type { Restored } from '@shared/contract/bin'
import { DOCUMENT_KINDS, type DocumentKind } from '@shared/contract/library'
import { keptUntil, renamed, restoredName, type Shelf, type StoredEntry, UnknownEntryError } from './bin-shelf'
import type { Connection } from './connection'
import type { Library } from './library'
import { document, documentVersion, draft, formerName } from './schema'
import { intactName } from './seals'

/** Names of documents have at most so many characters. */
const LONGEST_NAME = 200

/** Deleted documents, each with its versions and unsaved edits, and edits that were never saved. */
export class BinnedDocuments implements Shelf {
  readonly #db: Connection
  readonly #library: Library

  constructor(db: Connection, library: Library) {
    this.#db = db
    this.#library = library
  }

  entries(): StoredEntry[] {
    const { orm } = this.#db
    const drafts = orm
      .select({
        id: draft.id,
        kind: draft.kind,
        name: sql<string>`${sql.raw(intactName('draft'))}`,
        editedAt: draft.editedAt,
        deletedAt: draft.deletedAt,
        bytes: sql<number>`length(${draft.content})`
      })
      .from(draft)
      .where(isNotNull(draft.deletedAt))
      .all()
    const edits = new Map(drafts.map((row) => [row.id, row]))
    const versions = sql<number>`(select sum(length(${documentVersion.content})) from ${documentVersion} where ${documentVersion.document} = ${document.id})`
    const saved = orm
      .select({
        id: document.id,
        kind: document.kind,
        name: sql<string>`${sql.raw(intactName('document'))}`,
        versions: document.version,
        deletedAt: document.deletedAt,
        bytes: versions
      })
      .from(document)
      .where(isNotNull(document.deletedAt))
      .all()
      .map((row) => {
        const edit = edits.get(row.id)
        edits.delete(row.id)
        return { ...row, bytes: (row.bytes ?? 0) + (edit?.bytes ?? 0), editedAt: edit?.editedAt }
      })
    return [...saved, ...[...edits.values()].map((row) => ({ ...row, versions: 0 }))].map(
      ({ id, kind, name, deletedAt, bytes, versions, editedAt }) => ({
        id: entryOfDocument(kind, id),
        kind,
        name: name || 'untitled',
        deletedAt: deletedAt ?? 0,
        keptUntil: keptUntil(deletedAt ?? 0),
        bytes,
        versions,
        ...(editedAt !== undefined && { editedAt })
      })
    )
  }

  restore(id: string): Restored {
    const { kind, name } = this.#known(id)
    const called = restoredName(name, LONGEST_NAME, (wish) => this.#library.named(wish, kind) !== undefined)
    const saved = and(eq(document.id, id), isNotNull(document.deletedAt))
    const { changes } = this.#db.orm.update(document).set({ deletedAt: null, name: called }).where(saved).run()
    // Edits that were never saved have a name of their own: none is taken by it.
    if (changes > 0 && called !== name) {
      this.#renameEdits(id, name, called)
      // Should the one that has the name now go again, it means this one.
      this.#db.orm.insert(formerName).values({ document: id, name, leftAt: 0 }).onConflictDoNothing().run()
    }
    this.#db.orm.update(draft).set({ deletedAt: null }).where(eq(draft.id, id)).run()
    return { id: entryOfDocument(kind, id), kind, ...renamed(name, changes > 0 ? called : name) }
  }

  purge(id: string): boolean {
    this.#known(id)
    for (const table of [document, draft]) {
      this.#db.orm
        .delete(table)
        .where(and(eq(table.id, id), isNotNull(table.deletedAt)))
        .run()
    }
    return true
  }

  #known(id: string): { kind: DocumentKind; name: string } {
    for (const table of [document, draft]) {
      const row = this.#db.orm
        .select({ kind: table.kind, name: table.name })
        .from(table)
        .where(and(eq(table.id, id), isNotNull(table.deletedAt)))
        .get()
      if (row) return row
    }
    throw new UnknownEntryError([id])
  }

  /** Edits carry the name they would be saved under: it follows, where nobody had changed it. */
  #renameEdits(id: string, before: string, name: string): void {
    const row = this.#db.orm.select().from(draft).where(eq(draft.id, id)).get()
    if (!row || row.crc !== crc32(row.content)) return
    const content: unknown = JSON.parse(row.content)
    const carries = typeof content === 'object' && content !== null && 'name' in content && content.name === before
    const text = carries ? JSON.stringify({ ...content, name }) : row.content
    this.#db.orm
      .update(draft)
      .set({ name: row.name === before ? name : row.name, content: text, crc: crc32(text) })
      .where(eq(draft.id, id))
      .run()
  }
}

export const isDocumentKind = (kind: string): kind is DocumentKind => DOCUMENT_KINDS.some((each) => each === kind)
