import { count, integer } from '../format'
import type { Fault } from '../experiment/experiment'
import type { Link, Tier, Topology, TopologyNode } from '../model/topology'
import { leftOut, noteOf, settledTopology } from './conversion'
import { MOST_LINKS, MOST_NODES } from './fields'
import { freeId } from './ids'
import { bandwidthOf, coordinatesOf, greatCircleKm, latencyOf, Reader, speedOf, statedTier } from './graph-fields'
import { MOST_FAULTS, type Read, refused } from './read'

/**
 * Graphs of other tools – nodes and links with attributes whose names and units nobody fixed – as topologies. Names that state their unit
 * are read in it; others are guessed, and every guess is a sentence of the note, as is what was left out.
 */

/** A node or a link as its file has it: `place` names where, for faults. */
export interface ForeignNode {
  id: string
  place: string
  attributes: ReadonlyMap<string, string>
}
export interface ForeignLink {
  from: string
  to: string
  place: string
  attributes: ReadonlyMap<string, string>
}
export interface ForeignGraph {
  name: string
  nodes: readonly ForeignNode[]
  links: readonly ForeignLink[]
  isDirected: boolean
  /** Of the graph itself, which have nowhere to go. */
  otherKeys?: readonly string[]
}

/** Taken where a file does not say: the figures of the preset one-edge-one-cloud. */
const ASSUMED = {
  device: { computeMHz: 4000, energyPerMegacycle: 0.001 },
  edge: { computeMHz: 12_000, energyPerMegacycle: 0.0005 },
  cloud: { computeMHz: 40_000, energyPerMegacycle: 0.0004 }
} as const satisfies Record<Tier, object>
const ASSUMED_MBPS = 12.5
/** Light in fibre: 2/3 of its speed in vacuum. */
const MS_PER_KM = 0.005

/** The topology of a graph. `source` says what it came from, as a sentence begins: "From GraphML". */
export function topologyOfGraph(graph: ForeignGraph, source: string, root: string): Read<Topology> {
  if (graph.nodes.length === 0) return refused([{ path: root, message: 'a topology needs at least one node' }])
  if (graph.nodes.length > MOST_NODES) return refused([{ path: root, message: `a topology has ${MOST_NODES} nodes at most` }])
  const faults: Fault[] = []
  const said = new Reader(faults)
  const { ids, nodes } = nodesOf(graph.nodes, said)
  const links = linksOf(graph, ids, said)
  if (links.length > MOST_LINKS) return refused([{ path: root, message: `a topology has ${MOST_LINKS} links at most` }])
  if (faults.length > 0) return refused(faults.slice(0, MOST_FAULTS))
  const added = withDevice(nodes)
  const topology: Topology = {
    name: graph.name.slice(0, 200) || 'graph',
    note: noteOf(`${source}.`, ...said.sentences(), ...added.says, leftOut([...said.unused(), ...(graph.otherKeys ?? [])])),
    nodes: added.nodes,
    links: [...links.map(({ link }) => link), ...added.links]
  }
  const placeOf = (kind: 'nodes' | 'links', i: number) => (kind === 'nodes' ? graph.nodes[i]?.place : links[i]?.place) ?? root
  return settledTopology(topology, placeOf, root)
}

/** "3 edges". */
const namedTier = (n: number, tier: Tier) => count(n, tier, `${tier}s`)

/** Nodes by their labels where these differ, and what each id of the file became. */
function nodesOf(
  given: readonly ForeignNode[],
  said: Reader
): { ids: Map<string, { id: string; at?: [number, number] }>; nodes: TopologyNode[] } {
  const ids = new Map<string, { id: string; at?: [number, number] }>()
  const taken = new Set<string>()
  const nodes = given.flatMap((node): TopologyNode[] => {
    if (ids.has(node.id)) {
      said.fault(node.place, `node ${JSON.stringify(node.id.slice(0, 60))} is there already`)
      return []
    }
    const own = said.of(node.attributes, node.place)
    const id = freeId(own.text('label', 'name') ?? node.id, taken, 'node')
    const found = coordinatesOf(own)
    ids.set(node.id, { id, ...(found?.isGeographic && { at: found.at }) })
    const tier = statedTier(own)
    if (tier === undefined) said.count('of unknown tier', (n) => `What a node is, is not stated of ${integer(n)}: edges are assumed.`)
    const kind = tier ?? 'edge'
    const computeMHz = speedOf(own)
    if (computeMHz === undefined)
      said.count(
        `${kind} of unknown speed`,
        (n) => `Speed not stated: ${integer(ASSUMED[kind].computeMHz)} MHz are assumed of ${namedTier(n, kind)}.`
      )
    const joules = own.number('energyPerMegacycle')
    if (joules === undefined)
      said.count(
        `${kind} of unknown energy`,
        (n) => `Energy not stated: ${ASSUMED[kind].energyPerMegacycle} J per megacycle are assumed of ${namedTier(n, kind)}.`
      )
    const cores = own.number('cores')
    const relays = own.boolean('relays')
    const group = own.text('group')
    const watts = { transmitWatts: own.number('transmitWatts'), receiveWatts: own.number('receiveWatts') }
    return [
      {
        id,
        tier: kind,
        computeMHz: computeMHz ?? ASSUMED[kind].computeMHz,
        energyPerMegacycle: joules ?? ASSUMED[kind].energyPerMegacycle,
        ...(relays !== undefined && kind !== 'device' && { relays }),
        ...(cores !== undefined && { cores }),
        ...(watts.transmitWatts !== undefined && { transmitWatts: watts.transmitWatts }),
        ...(watts.receiveWatts !== undefined && { receiveWatts: watts.receiveWatts }),
        ...(group !== undefined && group !== '' && { group: group.slice(0, 200) }),
        ...(found && { position: { x: found.x, y: found.y } })
      }
    ]
  })
  return { ids, nodes }
}

