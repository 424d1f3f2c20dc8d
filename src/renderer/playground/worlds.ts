import type { ChangedCoefficients } from '@shared/contract/playground-world'
import { joins } from '@shared/experiment/changes'
import { randomStream } from '@shared/model/random'
import type { Link, Tier, Topology } from '@shared/model/topology'

/** What a slider holds: its own value times 8^(position / STEPS), a position from −STEPS to STEPS. */
export const STEPS = 120
const RANGE = 8

/** Three figures are shown, and three figures are what the world then has. */
const rounded = (value: number) => Number(value.toPrecision(3))

export function valueAt(base: number, position: number): number {
  return position === 0 ? base : rounded(base * RANGE ** (position / STEPS))
}

export function positionOf(base: number, value: number): number {
  const position = Math.round((Math.log(value / base) / Math.log(RANGE)) * STEPS)
  return Math.max(-STEPS, Math.min(STEPS, position)) || 0
}

export const UNCHANGED: ChangedCoefficients = { links: [], nodes: [] }

export function bandwidthIn(changes: ChangedCoefficients, link: Link): number {
  return changes.links.find(({ from, to }) => joins(link, from, to))?.bandwidthMBps ?? link.bandwidthMBps
}

export function speedIn(changes: ChangedCoefficients, node: { id: string; computeMHz: number }): number {
  return changes.nodes.find(({ id }) => id === node.id)?.computeMHz ?? node.computeMHz
}

/** Changes with one link at another bandwidth; its own is not a change. */
export function withBandwidth(changes: ChangedCoefficients, link: Link, bandwidthMBps: number): ChangedCoefficients {
  const others = changes.links.filter(({ from, to }) => !joins(link, from, to))
  const own = bandwidthMBps === link.bandwidthMBps ? [] : [{ from: link.from, to: link.to, bandwidthMBps }]
  return { ...changes, links: [...others, ...own] }
}

export function withSpeed(changes: ChangedCoefficients, node: { id: string; computeMHz: number }, computeMHz: number): ChangedCoefficients {
  const others = changes.nodes.filter(({ id }) => id !== node.id)
  return { ...changes, nodes: computeMHz === node.computeMHz ? others : [...others, { id: node.id, computeMHz }] }
}

/** A named change: factors on all links between two tiers and on all nodes of a tier. */
interface Preset {
  key: 'halveEdgeLinks' | 'halveCloudLinks' | 'halveAllLinks' | 'slowEdges' | 'slowClouds' | 'fastEdges'
  link?(a: Tier, b: Tier): number
  node?(tier: Tier): number
}

const between = (a: Tier, b: Tier, x: Tier, y: Tier) => (a === x && b === y) || (a === y && b === x)

export const WORLD_PRESETS: readonly Preset[] = [
  { key: 'halveEdgeLinks', link: (a, b) => (between(a, b, 'device', 'edge') ? 0.5 : 1) },
  { key: 'halveCloudLinks', link: (a, b) => (between(a, b, 'device', 'cloud') ? 0.5 : 1) },
  { key: 'halveAllLinks', link: () => 0.5 },
  { key: 'slowEdges', node: (tier) => (tier === 'edge' ? 1 / 3 : 1) },
  { key: 'slowClouds', node: (tier) => (tier === 'cloud' ? 1 / 3 : 1) },
  { key: 'fastEdges', node: (tier) => (tier === 'edge' ? 3 : 1) }
]

/** Every coefficient times what `link` and `node` say of it. */
function scaled(topology: Topology, link: (a: Tier, b: Tier) => number, node: (tier: Tier) => number): ChangedCoefficients {
  const tiers = new Map(topology.nodes.map(({ id, tier }) => [id, tier]))
  const links = topology.links.flatMap(({ from, to, bandwidthMBps }) => {
    const factor = link(tiers.get(from) ?? 'device', tiers.get(to) ?? 'device')
    return factor === 1 ? [] : [{ from, to, bandwidthMBps: rounded(bandwidthMBps * factor) }]
  })
  const nodes = topology.nodes.flatMap(({ id, tier, computeMHz }) => {
    const factor = node(tier)
    return factor === 1 ? [] : [{ id, computeMHz: rounded(computeMHz * factor) }]
  })
  return { links, nodes }
}

/** The trained world changed by a preset. */
export function presetWorld(topology: Topology, key: string): ChangedCoefficients {
  const preset = WORLD_PRESETS.find((candidate) => candidate.key === key)
  return scaled(topology, preset?.link ?? (() => 1), preset?.node ?? (() => 1))
}

/** Presets that change something of a topology. */
export function presetsFor(topology: Topology): Preset['key'][] {
  return WORLD_PRESETS.map(({ key }) => key).filter((key) => {
    const { links, nodes } = presetWorld(topology, key)
    return links.length + nodes.length > 0
  })
}

/** Member `number` of the continuous family around a topology: bandwidths and servers × e^U(−0.7, 0.7), devices × e^U(−0.35, 0.35). */
export function shakenWorld(topology: Topology, number: number): ChangedCoefficients {
  const random = randomStream(number, 'environment')
  const factor = (spread: number) => Math.exp(random.between(-spread, spread))
  return scaled(
    topology,
    () => factor(0.7),
    (tier) => factor(tier === 'device' ? 0.35 : 0.7)
  )
}
