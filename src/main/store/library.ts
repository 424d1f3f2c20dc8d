import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { DocumentCard, DocumentKind, VersionRow } from '@shared/contract/library'
import type { Connection } from './connection'
import { contentIdOf } from './contents'
import { StoreError } from './errors'
import { documentCardOf, FORMERLY, VERSION, versionOf } from './library-rows'
import { document, documentVersion, draft, formerName } from './schema'
import { intact } from './seals'

/** What a version holds, and what lists are to show of it. */
export interface NewVersion {
  content: unknown
  facts: Record<string, number>
  faults: number
  note?: string
  /** Where it is known already: what `contentIdOf` says. */
  contentId?: string
}

export interface NewDocument extends NewVersion {
  /** Absent: one is found. */
  id?: string
  kind: DocumentKind
  name: string
}

export interface StoredVersion {
  card: DocumentCard
  version: VersionRow
  /** Called as the document is now, whatever it was called when it was saved. */
  content: unknown
}

/** A document of this kind is called so already. */
export class NameTakenError extends StoreError {
  override name = 'NameTakenError'
  constructor(
    readonly kind: DocumentKind,
    readonly taken: string
  ) {
    super(`There is another ${kind} called "${taken}"; choose another name.`)
  }
}

/** No document has this id, or it was deleted. */
export class UnknownDocumentError extends StoreError {
  override name = 'UnknownDocumentError'
  constructor(readonly id: string) {
    super(`There is no document ${id}.`)
  }
}

/** What users make by hand. Versions are only ever added. Times in milliseconds since 1970. */
export class Library {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** What is not deleted, by name; of one kind or of all. */
  list(kind?: DocumentKind): DocumentCard[] {
    return this.#cards()
      .where(and(isNull(document.deletedAt), kind && eq(document.kind, kind)))
      .orderBy(sql`${document.name} collate nocase`, document.id)
      .all()
      .map(documentCardOf)
  }

  /** Undefined where there is none or it was deleted. */
  card(id: string): DocumentCard | undefined {
    const row = this.#cards()
      .where(and(eq(document.id, id), isNull(document.deletedAt)))
      .get()
    return row && documentCardOf(row)
  }

  /** What a name stands for, whatever the case of its letters. */
  named(name: string, kind: DocumentKind): DocumentCard | undefined {
    const row = this.#cards()
      .where(and(eq(document.kind, kind), isNull(document.deletedAt), sql`${document.name} = ${name} collate nocase`))
      .get()
    return row && documentCardOf(row)
  }

  /** What a name stands for: the document that has it, or else the one that had it last. */
  meant(name: string, kind: DocumentKind): DocumentCard | undefined {
    const now = this.named(name, kind)
    if (now) return now
    const former = this.#db.orm
      .select({ id: document.id })
      .from(formerName)
      .innerJoin(document, eq(document.id, formerName.document))
      .where(and(eq(document.kind, kind), isNull(document.deletedAt), sql`${formerName.name} = ${name} collate nocase`, intact(formerName)))
      .orderBy(desc(formerName.leftAt))
      .limit(1)
      .get()
    return former && this.card(former.id)
  }

  /** Newest first. Throws UnknownDocumentError. */
  versions(id: string): VersionRow[] {
    if (!this.card(id)) throw new UnknownDocumentError(id)
    return this.#db.orm
      .select(VERSION)
      .from(documentVersion)
      .where(and(eq(documentVersion.document, id), intact(documentVersion)))
      .orderBy(desc(documentVersion.version))
      .all()
      .map(versionOf)
  }

  /** A version without its content; undefined where there is none. */
  version(id: string, version: number): VersionRow | undefined {
    const row = this.#db.orm
      .select(VERSION)
      .from(documentVersion)
      .where(and(eq(documentVersion.document, id), eq(documentVersion.version, version), intact(documentVersion)))
      .get()
    return row && versionOf(row)
  }

  /** Versions of documents that are not deleted, by their content; the first saved first. */
  withContent(kind: DocumentKind, contentId: string): { id: string; version: number }[] {
    return this.#db.orm
      .select({ id: documentVersion.document, version: documentVersion.version })
      .from(documentVersion)
      .innerJoin(document, eq(document.id, documentVersion.document))
      .where(and(eq(document.kind, kind), isNull(document.deletedAt), eq(documentVersion.contentId, contentId), intact(documentVersion)))
      .orderBy(documentVersion.savedAt, document.id, documentVersion.version)
      .all()
  }

  /** A version, or the newest; undefined where there is none. Throws UnknownDocumentError; StoreError where it is damaged. */
  read(id: string, version?: number): StoredVersion | undefined {
    const card = this.card(id)
    if (!card) throw new UnknownDocumentError(id)
    const row = this.#db.orm
      .select()
      .from(documentVersion)
      .where(and(eq(documentVersion.document, id), eq(documentVersion.version, version ?? card.version), intact(documentVersion)))
      .get()
    if (!row) return undefined
    if (row.crc !== crc32(row.content)) {
      throw new StoreError(
        `Version ${row.version} of "${card.name}" is damaged: its checksum does not match. Its other versions can still be read.`
      )
    }
    return { card, version: versionOf(row), content: { ...JSON.parse(row.content), name: card.name } }
  }

