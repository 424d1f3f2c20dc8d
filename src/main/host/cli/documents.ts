import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseJson, type Read, type Resolve } from '@shared/formats'
import { PRESETS, type PresetKind, presetOf } from '@shared/presets'
import { BadDocumentError } from '../../api/documents'
import { InputError, UsageError } from './command'

const MOST_BYTES = 64 * 2 ** 20

export interface NamedDocument {
  /** The file or preset, as it was named. */
  source: string
  value: unknown
  /** What other documents it names stand for: files beside it, or presets. */
  resolve: Resolve
}

/** What a bare name may mean, likeliest first. */
const KINDS: readonly PresetKind[] = ['experiment', 'scenario', 'workload', 'topology']

/** A file, or a preset's name. Throws UsageError where there is neither, InputError where it is no JSON. */
export function openDocument(name: string, kinds: readonly PresetKind[] = KINDS): NamedDocument {
  const path = resolve(name)
  if (isFile(path)) return { source: name, value: readJson(path, name), resolve: resolverFrom(dirname(path)) }
  const value = kinds.map((kind) => presetOf(name, kind)).find((document) => document !== undefined)
  if (value === undefined) {
    const known = new Set(PRESETS.filter((preset) => kinds.includes(preset.kind)).map((preset) => preset.id))
    throw new UsageError(`there is no file "${name}", and no preset of that name; the presets are ${[...known].join(', ')}`)
  }
  return { source: name, value, resolve: presetOf }
}

function resolverFrom(folder: string): Resolve {
  return (name, kind) => {
    const path = resolve(folder, name)
    return isFile(path) ? readJson(path, name) : presetOf(name, kind)
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function readJson(path: string, name: string): unknown {
  if (statSync(path).size > MOST_BYTES)
    throw new InputError(name, [{ path: '$', message: `${name} is larger than ${MOST_BYTES / 2 ** 20} MiB` }])
  return accept(name, parseJson(readFileSync(path, 'utf8')))
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
