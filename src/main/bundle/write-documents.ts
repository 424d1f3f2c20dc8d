import { isLibraryVersion, namedParts } from '@shared/formats'
import { contentHash, type RunSource, type Store, UnknownDocumentError } from '../store'
import type { DocumentRecord, SourceRecord } from '../archive/records'

/** Versions of documents that a bundle is to carry, by document; documents in the order they were asked for. */
export class WantedVersions {
  readonly #store: Store
  readonly #wanted = new Map<string, Set<number>>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Takes the newest version of a document, and every version that it holds. Throws UnknownDocumentError. */
  add(id: string): void {
    const card = this.#store.library.card(id)
    if (!card) throw new UnknownDocumentError(id)
    this.#take(id, card.version)
  }

  /** Takes the version a run came from, where its document is taken. */
  addSource({ document, version }: RunSource): void {
    if (this.#wanted.has(document)) this.#take(document, version)
  }

  records(): DocumentRecord[] {
    return [...this.#wanted].map(([id, versions]) =>
      documentRecord(
        this.#store,
        id,
        [...versions].sort((a, b) => a - b)
      )
    )
  }

  #take(id: string, version: number): void {
    const versions = this.#wanted.get(id) ?? new Set()
    if (versions.has(version)) return
    const found = this.#store.library.card(id) && this.#store.library.read(id, version)
    // A version that is not here is found by its content in the other library, or not at all, as in this one.
    if (!found) return
    this.#wanted.set(id, versions.add(version))
    for (const { part } of namedParts(found.content)) if (isLibraryVersion(part)) this.#take(part.id, part.version)
  }
}

function documentRecord(store: Store, id: string, versions: readonly number[]): DocumentRecord {
  const read = versions.flatMap((version) => store.library.read(id, version) ?? [])
  const newest = read.at(-1)
  if (!newest) throw new UnknownDocumentError(id)
  const { kind, name } = newest.card
  const held = ({ version, content }: typeof newest) => ({
    version: version.version,
    note: version.note,
    content: content as DocumentRecord['content']
  })
  const older = read.slice(0, -1).map(held)
  return { kind, name, id, ...held(newest), ...(older.length > 0 && { older }) }
}

/** What a run came from, as its bundle has it: with the content by which another lab may know it. */
export function sourceRecords(store: Store, run: string): SourceRecord[] {
  return store.sources.of(run).map(({ kind, document, version, byContent }) => {
    const found = store.library.card(document) && store.library.read(document, version)
    return {
      kind,
      document,
      version,
      ...(byContent && { byContent: true as const }),
      ...(found && { content: contentHash(found.content) })
    }
  })
}
