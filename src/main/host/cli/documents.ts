import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Format, type LibraryVersion, type NamedPart, parseBytes, type Read, type Resolve } from '@shared/formats'
import { PRESETS, type PresetKind, presetOf } from '@shared/presets'
import { namedDocument } from '../../api/documents'
import { type FindVersion, heldVersion, versionNamed } from '../../api/versions'
import { BadDocumentError } from '../../computing/documents'
import { hasDatabase, OlderStoreError, openForReading, openStore, type Store } from '../../store'
import { decode } from '../../text'
import { InputError, UsageError } from './command'

const MOST_BYTES = 64 * 2 ** 20

export interface NamedDocument {
  /** The file, preset or document of the library, as it was named. */
  source: string
  value: unknown
  /** What other documents it names stand for: files beside it, presets, or documents of the library. */
  resolve: Resolve
  /** The version of the library that a name in it means; undefined where it means a file or a preset, or nothing. */
  find: FindVersion
  /** Where it is itself a document of the library: which version. */
  saved?: LibraryVersion
}

/** What a bare name may mean, likeliest first. */
const KINDS: readonly PresetKind[] = ['experiment', 'scenario', 'workload', 'topology']

/**
 * A file, or the name of a preset or of a document in the library of `home`. A file is read as what it says it is, or as `as` where
 * that is given. Throws UsageError where there is none of them, InputError where it is in no format, StoreError where the library
 * cannot be read.
 */
export function openDocument(name: string, home: string, kinds: readonly PresetKind[] = KINDS, as?: Format): NamedDocument {
  const path = resolve(name)
  if (isFile(path)) return { source: name, value: readFile(path, name, as), ...standingsFrom(home, dirname(path)) }
  const preset = firstOf(kinds, (kind) => presetOf(name, kind))
  const saved = preset === undefined ? firstOf(kinds, (kind) => looking(home, (store) => savedAs(store, name, kind))) : undefined
  const value = preset ?? saved?.content
  if (value === undefined) {
    const known = new Set(PRESETS.filter((each) => kinds.includes(each.kind)).map((each) => each.id))
    throw new UsageError(`"${name}" is not a file, a preset or a document of the library; the presets are ${[...known].join(', ')}`)
  }
  return { source: name, value, ...standingsFrom(home), ...(saved && { saved: saved.version }) }
}

function firstOf<T>(kinds: readonly PresetKind[], look: (kind: PresetKind) => T | undefined): T | undefined {
  for (const kind of kinds) {
    const document = look(kind)
    if (document !== undefined) return document
  }
  return undefined
}

/** What a name stands for in the library now. */
function savedAs(store: Store, name: string, kind: PresetKind): { version: LibraryVersion; content: unknown } | undefined {
  const card = kind === 'scenario' ? undefined : store.library.meant(name, kind)
  const version = card && heldVersion(store, card)
  const found = card && store.library.read(card.id)
  return version && found && { version, content: found.content }
}

/** What is looked for in the library; undefined where it is not there, or no lab in `home` yet: looking makes none. */
function looking<T>(home: string, look: (store: Store) => T | undefined): T | undefined {
  if (!hasDatabase(home)) return undefined
  const store = openToLook(home)
  try {
    return look(store)
  } finally {
    store.close()
  }
}

/** Takes no lock where it need not: only a database of an older version is opened for writing, to bring it up to date. */
function openToLook(home: string): Store {
  try {
    return openStore(home, { mode: 'read' })
  } catch (error) {
    if (error instanceof OlderStoreError) return openForReading(home)
    throw error
  }
}

/** What names in a document stand for: files in its folder where it has one, presets, documents of the library. */
function standingsFrom(home: string, folder?: string): Pick<NamedDocument, 'resolve' | 'find'> {
  const fileOf = (part: NamedPart): string | undefined => {
    if (folder === undefined || typeof part !== 'string') return undefined
    const path = resolve(folder, part)
    return isFile(path) ? path : undefined
  }
  return {
    resolve: (part, kind) => {
      const file = fileOf(part)
      return file === undefined
        ? (presetOf(part, kind) ?? looking(home, (store) => namedDocument(store, part, kind)))
        : readFile(file, String(part))
    },
    find: (name, kind) => (fileOf(name) === undefined ? looking(home, (store) => versionNamed(store, name, kind)) : undefined)
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function readFile(path: string, name: string, as?: Format): unknown {
  if (statSync(path).size > MOST_BYTES)
    throw new InputError(name, [{ path: '$', message: `${name} is larger than ${MOST_BYTES / 2 ** 20} MiB` }])
  return accept(name, parseBytes(readFileSync(path), decode, as))
}

/** What was read. Throws InputError with every fault. */
export function accept<T>(source: string, read: Read<T>): T {
  if (!read.ok) throw new InputError(source, read.faults)
  return read.value
}

/** Does `work`; a bad document becomes an InputError that names `source`. */
export async function naming<T>(source: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BadDocumentError) throw new InputError(source, error.faults)
    throw error
  }
}

/** Writes a document to a file that is not there yet. Throws UsageError where one is. */
export function writeDocument(to: string, document: object): void {
  try {
    writeFileSync(to, `${JSON.stringify(document, null, 2)}\n`, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsageError(`--to: ${to} is there already; name another file, or remove it`)
    throw error
  }
}
