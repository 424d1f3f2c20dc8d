import { advance } from '../advance'
import { type Path, pathsFrom } from '../path'
import { bandwidthFrom, type Topology } from '../topology'
import { Numbers } from './numbers'

/** The routes between all pairs of one device's places for flows of some size. */
export interface RouteTable {
  /** Where its K·K routes start in `FixedRoutes.between`: the route from p to q is `between[base + p·K + q]`, −1: none. */
  base: number
  /** Seconds of a route for m megabytes, `seconds` + `secondsPerMegabyte` · m, as a mean over all ordered pairs of places that have one. */
  seconds: number
  secondsPerMegabyte: number
  /** The same over the places' routes to the device. */
  homeSeconds: number
  homeSecondsPerMegabyte: number
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
  readonly #index: ReadonlyMap<string, number>
  readonly #directions: ReadonlyMap<unknown, number>
  readonly #spans: Span[][]
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
    this.#index = new Map(topology.nodes.map(({ id }, i) => [id, i]))
    this.#directions = new Map(topology.links.map((link, i) => [link, 2 * i]))
    this.#spans = Array.from({ length: devices }, () => [])
  }

  /** [tables · K · K] routes. The arrays below hold all that was asked for until they are read; more routes may need larger ones. */
  get between(): Int32Array {
    return this.#between.values as Int32Array
  }
  /** [routes + 1] */
  get start(): Int32Array {
    return this.#start.values as Int32Array
  }
  /** [hops] which link, in which direction; s per MB that it is busy; s of latency after that. */
  get direction(): Int32Array {
    return this.#direction.values as Int32Array
  }
  get hopSecondsPerMegabyte(): Float64Array {
    return this.#hopSecondsPerMegabyte.values as Float64Array
  }
  get hopSeconds(): Float64Array {
    return this.#hopSeconds.values as Float64Array
  }
  /** [routes] s of latency and s per MB of the whole route; weighted J per MB that the device spends on its own first or last hop. */
  get seconds(): Float64Array {
    return this.#seconds.values as Float64Array
  }
  get secondsPerMegabyte(): Float64Array {
    return this.#secondsPerMegabyte.values as Float64Array
  }
  get joulesPerMegabyte(): Float64Array {
    return this.#joulesPerMegabyte.values as Float64Array
  }

  /** The routes of device number `device` for flows of `megabytes`. */
  tableFor(device: number, megabytes: number): RouteTable {
    const spans = this.#spans[device]
    let at = 0
    while (at < spans.length && spans[at].high < megabytes) at++
    if (at < spans.length && spans[at].low <= megabytes) return spans[at].table
    return this.#extend(device, megabytes, at)
  }

  /** Adds a size that no span holds yet and that belongs before span `at`. */
  #extend(device: number, megabytes: number, at: number): RouteTable {
    const spans = this.#spans[device]
    const paths = this.#paths(device, megabytes)
    const key = paths.map((path) => (path ? this.#route(path) : -1)).join(' ')
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
    const table = spans.find((span) => span.key === key)?.table ?? this.#table(key)
    spans.splice(at, 0, { low: megabytes, high: megabytes, key, table })
    return table
  }

  /** [K·K] the routes between a device's places; undefined: none. From a place to itself the way of no hops. */
  #paths(device: number, megabytes: number): (Path | undefined)[] {
    const { nodes } = this.#topology
    const places = [nodes[device], ...nodes.slice(this.#devices)]
    return places.flatMap(({ id }) => {
      const paths = pathsFrom(this.#topology, id, megabytes)
      advance()
      return places.map((to) => paths.get(to.id))
    })
  }

  /** The number of a route. */
  #route({ hops }: Path): number {
    const directions = hops.map(({ link, from }) => (this.#directions.get(link) ?? 0) + (link.from === from ? 0 : 1))
    const key = directions.join(' ')
    const known = this.#routeOf.get(key)
    if (known !== undefined) return known
    const route = this.#start.length - 1
    this.#routeOf.set(key, route)
    let seconds = 0
    let secondsPerMegabyte = 0
    hops.forEach(({ link, from }, i) => {
      const rate = 1 / bandwidthFrom(link, from)
      const latency = link.latencyMs / 1000
      this.#direction.push(directions[i])
      this.#hopSecondsPerMegabyte.push(rate)
      this.#hopSeconds.push(latency)
      seconds += latency
      secondsPerMegabyte += rate
    })
    this.#start.push(this.#direction.length)
    this.#seconds.push(seconds)
    this.#secondsPerMegabyte.push(secondsPerMegabyte)
    this.#joulesPerMegabyte.push(this.#wattsAlong(hops))
    return route
  }

  /** J per MB: a device sends over its first hop out, and receives over its last hop in. */
  #wattsAlong(hops: Path['hops']): number {
    if (hops.length === 0) return 0
    const nodeOf = (id: string) => this.#topology.nodes[this.#index.get(id) ?? 0]
    const [first, last] = [hops[0], hops[hops.length - 1]]
    const sender = nodeOf(first.from)
    const receiver = nodeOf(last.to)
    const out = sender.tier === 'device' ? (sender.transmitWatts ?? 0) / bandwidthFrom(first.link, first.from) : 0
    const back = receiver.tier === 'device' ? (receiver.receiveWatts ?? 0) / bandwidthFrom(last.link, last.from) : 0
    return out + back
  }

  #table(key: string): RouteTable {
    const places = this.#places
    const routes = key.split(' ').map(Number)
    const base = this.#between.length
    // What the device cannot reach is not an action, even where another place would have a route to it.
    const reachable = Uint8Array.from({ length: places }, (_, k) => (routes[k] >= 0 && routes[k * places] >= 0 ? 1 : 0))
    routes.forEach((route, pair) => {
      const isUsable = reachable[Math.floor(pair / places)] && reachable[pair % places]
      this.#between.push(isUsable ? route : -1)
    })
    const meanOf = (values: ArrayLike<number>, those: readonly number[]) =>
      those.reduce((sum, route) => sum + values[route], 0) / those.length
    const all = routes.filter((route) => route >= 0)
    const home = routes.filter((route, pair) => route >= 0 && pair % places === 0)
    return {
      base,
      seconds: meanOf(this.seconds, all),
      secondsPerMegabyte: meanOf(this.secondsPerMegabyte, all),
      homeSeconds: meanOf(this.seconds, home),
      homeSecondsPerMegabyte: meanOf(this.secondsPerMegabyte, home),
      reachable
    }
  }
}
