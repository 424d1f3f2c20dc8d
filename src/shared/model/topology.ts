export const TIERS = ['device', 'edge', 'cloud'] as const
export type Tier = (typeof TIERS)[number]

export interface TopologyNode {
  id: string
  tier: Tier
  /** Processing speed in megacycles per second. */
  computeMHz: number
  /** Joules spent per megacycle. */
  energyPerMegacycle: number
  /**
   * Whether an edge or cloud passes on data of others; true unless said. Without relays two places talk over
   * the link that joins them and nothing else, as the paper's eq. (4) has it. Devices never relay.
   */
  relays?: boolean
  /** Tasks it computes at once under execution "shared"; 1 unless said. */
  cores?: number
  /** Watts that a device spends while its own links carry its data out, and in; 0 unless said, as in the paper. */
  transmitWatts?: number
  receiveWatts?: number
  /** What it belongs to, e.g. a site or a cell: nodes that say the same stand together. It has no meaning for the model. */
  group?: string
  /** Where the node stands on the canvas, in pixels; it has no meaning for the model. */
  position?: { x: number; y: number }
}

/** Joins two nodes, both ways. */
export interface Link {
  from: string
  to: string
  /** MB/s from → to, 1 MB = 10⁶ bytes. */
  bandwidthMBps: number
  /** MB/s to → from; the same unless said. */
  backBandwidthMBps?: number
  latencyMs: number
}

export interface Topology {
  name: string
  /** Said wherever a user sees the topology, e.g. that its numbers are assumed. */
  note?: string
  nodes: TopologyNode[]
  links: Link[]
}

/** MB/s of a link from node `from`, one of its ends. */
export function bandwidthFrom(link: Link, from: string): number {
  return link.from === from ? link.bandwidthMBps : (link.backBandwidthMBps ?? link.bandwidthMBps)
}

/** A link of another bandwidth; a rate back of its own keeps its ratio to it. */
export function atRate(link: Link, bandwidthMBps: number): Link {
  const { backBandwidthMBps } = link
  const back = backBandwidthMBps === undefined ? {} : { backBandwidthMBps: (backBandwidthMBps * bandwidthMBps) / link.bandwidthMBps }
  return { ...link, bandwidthMBps, ...back }
}

/**
 * The places a workflow of `device` may be put, in the order every table, mask and network uses:
 * its own device, then all edges, then all clouds. K = 1 + E + C.
 */
export function locationsOf(topology: Topology, device: string): TopologyNode[] {
  const own = topology.nodes.find((node) => node.id === device)
  if (own?.tier !== 'device') throw new RangeError(`"${device}" is not a device of topology "${topology.name}"`)
  const tier = (wanted: Tier) => topology.nodes.filter((node) => node.tier === wanted)
  return [own, ...tier('edge'), ...tier('cloud')]
}

/** Whether routes may lead through `node`. */
export function isRelay(node: TopologyNode): boolean {
  return node.tier !== 'device' && node.relays !== false
}

export function devicesOf(topology: Topology): TopologyNode[] {
  return topology.nodes.filter((node) => node.tier === 'device')
}
