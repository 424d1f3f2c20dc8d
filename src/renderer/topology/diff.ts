import type { Drawing, DrawnLink, DrawnNode } from './drawing'
import { endName, nodesByKey } from './drawing'

export type DifferenceKind = 'added' | 'removed' | 'changed'

/** One part that differs between two versions. */
export interface Difference {
  change: DifferenceKind
  kind: 'node' | 'link'
  name: string
  /** The key in the newer drawing; in the older one where it was removed. */
  key: string
  /** What changed: `computeMHz`, from and to. */
  fields: { field: string; from: unknown; to: unknown }[]
}

/** What a drawing has that another, older one has not, and the other way round. Nodes are the same by name, links by their ends. */
export function differences(older: Drawing, newer: Drawing): Difference[] {
  return [
    ...compared(
      'node',
      named(older.nodes, (node) => node.name),
      named(newer.nodes, (node) => node.name),
      NODE_FIELDS
    ),
    ...compared('link', namedLinks(older), namedLinks(newer), LINK_FIELDS)
  ]
}

const NODE_FIELDS = [
  'tier',
  'computeMHz',
  'energyPerMegacycle',
  'cores',
  'transmitWatts',
  'receiveWatts',
  'relays',
  'group',
  'x',
  'y'
] as const satisfies readonly (keyof DrawnNode)[]
const LINK_FIELDS = ['bandwidthMBps', 'backBandwidthMBps', 'latencyMs'] as const satisfies readonly (keyof DrawnLink)[]

function named<Part>(parts: readonly Part[], nameOf: (part: Part) => string): Map<string, Part> {
  return new Map(parts.map((part) => [nameOf(part), part]))
}

function namedLinks(drawing: Drawing): Map<string, DrawnLink> {
  const nodes = nodesByKey(drawing)
  return named(drawing.links, (link) => [endName(nodes, link.from), endName(nodes, link.to)].sort().join(' – '))
}

function compared<Part extends { key: string }>(
  kind: Difference['kind'],
  older: ReadonlyMap<string, Part>,
  newer: ReadonlyMap<string, Part>,
  fields: readonly (keyof Part & string)[]
): Difference[] {
  const found: Difference[] = []
  for (const [name, part] of newer) {
    const before = older.get(name)
    if (!before) found.push({ change: 'added', kind, name, key: part.key, fields: [] })
    else {
      const changed = fields.flatMap((field) => (before[field] === part[field] ? [] : [{ field, from: before[field], to: part[field] }]))
      if (changed.length > 0) found.push({ change: 'changed', kind, name, key: part.key, fields: changed })
    }
  }
  for (const [name, part] of older) if (!newer.has(name)) found.push({ change: 'removed', kind, name, key: part.key, fields: [] })
  return found
}
