import { bandwidthFrom, type Topology } from '../topology'
import { Numbers } from './numbers'
import { RouteTrees } from './route-trees'

/** Seconds of some routes for m megabytes, together: `seconds` + `secondsPerMegabyte` · m. */
export interface RouteSum {
  routes: number
  seconds: number
  secondsPerMegabyte: number
}

/** The mean seconds of some routes for flows of `megabytes`. */
export function meanSeconds({ routes, seconds, secondsPerMegabyte }: RouteSum, megabytes: number): number {
  return (seconds + secondsPerMegabyte * megabytes) / routes
}

/** The routes between all pairs of one device's places for flows of some size. */
export interface RouteTable {
  /** Where its K·K routes start in `FixedRoutes.between`: the route from p to q is `between[base + p·K + q]`, −1: none. */
  base: number
  /** Over all ordered pairs of places that have a route, and over the places' routes to the device. */
  pairs: RouteSum
  home: RouteSum
  /** [K] 1 where the device has a route there and back; others are never used. */
  reachable: Uint8Array
}

/** Sizes that all take the same routes. */
interface Span {
  low: number
  high: number
  key: string
  table: RouteTable
}

/**
 * The fixed route of every pair of places and size: the fastest for that size where nothing else is under way, hop by hop. A route that is
 * the fastest for two sizes is so for all sizes between them, since its seconds are linear in the size: each device's tables are kept by
 * spans of sizes, which grow as sizes are asked for. Without latencies one or two tables serve all.
 *
 * Routes are numbered as they are met; route r has the hops `start[r]` … `start[r + 1]` − 1.
 */
export class FixedRoutes {
  readonly #topology: Topology
  readonly #devices: number
  readonly #places: number
  readonly #trees: RouteTrees
  readonly #spans: Span[][]
  readonly #tables = new Map<string, RouteTable>()
  readonly #routeOf = new Map<string, number>()
  readonly #start = new Numbers(Int32Array, [0])
  readonly #between = new Numbers(Int32Array)
  readonly #direction = new Numbers(Int32Array)
  readonly #hopSecondsPerMegabyte = new Numbers(Float64Array)
  readonly #hopSeconds = new Numbers(Float64Array)
  readonly #seconds = new Numbers(Float64Array)
  readonly #secondsPerMegabyte = new Numbers(Float64Array)
  readonly #joulesPerMegabyte = new Numbers(Float64Array)

  /** `topology`: `devices` devices, then edges, then clouds, and the links among them. */
  constructor(topology: Topology, devices: number) {
    this.#topology = topology
    this.#devices = devices
    this.#places = 1 + topology.nodes.length - devices
    this.#trees = new RouteTrees(topology)
    this.#spans = Array.from({ length: devices }, () => [])
  }

  /** [tables · K · K] routes. Arrays hold what `tableFor` was asked for before they are read; for more there may be larger ones. */
  get between(): Int32Array {
    return this.#between.values
  }
  /** [routes + 1] */
  get start(): Int32Array {
    return this.#start.values
  }
  /** [hops] which link, in which direction; s per MB that it is busy; s of latency after that. */
  get direction(): Int32Array {
    return this.#direction.values
  }
  get hopSecondsPerMegabyte(): Float64Array {
    return this.#hopSecondsPerMegabyte.values
  }
  get hopSeconds(): Float64Array {
    return this.#hopSeconds.values
  }
  /** [routes] s of latency and s per MB of the whole route; J per MB that the device spends on its own first or last hop. */
  get seconds(): Float64Array {
    return this.#seconds.values
  }
  get secondsPerMegabyte(): Float64Array {
    return this.#secondsPerMegabyte.values
  }
  get joulesPerMegabyte(): Float64Array {
    return this.#joulesPerMegabyte.values
  }

  /** The routes of device number `device` for flows of `megabytes`. */
  tableFor(device: number, megabytes: number): RouteTable {
    const spans = this.#spans[device]
    let at = 0
    for (let end = spans.length; at < end; ) {
      const middle = (at + end) >> 1
      if (spans[middle].high < megabytes) at = middle + 1
      else end = middle
    }
    if (at < spans.length && spans[at].low <= megabytes) return spans[at].table
    return this.#extend(device, megabytes, at)
  }

