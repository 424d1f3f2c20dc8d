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

/** Times that differ by less, as a share, are ties: hops that add up in another order give other last digits. */
const ROUNDING = 1e-12

/**
 * The fastest ways from one node to all others for one size, by Dijkstra's algorithm: the hops that the route envelopes of
 * `routes.ts` only give the time of. Of equally fast ways the one of fewer hops, then of earlier links in the topology. Only relays pass
 * data on. Links without bandwidth, or to nowhere, carry nothing.
 */
export function pathsFrom(topology: Topology, source: string, megabytes: number): Map<string, Path> {
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]))
  const hops = hopsByNode(topology, megabytes)
  const position = new Map(topology.links.map((link, i) => [link, i]))
  const isBetter = (a: Path, b: Path) => compare(a, b, position) < 0
  const paths = new Map<string, Path>()
  const waiting = new Map<string, Path>(nodes.has(source) ? [[source, { hops: [], seconds: 0 }]] : [])
  while (waiting.size > 0) {
    const [at, path] = first(waiting, isBetter)
    waiting.delete(at)
    paths.set(at, path)
    const node = nodes.get(at)
    if (!node || (at !== source && !isRelay(node))) continue
    for (const hop of hops.get(at) ?? []) {
      if (paths.has(hop.to)) continue
      const further = { hops: [...path.hops, hop], seconds: path.seconds + hop.seconds }
      const known = waiting.get(hop.to)
      if (known === undefined || isBetter(further, known)) waiting.set(hop.to, further)
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

/** Below 0 where data takes `a` rather than `b`. */
function compare(a: Path, b: Path, position: ReadonlyMap<Link, number>): number {
  const apart = a.seconds - b.seconds
  if (Math.abs(apart) > ROUNDING * Math.max(a.seconds, b.seconds)) return apart
  if (a.hops.length !== b.hops.length) return a.hops.length - b.hops.length
  for (const [i, { link }] of a.hops.entries()) {
    const places = (position.get(link) ?? 0) - (position.get(b.hops[i].link) ?? 0)
    if (places !== 0) return places
  }
  return 0
}

function first(waiting: ReadonlyMap<string, Path>, isBetter: (a: Path, b: Path) => boolean): [string, Path] {
  return [...waiting].reduce((best, each) => (isBetter(each[1], best[1]) ? each : best))
}