  /** A new document with its first version. Throws NameTakenError. */
  insert({ id, kind, name, ...version }: NewDocument, now: number): DocumentCard {
    return this.insertVersions({ id, kind, name }, [{ ...version, version: 1 }], now)
  }

  /** A new document with some versions, oldest first, under the numbers they have; there may be gaps. Throws NameTakenError. */
  insertVersions(
    { id = this.#freshId(), kind, name }: Pick<NewDocument, 'id' | 'kind' | 'name'>,
    versions: readonly (NewVersion & { version: number })[],
    now: number
  ): DocumentCard {
    return this.#db.write(() => {
      this.#assertFree(kind, name, id)
      const newest = versions.at(-1)?.version ?? 1
      this.#db.orm.insert(document).values({ id, kind, name, version: newest, createdAt: now, savedAt: now }).run()
      for (const { version, ...given } of versions) this.#put({ id, kind }, version, given, now)
      return this.#known(id)
    })
  }

  /** Whether no document has this id, deleted or not, nor edits that were never saved. */
  isFree(id: string): boolean {
    return [document, draft].every((table) => !this.#db.orm.select({ id: table.id }).from(table).where(eq(table.id, id)).get())
  }

  /** Adds a version, under a new name where one is given. Throws UnknownDocumentError, NameTakenError. */
  add(id: string, version: NewVersion, now: number, name?: string): DocumentCard {
    return this.#db.write(() => {
      const card = this.#known(id)
      if (name !== undefined) this.#assertFree(card.kind, name, id)
      const next = card.version + 1
      this.#put(card, next, version, now)
      if (name !== undefined) this.#leave(card, name, now)
      this.#db.orm
        .update(document)
        .set({ version: next, savedAt: now, name: name ?? card.name })
        .where(eq(document.id, id))
        .run()
      return this.#known(id)
    })
  }

  /** The name it had stays with it, as long as no other takes it. Throws UnknownDocumentError, NameTakenError. */
  rename(id: string, name: string, now: number): DocumentCard {
    return this.#db.write(() => {
      const card = this.#known(id)
      this.#assertFree(card.kind, name, id)
      this.#leave(card, name, now)
      this.#db.orm.update(document).set({ name }).where(eq(document.id, id)).run()
      return this.#known(id)
    })
  }

  /**
   * Moves documents to the bin, each with its unsaved edits, or edits that were never saved. All or none; returns their kinds, in
   * order. Throws UnknownDocumentError.
   */
  remove(ids: readonly string[], now: number): DocumentKind[] {
    return this.#db.write(() =>
      ids.map((id) => {
        const [saved, edits] = [document, draft].map((table) =>
          this.#db.orm
            .update(table)
            .set({ deletedAt: now })
            .where(and(eq(table.id, id), isNull(table.deletedAt)))
            .returning({ kind: table.kind })
            .get()
        )
        const kind = saved?.kind ?? edits?.kind
        if (kind === undefined) throw new UnknownDocumentError(id)
        return kind
      })
    )
  }

  /** A name that no document of the kind has: the wish itself, or with a number behind it. */
  freeName(kind: DocumentKind, wish: string): string {
    const taken = new Set(this.list(kind).map((card) => card.name.toLowerCase()))
    let name = wish
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${wish} ${i}`
    return name
  }

  /** A sentence for each version that does not match its checksum. */
  findings(): string[] {
    return this.#db.orm
      .select()
      .from(documentVersion)
      .all()
      .filter((row) => row.crc !== crc32(row.content))
      .map((row) => `Version ${row.version} of document ${row.document} is damaged: its checksum does not match.`)
  }

  #put({ id, kind }: { id: string; kind: DocumentKind }, version: number, given: NewVersion, now: number): void {
    const { content, facts, faults, note, contentId = contentIdOf(kind, content) } = given
    const text = JSON.stringify(content)
    const columns = { note, facts: JSON.stringify(facts), faults, savedAt: now, crc: crc32(text), content: text, contentId }
    this.#db.orm
      .insert(documentVersion)
      .values({ document: id, version, ...columns })
      .run()
  }

  /** Notes the name that a document is about to lose. */
  #leave({ id, name }: DocumentCard, next: string, now: number): void {
    if (name === next) return
    this.#db.orm
      .insert(formerName)
      .values({ document: id, name, leftAt: now })
      .onConflictDoUpdate({ target: [formerName.document, formerName.name], set: { leftAt: now } })
      .run()
  }

  #cards() {
    return this.#db.orm
      .select({
        document,
        facts: documentVersion.facts,
        faults: documentVersion.faults,
        contentId: documentVersion.contentId,
        formerly: FORMERLY
      })
      .from(document)
      .innerJoin(
        documentVersion,
        and(
          eq(documentVersion.document, document.id),
          eq(documentVersion.version, document.version),
          intact(document),
          intact(documentVersion)
        )
      )
      .$dynamic()
  }

  #known(id: string): DocumentCard {
    const card = this.card(id)
    if (!card) throw new UnknownDocumentError(id)
    return card
  }

  #assertFree(kind: DocumentKind, name: string, id: string): void {
    const other = this.named(name, kind)
    if (other && other.id !== id) throw new NameTakenError(kind, name)
  }

  #freshId(): string {
    for (;;) {
      const id = randomBytes(4).toString('hex')
      if (!this.#db.orm.select({ id: document.id }).from(document).where(eq(document.id, id)).get()) return id
    }
  }
}
