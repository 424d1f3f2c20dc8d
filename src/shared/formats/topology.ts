import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { TIERS, type Topology } from '../model/topology'
import { aboveZero, atLeastZero, Id, MOST_LINKS, MOST_NODES, MOST_PLACES, Name, Note } from './fields'
import { type Format, names, restated } from './format'
import { duplicateFaults, type Read, readBy, recordsIn, refused } from './read'

export const TOPOLOGY = 'dmro-topology/1'

const Node = z.strictObject({
  id: Id,
  tier: z.enum(TIERS),
  computeMHz: aboveZero('computeMHz'),
  energyPerMegacycle: atLeastZero('energyPerMegacycle'),
  relays: z.boolean().optional(),
  group: Name.optional(),
  position: z.strictObject({ x: z.number(), y: z.number() }).optional()
})

const Link = z.strictObject({
  from: z.string(),
  to: z.string(),
  bandwidthMBps: aboveZero('bandwidthMBps'),
  latencyMs: atLeastZero('latencyMs').default(0)
})

const Document = z.strictObject({
  format: z.literal(TOPOLOGY),
  name: Name,
  note: Note,
  nodes: z.array(Node).min(1, 'a topology needs at least one device').max(MOST_NODES, `a topology has ${MOST_NODES} nodes at most`),
  links: z.array(Link).max(MOST_LINKS, `a topology has ${MOST_LINKS} links at most`)
})

/** A topology from its document (`dmro-topology/1`). */
export function readTopology(value: unknown, root = '$'): Read<Topology> {
  const read = readBy(Document, value, root)
  const faults = [...(read.ok ? [] : read.faults), ...graphFaults(value, root)]
  if (!read.ok || faults.length > 0) return refused(faults)
  const { format: _, ...topology } = read.value
  return { ok: true, value: topology }
}

/** What no schema of single fields sees. Works on whatever is there, so that everything wrong is told at once. */
function graphFaults(value: unknown, root: string): Fault[] {
  const nodes = recordsIn(value, 'nodes')
  return [
    ...duplicateFaults(nodes, `${root}.nodes`, 'node'),
    ...tierFaults(nodes, root),
    ...linkFaults(value, new Set(nodes.map(({ record }) => record.id)), root)
  ]
}

function tierFaults(nodes: ReturnType<typeof recordsIn>, root: string): Fault[] {
  const faults: Fault[] = []
  const path = `${root}.nodes`
  for (const { record, i } of nodes) {
    if (record.tier === 'device' && record.relays === true)
      faults.push({ path: `${path}[${i}].relays`, message: 'a device never relays; remove this key' })
  }
  if (nodes.length > 0 && !nodes.some(({ record }) => record.tier === 'device'))
    faults.push({ path, message: 'a device is missing; workflows start on one, so add one' })
  const servers = nodes.filter(({ record }) => record.tier === 'edge' || record.tier === 'cloud').length
  if (servers >= MOST_PLACES) faults.push({ path, message: `there are ${servers} edges and clouds; ${MOST_PLACES - 1} at most` })
  return faults
}

function linkFaults(value: unknown, ids: ReadonlySet<unknown>, root: string): Fault[] {
  const faults: Fault[] = []
  const joined = new Map<string, number>()
  for (const { record, i } of recordsIn(value, 'links')) {
    const path = `${root}.links[${i}]`
    const { from, to } = record
    for (const [end, id] of Object.entries({ from, to })) {
      if (typeof id === 'string' && !ids.has(id)) faults.push({ path: `${path}.${end}`, message: `there is no node "${id}"` })
    }
    if (typeof from !== 'string' || typeof to !== 'string') continue
    if (from === to) {
      faults.push({ path, message: `joins "${from}" to itself; remove it` })
      continue
    }
    const pair = JSON.stringify([from, to].sort())
    const before = joined.get(pair)
    if (before === undefined) joined.set(pair, i)
    else faults.push({ path, message: `joins the same nodes as link ${before}; links lead both ways, keep one` })
  }
  return faults
}

export function writeTopology(topology: Topology): object {
  return { format: TOPOLOGY, ...topology }
}

export const topologyFormat: Format = {
  id: 'topology',
  title: `our topology (${TOPOLOGY})`,
  document: { name: TOPOLOGY, schema: Document },
  recognises: names(TOPOLOGY),
  restate: (value) => restated(readTopology(value), writeTopology)
}
