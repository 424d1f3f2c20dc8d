import type { Format, PartKind } from './format'
import { partsOf } from './read'
import { claimsVersion, isLibraryVersion, LIBRARY_VERSION, type NamedPart, VersionDocument } from './library-version'

/** What stands for a named part instead; the part itself to leave it. */
export type Swap = (part: NamedPart, kind: PartKind, path: string) => unknown

/** A part that a document names instead of holding it, and where. */
export interface FoundPart {
  part: NamedPart
  kind: PartKind
  path: string
}

/**
 * A document – experiment, scenario or environment set, as far as it can be read – with its named parts swapped. What does not change is
 * the same object as before.
 */
export function withParts<T>(document: T, swap: Swap, root = '$'): T {
  const parts = partsOf(document)
  return patched(document, {
    ...inScenario(parts, swap, root),
    ...inSet(parts, swap, root),
    scenarios: each(parts.scenarios, (scenario, i) => swapped(scenario, 'scenario', `${root}.scenarios[${i}]`, swap)),
    algorithms: each(parts.algorithms, (choice, i) => {
      const path = `${root}.algorithms[${i}].environments`
      return patched(choice, { environments: swapped(partsOf(choice).environments, 'environments', path, swap) })
    })
  })
}

/** Every part that a document names, in its order. */
export function namedParts(document: unknown): FoundPart[] {
  const found: FoundPart[] = []
  withParts(document, (part, kind, path) => {
    found.push({ part, kind, path })
    return part
  })
  return found
}

function swapped(value: unknown, kind: PartKind, path: string, swap: Swap): unknown {
  if (typeof value === 'string' || isLibraryVersion(value)) return swap(value, kind, path)
  if (kind === 'scenario') return patched(value, inScenario(partsOf(value), swap, path))
  if (kind === 'environments') return patched(value, inSet(partsOf(value), swap, path))
  return value
}

const inScenario = ({ topology, workload }: Readonly<Record<string, unknown>>, swap: Swap, path: string) => ({
  topology: swapped(topology, 'topology', `${path}.topology`, swap),
  workload: swapped(workload, 'workload', `${path}.workload`, swap)
})

const inSet = ({ topologies, family }: Readonly<Record<string, unknown>>, swap: Swap, path: string) => ({
  topologies: each(topologies, (topology, i) => swapped(topology, 'topology', `${path}.topologies[${i}]`, swap)),
  family: patched(family, { around: swapped(partsOf(family).around, 'topology', `${path}.family.around`, swap) })
})

/** A list with each item replaced; itself where none changes, and where it is not a list. */
function each(value: unknown, replace: (item: unknown, i: number) => unknown): unknown {
  if (!Array.isArray(value)) return value
  const next = value.map(replace)
  return next.every((item, i) => item === value[i]) ? value : next
}

/** A record with some of its keys replaced; itself where none changes. */
function patched<T>(value: T, changes: Readonly<Record<string, unknown>>): T {
  const parts = partsOf(value)
  const changed = Object.entries(changes).filter(([key, next]) => next !== parts[key])
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) }
}

/** Makes no sense alone: it is a part of other documents. */
export const versionFormat: Format = {
  id: 'version',
  title: `our version of a document (${LIBRARY_VERSION})`,
  documents: [{ name: LIBRARY_VERSION, schema: VersionDocument }],
  recognises: claimsVersion
}
