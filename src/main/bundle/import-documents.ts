import type { DocumentKind } from '@shared/contract/library'
import { isLibraryVersion, withParts } from '@shared/formats'
import { contentHash, type NewVersion, type RunSource, type Store, StoreError } from '../store'
import type { KeepableBundle } from '../archive/read-bundle'
import type { DocumentRecord, SourceRecord } from '../archive/records'

/** Documents that others hold versions of come before these. */
const ORDER: readonly DocumentKind[] = ['topology', 'workload', 'environments', 'experiment']

interface Here {
  id: string
  version: number
}

export interface DocumentOptions {
  /** The bundle's file, as it was called. */
  name: string
  now: number
  /** Judges a document as saving it would. Throws BadBundleError. */
  check(document: DocumentRecord, path: string): NewVersion & { content: Record<string, unknown> }
  /** Whether a name belongs to what comes with the lab. */
  isTaken(kind: DocumentKind, name: string): boolean
}

const keyOf = (document: string, version: number) => `${document} ${version}`

/** The documents of a bundle, taken into a library; and where the versions are here that its runs came from. */
export class ImportedDocuments {
  readonly #store: Store
  readonly #options: DocumentOptions
  readonly #contents = new Map<DocumentKind, Map<string, Here>>()
  /** Versions of the bundle's library, by document and version there. */
  readonly #here = new Map<string, Here>()
  readonly added: { id: string; kind: DocumentKind; name: string }[] = []
  here = 0

  constructor(store: Store, bundle: KeepableBundle, options: DocumentOptions) {
    this.#store = store
    this.#options = options
    const documents = bundle.documents.map((document, i) => ({ document, path: bundle.manifest.documents[i] }))
    for (const kind of ORDER) for (const { document, path } of documents) if (document.kind === kind) this.#take(document, path)
  }

  /** What a run came from there, as it is here; what is not here is left out, for its content to be found. */
  sourcesOf(sources: readonly SourceRecord[] = []): RunSource[] {
    return sources.flatMap(({ kind, document, version, content, byContent }): RunSource[] => {
      const found = this.#here.get(keyOf(document, version)) ?? this.#own(kind, { id: document, version }, content)
      return found ? [{ kind, document: found.id, version: found.version, ...(byContent && { byContent }) }] : []
    })
  }

  /** The same version of the same document, which was here before. */
  #own(kind: DocumentKind, { id, version }: Here, content: string | undefined): Here | undefined {
    const { library } = this.#store
    if (content === undefined || library.card(id)?.kind !== kind || !library.version(id, version)) return undefined
    return this.#hashOf(id, version) === content ? { id, version } : undefined
  }

  #hashOf(id: string, version: number): string | undefined {
    try {
      return contentHash(this.#store.library.read(id, version)?.content)
    } catch (error) {
      // A damaged version is like no other; it is reported where it is opened.
      if (error instanceof StoreError) return undefined
      throw error
    }
  }

  #take(document: DocumentRecord, path: string): void {
    const { kind } = document
    const given = [...(document.older ?? []), document].map(({ version = 1, note, content }) => ({
      version,
      note,
      ...this.#held(this.#options.check({ ...document, content }, path))
    }))
    const known = this.#known(kind)
    const hashes = given.map(({ content }) => contentHash(content))
    // Whatever it is called here: one that had to be renamed is known again.
    if (hashes.every((hash) => known.has(hash))) this.here++
    else {
      const { id, name } = this.#insert(document, given)
      this.added.push({ id, kind, name })
      hashes.forEach((hash, i) => known.set(hash, { id, version: given[i].version }))
    }
    if (document.id === undefined) return
    for (const [i, hash] of hashes.entries()) {
      const found = known.get(hash)
      if (found) this.#here.set(keyOf(document.id, given[i].version), found)
    }
  }

  #insert({ id, kind, name }: DocumentRecord, versions: readonly (NewVersion & { version: number })[]) {
    const { library } = this.#store
    const { name: file, now, isTaken } = this.#options
    const called = untakenName(name, (wish) => isTaken(kind, wish) || library.named(wish, kind) !== undefined)
    const from = `from ${file}`.slice(0, 200)
    // Under its own id where that is free: what holds a version of it then holds the same one here.
    const own = id !== undefined && library.isFree(id) ? { id } : {}
    return library.insertVersions(
      { ...own, kind, name: called },
      versions.map((version) => ({ ...version, note: from })),
      now
    )
  }

  /** The versions that a document holds, as they are here. */
  #held<T extends { content: Record<string, unknown> }>(checked: T): T {
    const content = withParts(checked.content, (part) => {
      const found = isLibraryVersion(part) ? this.#here.get(keyOf(part.id, part.version)) : undefined
      return found && isLibraryVersion(part) ? { ...part, ...found } : part
    })
    return { ...checked, content }
  }

  /** Every version of a kind that is here, by its content; of equal ones the first. */
  #known(kind: DocumentKind): Map<string, Here> {
    const known = this.#contents.get(kind) ?? new Map<string, Here>()
    if (this.#contents.has(kind)) return known
    const { library } = this.#store
    for (const { id } of library.list(kind)) {
      for (const { version } of library.versions(id).reverse()) {
        const hash = this.#hashOf(id, version)
        if (hash !== undefined && !known.has(hash)) known.set(hash, { id, version })
      }
    }
    this.#contents.set(kind, known)
    return known
  }
}

/** The name itself where nothing has it, or with a number behind it. */
export function untakenName(wish: string, isTaken: (name: string) => boolean, most = 200): string {
  let name = wish
  for (let i = 2; isTaken(name); i++) name = `${wish.slice(0, most - 8)} ${i}`
  return name
}
