import type { DocumentSource } from '@shared/contract/records'
import { algorithmFaults, type Experiment, type Fault } from '@shared/experiment/experiment'
import { type Read, type Resolve, readExperiment, readScenario } from '@shared/formats'
import { type CompiledScenario, compileScenario, type Scenario } from '@shared/model/scenario'
import { PRESETS, type PresetKind, presetOf } from '@shared/presets'
import { algorithmCards } from '../algorithms'
import type { Store } from '../store'

/** A document is not what it must be: every fault of it. */
export class BadDocumentError extends Error {
  override name = 'BadDocumentError'
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  }
}

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

/** What was read. Throws BadDocumentError. */
export function accepted<T>(read: Read<T>): T {
  if (!read.ok) throw new BadDocumentError(read.faults)
  return read.value
}

/** The document a name stands for: a preset's, or the newest version of what is kept in the library; undefined where there is none. */
export function namedDocument(store: Store, name: string, kind: PresetKind): unknown {
  const preset = presetOf(name, kind)
  if (preset !== undefined || kind === 'scenario') return preset
  const card = store.library.named(name, kind)
  return card && store.library.read(card.id)?.content
}

/** What names in documents stand for in this lab. */
export function resolverOf(store: Store): Resolve {
  return (name, kind) => namedDocument(store, name, kind)
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

/** An experiment that can be run: its format, its algorithms and parameters, and that its workflows are chains. */
export function experimentFrom(source: DocumentSource, store: Store): Experiment {
  const reading = { resolve: resolverOf(store), catalogue: algorithmCards }
  return checkedExperiment(accepted(readExperiment(documentOf(source, 'experiment', store), reading)))
}

/** Throws BadDocumentError with every fault that the format alone does not see. */
export function checkedExperiment(experiment: Experiment): Experiment {
  const faults = [
    ...algorithmFaults(experiment, algorithmCards),
    ...experiment.scenarios.flatMap((scenario, i) => worldFaults(scenario, `$.scenarios[${i}]`))
  ]
  if (faults.length > 0) throw new BadDocumentError(faults)
  return experiment
}

export function compiledFrom(source: DocumentSource, store: Store): CompiledScenario {
  return compiledOf(accepted(readScenario(documentOf(source, 'scenario', store), resolverOf(store))))
}

/** Throws BadDocumentError where a scenario cannot be computed with: its workflows are not chains. */
export function compiledOf(scenario: Scenario): CompiledScenario {
  const faults = worldFaults(scenario, '$')
  if (faults.length > 0) throw new BadDocumentError(faults)
  return compileScenario(scenario)
}

function worldFaults(scenario: Scenario, path: string): Fault[] {
  try {
    compileScenario(scenario)
    return []
  } catch (error) {
    return [{ path: `${path}.workload`, message: error instanceof Error ? error.message : String(error) }]
  }
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