  /** Adds a size that no span holds yet and that belongs before span `at`. */
  #extend(device: number, megabytes: number, at: number): RouteTable {
    const spans = this.#spans[device]
    const trees = this.#nodes(device).map((node) => this.#trees.treeFor(node, megabytes))
    const key = `${device}: ${trees.join(' ')}`
    const [below, above] = [spans[at - 1], spans[at]]
    if (below?.key === key) {
      below.high = megabytes
      if (above?.key === key) {
        below.high = above.high
        spans.splice(at, 1)
      }
      return below.table
    }
    if (above?.key === key) {
      above.low = megabytes
      return above.table
    }
    const table = this.#tables.get(key) ?? this.#table(device, trees)
    this.#tables.set(key, table)
    spans.splice(at, 0, { low: megabytes, high: megabytes, key, table })
    return table
  }

  /** [K] the nodes of a device's places. */
  #nodes(device: number): number[] {
    return Array.from({ length: this.#places }, (_, k) => (k === 0 ? device : this.#devices + k - 1))
  }

  /** `trees`: [K] the tree of each place. */
  #table(device: number, trees: readonly number[]): RouteTable {
    const places = this.#places
    const nodes = this.#nodes(device)
    const routes = trees.flatMap((tree) => nodes.map((node) => this.#route(this.#trees.along(tree, node))))
    const base = this.#between.length
    // What the device cannot reach is not an action, even where another place would have a route to it.
    const reachable = Uint8Array.from({ length: places }, (_, k) => (routes[k] >= 0 && routes[k * places] >= 0 ? 1 : 0))
    routes.forEach((route, pair) => {
      this.#between.push(reachable[Math.floor(pair / places)] && reachable[pair % places] ? route : -1)
    })
    const sumOf = (those: readonly number[]): RouteSum => ({
      routes: those.length,
      seconds: those.reduce((sum, route) => sum + this.seconds[route], 0),
      secondsPerMegabyte: those.reduce((sum, route) => sum + this.secondsPerMegabyte[route], 0)
    })
    return {
      base,
      pairs: sumOf(routes.filter((route) => route >= 0)),
      home: sumOf(routes.filter((route, pair) => route >= 0 && pair % places === 0)),
      reachable
    }
  }

  /** The number of a route by its link directions; −1 for none. */
  #route(directions: readonly number[] | undefined): number {
    if (directions === undefined) return -1
    const key = directions.join(' ')
    const known = this.#routeOf.get(key)
    if (known !== undefined) return known
    const route = this.#start.length - 1
    this.#routeOf.set(key, route)
    let seconds = 0
    let secondsPerMegabyte = 0
    for (const direction of directions) {
      const rate = 1 / this.#bandwidth(direction)
      const latency = this.#topology.links[direction >> 1].latencyMs / 1000
      this.#direction.push(direction)
      this.#hopSecondsPerMegabyte.push(rate)
      this.#hopSeconds.push(latency)
      seconds += latency
      secondsPerMegabyte += rate
    }
    this.#start.push(this.#direction.length)
    this.#seconds.push(seconds)
    this.#secondsPerMegabyte.push(secondsPerMegabyte)
    this.#joulesPerMegabyte.push(directions.length === 0 ? 0 : this.#spent(directions[0], directions[directions.length - 1]))
    return route
  }

  /** J per MB: a device sends over its first hop out, and receives over its last hop in. */
  #spent(first: number, last: number): number {
    const sender = this.#trees.nodeOf(first, 'from')
    const receiver = this.#trees.nodeOf(last, 'to')
    const out = sender.tier === 'device' ? (sender.transmitWatts ?? 0) / this.#bandwidth(first) : 0
    const back = receiver.tier === 'device' ? (receiver.receiveWatts ?? 0) / this.#bandwidth(last) : 0
    return out + back
  }

  /** MB/s of a link direction. */
  #bandwidth(direction: number): number {
    const link = this.#topology.links[direction >> 1]
    return bandwidthFrom(link, direction % 2 === 0 ? link.from : link.to)
  }
}