interface PlacedLink {
  link: Link
  place: string
  /** Whether the file has the way back as an edge of its own. */
  hasBack?: boolean
}

/** One link a pair: of parallel ones the widest, of two that point at each other both rates. */
function linksOf(
  { links: given, isDirected }: ForeignGraph,
  ids: ReadonlyMap<string, { id: string; at?: [number, number] }>,
  said: Reader
): PlacedLink[] {
  const known = new Map<string, PlacedLink>()
  for (const { from, to, place, attributes } of given) {
    const [a, b] = [ids.get(from), ids.get(to)]
    if (!a || !b) {
      said.fault(place, `there is no node ${JSON.stringify((a ? to : from).slice(0, 60))}`)
      continue
    }
    if (a.id === b.id) {
      said.count('loops', (n) => `Left out: ${count(n, 'link', 'links')} of a node to itself.`)
      continue
    }
    const own = said.of(attributes, place)
    const bandwidthMBps = bandwidthOf(own)
    if (bandwidthMBps === undefined)
      said.count(
        'links of unknown bandwidth',
        (n) => `Bandwidth not stated: ${ASSUMED_MBPS} MB/s are assumed of ${count(n, 'link', 'links')}.`
      )
    const link: Link = { from: a.id, to: b.id, bandwidthMBps: bandwidthMBps ?? ASSUMED_MBPS, latencyMs: latencyMs(own, a.at, b.at, said) }
    const back = own.number('backBandwidthMBps')
    if (back !== undefined) link.backBandwidthMBps = back
    merge(known, { link, place }, isDirected, said)
  }
  const all = [...known.values()]
  const oneWay = isDirected ? all.filter(({ hasBack, link }) => !hasBack && link.backBandwidthMBps === undefined).length : 0
  if (oneWay > 0)
    said.count(
      'one-way links',
      () => `Without a way back of its own: ${count(oneWay, 'directed link', 'directed links')}; the same rate back is assumed.`
    )
  return all
}

function merge(known: Map<string, PlacedLink>, given: PlacedLink, isDirected: boolean, said: Reader): void {
  const { from, to, bandwidthMBps, latencyMs } = given.link
  const key = JSON.stringify(from < to ? [from, to] : [to, from])
  const before = known.get(key)
  if (before === undefined) {
    known.set(key, given)
    return
  }
  const isBack = isDirected && before.link.from === to
  if (isBack && !before.hasBack) {
    before.hasBack = true
    if (bandwidthMBps !== before.link.bandwidthMBps) before.link.backBandwidthMBps = bandwidthMBps
    if (latencyMs !== before.link.latencyMs) {
      said.count(
        'unequal latencies',
        (n) => `Another latency on the way back: ${count(n, 'link', 'links')}; the greater is taken for both.`
      )
      before.link.latencyMs = Math.max(latencyMs, before.link.latencyMs)
    }
    return
  }
  said.count(
    'parallel links',
    (n) => `Parallel to others: ${count(n, 'link', 'links')}; of parallel links the one with the most bandwidth stays.`
  )
  if (bandwidthMBps > before.link.bandwidthMBps && !isBack) known.set(key, { ...given, hasBack: before.hasBack })
}

/** What a link says, else what its length comes to, else 0. */
function latencyMs(own: ReturnType<Reader['of']>, a: [number, number] | undefined, b: [number, number] | undefined, said: Reader): number {
  const written = latencyOf(own)
  if (written !== undefined) return written
  if (a && b) {
    said.count(
      'latencies by distance',
      (n) => `Latency by great-circle distance at 5 µs a km, light in fibre: ${count(n, 'link', 'links')}.`
    )
    return Number((greatCircleKm(a, b) * MS_PER_KM).toFixed(4))
  }
  said.count('links of unknown latency', (n) => `Latency not stated: 0 ms are assumed of ${count(n, 'link', 'links')}.`)
  return 0
}

/** A graph of servers alone gets a device at its first node, since workflows start on one. */
function withDevice(nodes: readonly TopologyNode[]): { nodes: TopologyNode[]; links: Link[]; says: string[] } {
  if (nodes.some(({ tier }) => tier === 'device')) return { nodes: [...nodes], links: [], says: [] }
  const [first] = nodes
  const id = freeId('device', new Set(nodes.map((node) => node.id)), 'device')
  const at = first.position && { position: { x: first.position.x - 160, y: first.position.y } }
  return {
    nodes: [...nodes, { id, tier: 'device', ...ASSUMED.device, ...at }],
    links: [{ from: id, to: first.id, bandwidthMBps: ASSUMED_MBPS, latencyMs: 0 }],
    says: [
      `No node is a device: "${id}" was added at "${first.id.slice(0, 60)}", of ${ASSUMED.device.computeMHz.toLocaleString('en')} MHz and joined at ${ASSUMED_MBPS} MB/s; both are assumed.`
    ]
  }
}
