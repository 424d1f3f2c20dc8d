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
 * The fastest ways through one topology for one size at a time, by Dijkstra's algorithm: the hops that the route envelopes of `routes.ts`
 * only give the time of. Of equally fast ways the one of fewer hops, then of earlier links in the topology. Only relays pass data on. Links
 * without bandwidth, or to nowhere, carry nothing. Nodes are numbered as in the topology; direction 2·l leads from → to of link l,
 * 2·l + 1 back.
 */
export class Ways {
  readonly #topology: Topology
  readonly #index: ReadonlyMap<string, number>
  readonly #relays: readonly boolean[]
  /** [nodes] the directions that lead away from each node. */
  readonly #away: readonly (readonly number[])[]
  /** [directions] the node each leads to, −1: none; s of latency and MB/s. */
  readonly #to: Int32Array
  readonly #latency: Float64Array
  readonly #bandwidth: Float64Array

  constructor(topology: Topology) {
    this.#topology = topology
    this.#index = new Map(topology.nodes.map(({ id }, i) => [id, i]))
    this.#relays = topology.nodes.map(isRelay)
    const away: number[][] = topology.nodes.map(() => [])
    this.#to = new Int32Array(2 * topology.links.length).fill(-1)
    this.#latency = new Float64Array(2 * topology.links.length)
    this.#bandwidth = new Float64Array(2 * topology.links.length)
    topology.links.forEach((link, l) => {
      const [from, to] = [this.indexOf(link.from), this.indexOf(link.to)]
      if (from < 0 || to < 0) return
      for (const [direction, start, end] of [
        [2 * l, from, to],
        [2 * l + 1, to, from]
      ]) {
        away[start].push(direction)
        this.#to[direction] = end
        this.#latency[direction] = link.latencyMs / 1000
        this.#bandwidth[direction] = bandwidthFrom(link, topology.nodes[start].id)
      }
    })
    this.#away = away
  }

  indexOf(node: string): number {
    return this.#index.get(node) ?? -1
  }

  /** The node that a direction comes from. */
  startOf(direction: number): number {
    return this.#to[direction ^ 1]
  }

  /** [nodes] the direction by which data from `source` comes into each node; −1 into the source, and where there is no route. */
  tree(source: number, megabytes: number): Int32Array {
    const count = this.#relays.length
    const into = new Int32Array(count).fill(-1)
    const seconds = new Float64Array(count).fill(Infinity)
    const hops = new Int32Array(count)
    const isDone = new Uint8Array(count)
    /** Of two ways of as many hops, by their last directions: below 0 where data takes the first. */
    const byLinks = (x: number, y: number): number => {
      const [from, other] = [this.#to[x ^ 1], this.#to[y ^ 1]]
      return (from === other ? 0 : byLinks(into[from], into[other])) || (x >> 1) - (y >> 1)
    }
    /** Whether a way of some time, hops and last direction is better than the one known to node b. */
    const isBetter = (time: number, length: number, last: number, b: number): boolean => {
      const apart = time - seconds[b]
      // The first way to a node: Infinity is not a time to compare with.
      if (seconds[b] === Infinity || Math.abs(apart) > ROUNDING * Math.max(time, seconds[b])) return time < seconds[b]
      return length === hops[b] ? byLinks(last, into[b]) < 0 : length < hops[b]
    }
    seconds[source] = 0
    for (let at = source; at >= 0; ) {
      isDone[at] = 1
      if (at === source || this.#relays[at]) {
        for (const direction of this.#away[at]) {
          const to = this.#to[direction]
          if (isDone[to]) continue
          const time = seconds[at] + (this.#latency[direction] + megabytes / this.#bandwidth[direction])
          if (!(time < Infinity) || !isBetter(time, hops[at] + 1, direction, to)) continue
          seconds[to] = time
          hops[to] = hops[at] + 1
          into[to] = direction
        }
      }
      at = -1
      for (let node = 0; node < count; node++) {
        if (isDone[node] || seconds[node] === Infinity) continue
        if (at < 0 || isBetter(seconds[node], hops[node], into[node], at)) at = node
      }
    }
    return into
  }

  /** [hops] the directions from the source of a tree to `node`; undefined where there is no route. */
  along(tree: Int32Array, source: number, node: number): number[] | undefined {
    const directions: number[] = []
    for (let at = node; at !== source; at = this.startOf(tree[at])) {
      if (tree[at] < 0) return undefined
      directions.push(tree[at])
    }
    return directions.reverse()
  }

  /** A way hop by hop for a size. */
  path(directions: readonly number[], megabytes: number): Path {
    const hops = directions.map((direction): PathHop => {
      const link = this.#topology.links[direction >> 1]
      const [from, to] = direction % 2 === 0 ? [link.from, link.to] : [link.to, link.from]
      return { from, to, link, seconds: linkSeconds(link, megabytes, from) }
    })
    return { hops, seconds: hops.reduce((sum, hop) => sum + hop.seconds, 0) }
  }
}

/** The fastest ways from one node to all others for one size, by their names (`Ways`). */
export function pathsFrom(topology: Topology, source: string, megabytes: number): Map<string, Path> {
  const ways = new Ways(topology)
  const start = ways.indexOf(source)
  const paths = new Map<string, Path>()
  if (start < 0) return paths
  const tree = ways.tree(start, megabytes)
  topology.nodes.forEach(({ id }, node) => {
    const directions = ways.along(tree, start, node)
    if (directions) paths.set(id, ways.path(directions, megabytes))
  })
  return paths
}
