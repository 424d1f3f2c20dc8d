import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { TIERS, type Topology } from '../model/topology'
import { aboveZero, atLeastZero, Id, MOST_LINKS, MOST_NODES, Name, Note } from './fields'
import { type Read, readBy, settled } from './read'

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
  if (!read.ok) return read
  const { format: _, ...topology } = read.value
  return settled(topology, topologyFaults(topology, root))
}

function topologyFaults({ nodes, links }: Topology, root: string): Fault[] {
  const faults: Fault[] = []
  const seen = new Map<string, number>()
  nodes.forEach((node, i) => {
    const before = seen.get(node.id)
    if (before !== undefined) faults.push({ path: `${root}.nodes[${i}].id`, message: `"${node.id}" is already the id of node ${before}; ids must differ` })
    seen.set(node.id, i)
    if (node.tier === 'device' && node.relays === true) faults.push({ path: `${root}.nodes[${i}].relays`, message: 'a device never relays; remove this key' })
  })
  if (!nodes.some((node) => node.tier === 'device')) faults.push({ path: `${root}.nodes`, message: 'there is no device; workflows start on one' })
  const joined = new Map<string, number>()
  links.forEach((link, i) => {
    for (const end of ['from', 'to'] as const) {
      if (!seen.has(link[end])) faults.push({ path: `${root}.links[${i}].${end}`, message: `there is no node "${link[end]}"` })
    }
    if (link.from === link.to) faults.push({ path: `${root}.links[${i}]`, message: `joins "${link.from}" to itself` })
    const pair = JSON.stringify([link.from, link.to].sort())
    const before = joined.get(pair)
    if (before !== undefined) faults.push({ path: `${root}.links[${i}]`, message: `joins the same nodes as link ${before}; links lead both ways, keep one` })
    joined.set(pair, i)
  })
  return faults
}

export function writeTopology(topology: Topology): object {
  return { format: TOPOLOGY, ...topology }
}
