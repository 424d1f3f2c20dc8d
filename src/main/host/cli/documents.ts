import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Format, parseDocument, type Read, type Resolve } from '@shared/formats'
import { PRESETS, type PresetKind, presetOf } from '@shared/presets'
import { namedDocument } from '../../api/documents'
import { BadDocumentError } from '../../computing/documents'
import { hasDatabase, OlderStoreError, openForReading, openStore, type Store } from '../../store'
import { textIn } from '../../text'
import { InputError, UsageError } from './command'

const MOST_BYTES = 64 * 2 ** 20

export interface NamedDocument {
  /** The file, preset or document of the library, as it was named. */
  source: string
  value: unknown
  /** What other documents it names stand for: files beside it, presets, or documents of the library. */
  resolve: Resolve
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
  if (isFile(path)) return { source: name, value: readFile(path, name, as), resolve: resolverFrom(dirname(path), home) }
  const value = firstOf(kinds, (kind) => presetOf(name, kind)) ?? firstOf(kinds, (kind) => kept(home, name, kind))
  if (value === undefined) {
    const known = new Set(PRESETS.filter((preset) => kinds.includes(preset.kind)).map((preset) => preset.id))
    throw new UsageError(`"${name}" is not a file, a preset or a document of the library; the presets are ${[...known].join(', ')}`)
  }
  return { source: name, value, resolve: (part, kind) => presetOf(part, kind) ?? kept(home, part, kind) }
}

function firstOf(kinds: readonly PresetKind[], look: (kind: PresetKind) => unknown): unknown {
  for (const kind of kinds) {
    const document = look(kind)
    if (document !== undefined) return document
  }
  return undefined
}

/** A document of the library; undefined where there is none, or no lab in `home` yet: looking makes none. */
function kept(home: string, name: string, kind: PresetKind): unknown {
  if (!hasDatabase(home)) return undefined
  const store = openToLook(home)
  try {
    return namedDocument(store, name, kind)
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

function resolverFrom(folder: string, home: string): Resolve {
  return (name, kind) => {
    const path = resolve(folder, name)
    return isFile(path) ? readFile(path, name) : (presetOf(name, kind) ?? kept(home, name, kind))
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function readFile(path: string, name: string, as?: Format): unknown {
  if (statSync(path).size > MOST_BYTES)
    throw new InputError(name, [{ path: '$', message: `${name} is larger than ${MOST_BYTES / 2 ** 20} MiB` }])
  return accept(name, parseDocument(accept(name, textIn(readFileSync(path))), as))
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
