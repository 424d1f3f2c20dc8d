import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { type Link, TIERS, type Topology, type TopologyNode } from '../model/topology'
import { aboveZero, atLeastZero, Id, MOST_CORES, MOST_LINKS, MOST_NODES, MOST_PLACES, Name, Note } from './fields'
import { type Format, names, restated } from './format'
import { duplicateFaults, type Read, recordsIn, refused } from './read'
import { hasAny, versionsOf, withoutDefaults } from './versions'

export const TOPOLOGY = 'dmro-topology/1'
/** With cores, watts of links and a rate each way. */
export const TOPOLOGY_2 = 'dmro-topology/2'

const NodeDocument = z.strictObject({
  id: Id,
  tier: z.enum(TIERS),
  computeMHz: aboveZero('computeMHz'),
  energyPerMegacycle: atLeastZero('energyPerMegacycle'),
  relays: z.boolean().optional(),
  group: Name.optional(),
  position: z.strictObject({ x: z.number(), y: z.number() }).optional()
})

const LinkDocument = z.strictObject({
  from: z.string(),
  to: z.string(),
  bandwidthMBps: aboveZero('bandwidthMBps'),
  latencyMs: atLeastZero('latencyMs').default(0)
})

const NODE_2 = {
  cores: z
    .number()
    .int('cores must be a whole number')
    .min(1, 'cores must be at least 1')
    .max(MOST_CORES, `cores must not exceed ${MOST_CORES}`)
    .optional(),
  transmitWatts: atLeastZero('transmitWatts').optional(),
  receiveWatts: atLeastZero('receiveWatts').optional()
}
const LINK_2 = { backBandwidthMBps: aboveZero('backBandwidthMBps').optional() }
const NODE_DEFAULTS = { cores: 1, transmitWatts: 0, receiveWatts: 0 } as const

const versions = versionsOf<{ format: string } & Topology>([TOPOLOGY, TOPOLOGY_2], [NODE_2, LINK_2], (format, isSecond) => {
  const node: z.ZodType<TopologyNode> = isSecond ? NodeDocument.extend(NODE_2) : NodeDocument
  const link: z.ZodType<Link> = isSecond ? LinkDocument.extend(LINK_2) : LinkDocument
  return z.strictObject({
    format,
    name: Name,
    note: Note,
    nodes: z.array(node).min(1, 'a topology needs at least one device').max(MOST_NODES, `a topology has ${MOST_NODES} nodes at most`),
    links: z.array(link).max(MOST_LINKS, `a topology has ${MOST_LINKS} links at most`)
  })
})

/** A topology from its document (`dmro-topology/1` or `/2`). What says no more than its absence would is absent. */
export function readTopology(value: unknown, root = '$'): Read<Topology> {
  const read = versions.read(value, root)
  const faults = [...(read.ok ? [] : read.faults), ...graphFaults(value, root)]
  if (!read.ok || faults.length > 0) return refused(faults)
  const nodes = read.value.nodes.map((node) => withoutDefaults(node, NODE_DEFAULTS))
  const links = read.value.links.map((link) => withoutDefaults(link, { backBandwidthMBps: link.bandwidthMBps }))
  return { ok: true, value: { ...read.value, nodes, links } }
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
    if (record.tier !== 'edge' && record.tier !== 'cloud') continue
    for (const key of ['transmitWatts', 'receiveWatts'])
      if (record[key] !== undefined)
        faults.push({
          path: `${path}[${i}].${key}`,
          message: `only devices spend watts on their links, not ${nounOf(record.tier)}; remove this key`
        })
  }
  if (nodes.length > 0 && !nodes.some(({ record }) => record.tier === 'device'))
    faults.push({ path, message: 'a device is missing; workflows start on one, so add one' })
  const servers = nodes.filter(({ record }) => record.tier === 'edge' || record.tier === 'cloud').length
  if (servers >= MOST_PLACES) faults.push({ path, message: `there are ${servers} edges and clouds; ${MOST_PLACES - 1} at most` })
  return faults
}

const nounOf = (tier: 'edge' | 'cloud') => (tier === 'edge' ? 'an edge' : 'a cloud')

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

/** Its document, in the version that holds what it has. */
export function writeTopology(topology: Topology): object {
  const isSecond = topology.nodes.some((node) => hasAny(node, NODE_2)) || topology.links.some((link) => hasAny(link, LINK_2))
  return { format: isSecond ? TOPOLOGY_2 : TOPOLOGY, ...topology }
}

export const topologyFormat: Format = {
  id: 'topology',
  title: 'our topology (dmro-topology)',
  documents: versions.documents,
  recognises: names(TOPOLOGY, TOPOLOGY_2),
  restate: (value) => restated(readTopology(value), writeTopology),
  readTopology: (value) => readTopology(value)
}
