import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { TIERS, type Topology } from '../model/topology'
import { aboveZero, atLeastZero, Id, MOST_LINKS, MOST_NODES, Name, Note } from './fields'
import { type Read, readBy, recordsIn, refused } from './read'

export const TOPOLOGY = 'dmro-topology/1'

const Node = z.strictObject({
  id: Id,
  tier: z.enum(TIERS),
  computeMHz: aboveZero('computeMHz'),
  energyPerMegacycle: atLeastZero('energyPerMegacycle'),
  relays: z.boolean().optional(),
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
  const faults: Fault[] = []
  const nodes = recordsIn(value, 'nodes')
  const seen = new Map<unknown, number>()
  for (const { record, i } of nodes) {
    const before = seen.get(record.id)
    if (before !== undefined && typeof record.id === 'string') faults.push({ path: `${root}.nodes[${i}].id`, message: `"${record.id}" is already the id of node ${before}; ids must differ` })
    seen.set(record.id, i)
    if (record.tier === 'device' && record.relays === true) faults.push({ path: `${root}.nodes[${i}].relays`, message: 'a device never relays; remove this key' })
  }
  if (nodes.length > 0 && !nodes.some(({ record }) => record.tier === 'device')) faults.push({ path: `${root}.nodes`, message: 'there is no device; workflows start on one' })
  const joined = new Map<string, number>()
  for (const { record, i } of recordsIn(value, 'links')) {
    for (const end of ['from', 'to'] as const) {
      if (typeof record[end] === 'string' && !seen.has(record[end])) faults.push({ path: `${root}.links[${i}].${end}`, message: `there is no node "${record[end]}"` })
    }
    if (record.from === record.to) faults.push({ path: `${root}.links[${i}]`, message: `joins "${String(record.from)}" to itself` })
    const pair = JSON.stringify([String(record.from), String(record.to)].sort())
    const before = joined.get(pair)
    if (before !== undefined) faults.push({ path: `${root}.links[${i}]`, message: `joins the same nodes as link ${before}; links lead both ways, keep one` })
    joined.set(pair, i)
  }
  return faults
}

export function writeTopology(topology: Topology): object {
  return { format: TOPOLOGY, ...topology }
}
