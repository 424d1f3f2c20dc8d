import { bandwidthFrom, isRelay, type Link, type Topology } from './topology'

/** One link of a route, in the direction the data takes. */
export interface PathHop {
  from: string
  to: string
  link: Link
  /** Latency + size / bandwidth. */
  seconds: number
}

/** A way through the topology, hop by hop; seconds add up (store and forward). */
export interface Path {
  hops: readonly PathHop[]
  seconds: number
}

/** Seconds to send `megabytes` over one link from node `from`, one of its ends; eq. (4). */
export function linkSeconds(link: Link, megabytes: number, from = link.from): number {
  return link.latencyMs / 1000 + megabytes / bandwidthFrom(link, from)
}

/**
 * The fastest ways from one node to all others for one size, by Dijkstra's algorithm: the hops that the route envelopes of
 * `routes.ts` only give the time of. Only relays pass data on. Links without bandwidth, or to nowhere, carry nothing.
 */
export function pathsFrom(topology: Topology, source: string, megabytes: number): Map<string, Path> {
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]))
  const hops = hopsByNode(topology, megabytes)
  const paths = new Map<string, Path>()
  const waiting = new Map<string, Path>(nodes.has(source) ? [[source, { hops: [], seconds: 0 }]] : [])
  while (waiting.size > 0) {
    const [at, path] = nearest(waiting)
    waiting.delete(at)
    paths.set(at, path)
    const node = nodes.get(at)
    if (!node || (at !== source && !isRelay(node))) continue
    for (const hop of hops.get(at) ?? []) {
      if (paths.has(hop.to)) continue
      const seconds = path.seconds + hop.seconds
      if (seconds < (waiting.get(hop.to)?.seconds ?? Number.POSITIVE_INFINITY)) waiting.set(hop.to, { hops: [...path.hops, hop], seconds })
    }
  }
  return paths
}

function hopsByNode(topology: Topology, megabytes: number): Map<string, PathHop[]> {
  const hops = new Map<string, PathHop[]>(topology.nodes.map((node) => [node.id, []]))
  for (const link of topology.links) {
    if (!hops.has(link.from) || !hops.has(link.to)) continue
    for (const [from, to] of [
      [link.from, link.to],
      [link.to, link.from]
    ]) {
      const seconds = linkSeconds(link, megabytes, from)
      if (Number.isFinite(seconds)) hops.get(from)?.push({ from, to, link, seconds })
    }
  }
  return hops
}

function nearest(waiting: ReadonlyMap<string, Path>): [string, Path] {
  return [...waiting].reduce((least, each) => (each[1].seconds < least[1].seconds ? each : least))
}
