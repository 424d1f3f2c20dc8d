import type { DocumentKind } from '@shared/contract/library'
import type { Experiment } from '@shared/experiment/experiment'
import { LIBRARY_VERSION, type LibraryVersion, isLibraryVersion, namedParts, type PartKind, withParts } from '@shared/formats'
import { presetOf } from '@shared/presets'
import type { RunSpec } from '@shared/run/spec'
import type { RunSource, Store } from '../store'

/** A version of a document that is here. */
export interface Located {
  id: string
  version: number
}

/** Finds the version that a name means in a document; undefined where the name means none of the library. */
export type FindVersion = (name: string, kind: PartKind) => LibraryVersion | undefined

const isKept = (kind: PartKind): kind is Exclude<PartKind, 'scenario'> => kind !== 'scenario'

/**
 * Where a version that a document holds is in this library: the version itself, or, where the document is not here or has gone other ways,
 * another of the same content.
 */
export function locate(store: Store, held: LibraryVersion, kind: PartKind): Located | undefined {
  if (!isKept(kind)) return undefined
  const card = store.library.card(held.id)
  const own = card?.kind === kind ? store.library.version(held.id, held.version) : undefined
  if (own && (held.content === undefined || own.contentId === undefined || own.contentId === held.content)) return held
  if (held.content === undefined || kind === 'environments') return undefined
  return store.library.withContent(kind, held.content)[0]
}

/** A version as documents hold it. Undefined where it is not here. */
export function heldVersion(store: Store, { id, version }: Located): LibraryVersion | undefined {
  const card = store.library.card(id)
  const row = card && store.library.version(id, version)
  if (!card || !row) return undefined
  return { format: LIBRARY_VERSION, id, version, name: card.name, ...(row.contentId !== undefined && { content: row.contentId }) }
}

/** What a name means in this lab now: the newest version of the library's document, unless a preset has the name. */
export function versionNamed(store: Store, name: string, kind: PartKind): LibraryVersion | undefined {
  if (!isKept(kind) || presetOf(name, kind) !== undefined) return undefined
  const card = store.library.meant(name, kind)
  return card && heldVersion(store, card)
}

/** A document in which every name that means a document of the library is replaced by the version that it means. */
export function heldDocument(document: unknown, find: FindVersion): unknown {
  return withParts(document, (part, kind) => (typeof part === 'string' ? (find(part, kind) ?? part) : part))
}

/** What runs know of versions: by the place of their scenario, and of their algorithm, in their experiment. */
interface HeldParts {
  scenarios: Partial<Record<'topology' | 'workload', LibraryVersion>>[]
  environments: (LibraryVersion | undefined)[]
}

const listed = (value: unknown, key: string): unknown[] => {
  const list = typeof value === 'object' && value !== null && key in value ? (value as Record<string, unknown>)[key] : undefined
  return Array.isArray(list) ? list : []
}

/** The versions that an experiment's document holds. */
export function heldParts(document: unknown): HeldParts {
  const scenarios: HeldParts['scenarios'] = listed(document, 'scenarios').map(() => ({}))
  const environments: HeldParts['environments'] = listed(document, 'algorithms').map(() => undefined)
  for (const { part, path } of namedParts(document)) {
    const [, list, at, key] = /^\$\.(scenarios|algorithms)\[(\d+)\]\.(\w+)$/.exec(path) ?? []
    if (!isLibraryVersion(part)) continue
    if (list === 'algorithms') environments[Number(at)] = part
    else if (list === 'scenarios' && (key === 'topology' || key === 'workload')) scenarios[Number(at)][key] = part
  }
  return { scenarios, environments }
}

/** An experiment's document, written whole, with the versions in place that the document it was read from held. */
export function withVersions(written: object, { scenarios, environments }: HeldParts): object {
  const whole = listed(written, 'scenarios') as object[]
  const times = whole.length / Math.max(1, scenarios.length)
  return {
    ...written,
    scenarios: whole.map((scenario, i) => ({ ...scenario, ...scenarios[Math.floor(i / times)] })),
    algorithms: (listed(written, 'algorithms') as object[]).map((choice, j) =>
      environments[j] ? { ...choice, environments: environments[j] } : choice
    )
  }
}

/**
 * From which versions of the library the runs of an experiment come, in their order. `document` is what it was read from; where it
 * sweeps its objective, each of its scenarios stands several times in the experiment.
 */
export function sourcesOfRuns(
  store: Store,
  { document, saved }: { document: unknown; saved?: Located },
  experiment: Experiment,
  specs: readonly RunSpec[]
): RunSource[][] {
  const { scenarios, environments } = heldParts(document)
  const times = experiment.scenarios.length / Math.max(1, scenarios.length)
  const sourceOf = (kind: DocumentKind & PartKind, held: LibraryVersion | undefined): RunSource[] => {
    const found = held && locate(store, held, kind)
    return found ? [{ kind, document: found.id, version: found.version }] : []
  }
  const ofScenario = experiment.scenarios.map((_, i) => {
    const parts = scenarios[Math.floor(i / times)]
    return [...sourceOf('topology', parts?.topology), ...sourceOf('workload', parts?.workload)]
  })
  const ofSet = experiment.algorithms.map((_, j) => sourceOf('environments', environments[j]))
  const places = new Map(experiment.scenarios.map((scenario, i) => [scenario, i]))
  const sets = new Map(experiment.algorithms.map((choice, j) => [choice.environments, j]))
  return specs.map(({ scenario, environments: set }) => [
    ...(ofScenario[places.get(scenario) ?? -1] ?? []),
    ...((set && ofSet[sets.get(set) ?? -1]) ?? []),
    ...(saved ? [{ kind: 'experiment' as const, document: saved.id, version: saved.version }] : [])
  ])
}
