import type { DocumentSource } from '@shared/contract/records'
import type { Experiment, Fault } from '@shared/experiment/experiment'
import { type NamedPart, type Resolve, readExperiment } from '@shared/formats'
import { PRESETS, type PresetKind, presetOf } from '@shared/presets'
import { accepted, BadDocumentError } from '../computing/documents'
import type { Store } from '../store'
import { type Located, locate } from './versions'

/** Does `work`; a bad document becomes the contract's INVALID. */
export async function orInvalid<T>(
  invalid: (options: { message: string; data: { faults: Fault[] } }) => Error,
  work: () => T | Promise<T>
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof BadDocumentError)) throw error
    throw invalid({ message: error.message, data: { faults: [...error.faults] } })
  }
}

/**
 * The document a name or a version stands for: a preset's, the newest version of what is kept in the library under that name, or that
 * version; undefined where there is none.
 */
export function namedDocument(store: Store, part: NamedPart, kind: PresetKind): unknown {
  if (typeof part !== 'string') {
    const found = kind === 'experiment' ? undefined : locate(store, part, kind)
    return found && store.library.read(found.id, found.version)?.content
  }
  const preset = presetOf(part, kind)
  if (preset !== undefined || kind === 'scenario') return preset
  const card = store.library.meant(part, kind)
  return card && store.library.read(card.id)?.content
}

/** What names and versions in documents stand for in this lab. */
export function resolverOf(store: Store): Resolve {
  return (part, kind) => namedDocument(store, part, kind)
}

function documentOf(source: DocumentSource, kind: 'experiment' | 'scenario', store: Store): unknown {
  if (!('preset' in source)) return source.document
  const document = namedDocument(store, source.preset, kind)
  if (document !== undefined) return document
  const presets = PRESETS.filter((preset) => preset.kind === kind).map((preset) => preset.id)
  const known = kind === 'scenario' ? presets : [...presets, ...store.library.list(kind).map((card) => card.name)]
  throw new BadDocumentError([{ path: '$', message: `unknown ${kind} "${source.preset}"; the presets are ${known.join(', ')}` }])
}

/** An experiment's document, unchanged. Throws BadDocumentError where there is none of that name. */
export function experimentDocument(source: DocumentSource, store: Store): unknown {
  return documentOf(source, 'experiment', store)
}

/** The saved experiment that a name stands for now. */
export function savedExperiment(source: DocumentSource, store: Store): Located | undefined {
  if (!('preset' in source) || presetOf(source.preset, 'experiment') !== undefined) return undefined
  return store.library.meant(source.preset, 'experiment')
}

/** A scenario's document, unchanged. Throws BadDocumentError where there is none of that name. */
export function unreadScenario(source: DocumentSource, store: Store): unknown {
  return documentOf(source, 'scenario', store)
}

export interface ExperimentPreset {
  id: string
  experiment: Experiment
}

export function experimentPresets(): ExperimentPreset[] {
  return PRESETS.flatMap(({ id, kind, document }) =>
    kind === 'experiment' ? [{ id, experiment: accepted(readExperiment(document, { resolve: presetOf })) }] : []
  )
}
