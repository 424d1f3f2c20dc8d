import { writeTopology } from '@shared/formats'
import { type Link, TIERS, type Tier, type Topology, type TopologyNode } from '@shared/model/topology'

/**
 * A topology as it is drawn: parts have keys of their own, so that two nodes may bear one name, and a link lead nowhere,
 * until someone fixes it. Values are never changed in place.
 */
export interface DrawnNode {
  key: string
  name: string
  tier: Tier
  computeMHz: number
  energyPerMegacycle: number
  relays?: boolean
  cores?: number
  transmitWatts?: number
  receiveWatts?: number
  group?: string
  /** The left upper corner on the canvas, pixels. */
  x: number
  y: number
}

export interface DrawnLink {
  key: string
  /** Keys of nodes; of a node that is not there, `?` and its name. */
  from: string
  to: string
  bandwidthMBps: number
  backBandwidthMBps?: number
  latencyMs: number
}

export interface Drawing {
  name: string
  note?: string
  nodes: readonly DrawnNode[]
  links: readonly DrawnLink[]
}

/** The size of a node on the canvas, pixels. */
export const NODE = { width: 168, height: 60 } as const
/** Everything snaps to this grid unless it is turned off, pixels. */
export const GRID = 8

/** What a new node of a tier starts with: the preset's numbers. */
export const TIER_DEFAULTS: Readonly<Record<Tier, Pick<DrawnNode, 'computeMHz' | 'energyPerMegacycle'>>> = {
  device: { computeMHz: 4000, energyPerMegacycle: 0.001 },
  edge: { computeMHz: 16000, energyPerMegacycle: 0.0006 },
  cloud: { computeMHz: 60000, energyPerMegacycle: 0.00055 }
}

/** What a new link between two tiers starts with. */
export function linkDefaults(from: Tier | undefined, to: Tier | undefined): Pick<DrawnLink, 'bandwidthMBps' | 'latencyMs'> {
  const tiers = [from, to]
  if (tiers.includes('device')) return tiers.includes('cloud') ? { bandwidthMBps: 0.5, latencyMs: 30 } : { bandwidthMBps: 1, latencyMs: 2 }
  return { bandwidthMBps: 10, latencyMs: tiers.includes('cloud') ? 20 : 5 }
}

/** What the program calls new drawings. */
export const GIVEN_NAME = /^topology-\d+$/
export const EMPTY: Drawing = { name: '', nodes: [], links: [] }

const isMissing = (end: string) => end.startsWith('?')

/** The node a link's end stands on, or the name that no node has. */
export function endName(nodes: ReadonlyMap<string, DrawnNode>, end: string): string {
  return nodes.get(end)?.name ?? (isMissing(end) ? end.slice(1) : end)
}

export function nodesByKey(drawing: Drawing): Map<string, DrawnNode> {
  return new Map(drawing.nodes.map((node) => [node.key, node]))
}

/** A key that no part has: `n1`, `l1`, … */
export function freshKeys(drawing: Drawing, kind: 'n' | 'l', count: number): string[] {
  const parts: readonly { key: string }[] = kind === 'n' ? drawing.nodes : drawing.links
  let last = parts.reduce((most, { key }) => Math.max(most, Number(key.slice(1)) || 0), 0)
  return Array.from({ length: count }, () => `${kind}${++last}`)
}

/** The topology a drawing stands for; names stand for keys, so two nodes of one name become one. */
export function topologyOf(drawing: Drawing): Topology {
  const nodes = nodesByKey(drawing)
  return {
    name: drawing.name,
    ...(drawing.note !== undefined && drawing.note !== '' && { note: drawing.note }),
    nodes: drawing.nodes.map(({ key: _, name, x, y, group, relays, tier, transmitWatts, receiveWatts, ...numbers }) => ({
      id: name,
      tier,
      ...numbers,
      ...(tier === 'device' && numbersAt({ transmitWatts, receiveWatts }, 'transmitWatts', 'receiveWatts')),
      ...(relays === false && tier !== 'device' && { relays }),
      ...(group !== undefined && { group }),
      position: { x, y }
    })),
    links: drawing.links.map(({ key: _, from, to, ...numbers }) => ({ from: endName(nodes, from), to: endName(nodes, to), ...numbers }))
  }
}

/** The document of a drawing, whole or not, as its file holds it. */
export function documentOf(drawing: Drawing): object {
  return writeTopology(topologyOf(drawing))
}

type Loose<T> = { [K in keyof T]?: unknown }

const listed = <T>(value: unknown): Loose<T>[] =>
  Array.isArray(value) ? value.filter((item): item is Loose<T> => typeof item === 'object' && item !== null) : []
const number = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise)
/** The numbers among those keys that may be absent. */
const numbersAt = <K extends string>(record: { [key in K]?: unknown }, ...keys: K[]) =>
  Object.fromEntries(keys.flatMap((key) => (typeof record[key] === 'number' ? [[key, record[key]]] : []))) as { [key in K]?: number }

/**
 * Draws whatever a document holds: what is missing gets an initial value, what is wrong stays and is reported by the checks. Nodes
 * without a place are given none (NaN): `tidied` finds one.
 */
export function drawingOf(document: unknown): Drawing {
  const given: Loose<Topology> = typeof document === 'object' && document !== null ? document : {}
  const nodes = listed<TopologyNode>(given.nodes).map((node, i): DrawnNode => {
    const tier = TIERS.find((each) => each === node.tier) ?? 'device'
    const position = typeof node.position === 'object' && node.position !== null ? (node.position as { x?: unknown; y?: unknown }) : {}
    return {
      key: `n${i + 1}`,
      name: typeof node.id === 'string' ? node.id : `${tier} ${i + 1}`,
      tier,
      computeMHz: number(node.computeMHz, 0),
      energyPerMegacycle: number(node.energyPerMegacycle, 0),
      ...(node.relays === false && { relays: false }),
      ...numbersAt(node, 'cores', 'transmitWatts', 'receiveWatts'),
      ...(typeof node.group === 'string' && node.group !== '' && { group: node.group }),
      x: number(position.x, Number.NaN),
      y: number(position.y, Number.NaN)
    }
  })
  const keys = new Map<string, string>()
  for (const node of nodes) if (!keys.has(node.name)) keys.set(node.name, node.key)
  const end = (name: unknown) => keys.get(String(name)) ?? `?${typeof name === 'string' ? name : ''}`
  const links = listed<Link>(given.links).map(
    (link, i): DrawnLink => ({
      key: `l${i + 1}`,
      from: end(link.from),
      to: end(link.to),
      bandwidthMBps: number(link.bandwidthMBps, 0),
      ...numbersAt(link, 'backBandwidthMBps'),
      latencyMs: number(link.latencyMs, 0)
    })
  )
  return {
    name: typeof given.name === 'string' ? given.name : '',
    ...(typeof given.note === 'string' && { note: given.note }),
    nodes,
    links
  }
}
