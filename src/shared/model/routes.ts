import { advance } from './advance'
import { isRelay, type Topology } from './topology'

/**
 * One way to send data: `seconds` of latency plus `secondsPerMegabyte` for each MB (store and forward,
 * so both add up over the hops).
 */
export interface RouteLine {
  seconds: number
  secondsPerMegabyte: number
}

/**
 * All that is worth knowing of the routes between two nodes: the lines of which one is fastest for some
 * size. Empty: no route. Without latencies a single line.
 */
export type RouteEnvelope = readonly RouteLine[]

/** Time to send `megabytes` over the fastest route for that size; Infinity where there is none. */
export function transferSeconds(envelope: RouteEnvelope, megabytes: number): number {
  let fastest = Infinity
  for (const line of envelope) {
    const seconds = line.seconds + line.secondsPerMegabyte * megabytes
    if (seconds < fastest) fastest = seconds
  }
  return fastest
}

/** The envelopes from one node to all nodes, by the order in which the topology lists them. */
export type RoutesByNode = readonly RouteEnvelope[]

interface Hop extends RouteLine {
  to: number
}

const NO_ROUTE: RouteEnvelope = []
const STAY: RouteEnvelope = [{ seconds: 0, secondsPerMegabyte: 0 }]

function hopsByNode(topology: Topology, index: ReadonlyMap<string, number>): Hop[][] {
  const hops: Hop[][] = topology.nodes.map(() => [])
  for (const link of topology.links) {
    const from = index.get(link.from)
    const to = index.get(link.to)
    if (from === undefined || to === undefined) throw new RangeError(`link ${link.from}–${link.to} joins an unknown node`)
    const seconds = link.latencyMs / 1000
    hops[from].push({ to, seconds, secondsPerMegabyte: 1 / link.bandwidthMBps })
    hops[to].push({ to: from, seconds, secondsPerMegabyte: 1 / (link.backBandwidthMBps ?? link.bandwidthMBps) })
  }
  return hops
}

/** Where two lines take the same time, in MB; `steep` rises faster. */
function crossing(steep: RouteLine, flat: RouteLine): number {
  return (flat.seconds - steep.seconds) / (steep.secondsPerMegabyte - flat.secondsPerMegabyte)
}

/** The lines of `envelope` prolonged by `hop`, without those that one of `known` beats at every size; undefined: none. */
function linesThrough(envelope: RouteEnvelope, hop: RouteLine, known: RouteEnvelope): RouteLine[] | undefined {
  let lines: RouteLine[] | undefined
  for (const line of envelope) {
    const seconds = line.seconds + hop.seconds
    const secondsPerMegabyte = line.secondsPerMegabyte + hop.secondsPerMegabyte
    let isBeaten = false
    for (const other of known) {
      if (other.seconds > seconds) break
      if (other.secondsPerMegabyte <= secondsPerMegabyte) {
        isBeaten = true
        break
      }
    }
    if (isBeaten) continue
    lines ??= []
    lines.push({ seconds, secondsPerMegabyte })
  }
  return lines
}

const byLatency = (a: RouteLine, b: RouteLine) => a.seconds - b.seconds || a.secondsPerMegabyte - b.secondsPerMegabyte

/** The lines of both that are fastest for some size, least latency first; `known` itself where `more` adds nothing. */
function lowerEnvelope(known: RouteEnvelope, more: readonly RouteLine[]): RouteEnvelope {
  const lines = [...known, ...more]
  if (known.length > 0 || more.length > 1) lines.sort(byLatency)
  const kept: RouteLine[] = []
  for (const line of lines) {
    const last = kept.at(-1)
    if (last && line.secondsPerMegabyte >= last.secondsPerMegabyte) continue
    while (kept.length > 1 && crossing(kept[kept.length - 2], kept[kept.length - 1]) >= crossing(kept[kept.length - 1], line)) kept.pop()
    kept.push(line)
  }
  return more.some((line) => kept.includes(line)) ? kept : known
}

/** The routes of one topology: each node's are worked out when they are first asked for, and kept. */
export class Network {
  readonly #topology: Topology
  readonly #index: ReadonlyMap<string, number>
  readonly #hops: readonly (readonly Hop[])[]
  /** The same without hops to devices, which pass nothing on. */
  readonly #trunk: readonly (readonly Hop[])[]
  readonly #relays: readonly boolean[]
  readonly #known = new Map<string, RoutesByNode>()

  /** Throws RangeError where a link joins an unknown node. */
  constructor(topology: Topology) {
    this.#topology = topology
    this.#index = new Map(topology.nodes.map((node, i) => [node.id, i]))
    this.#hops = hopsByNode(topology, this.#index)
    this.#trunk = this.#hops.map((hops) => hops.filter(({ to }) => topology.nodes[to].tier !== 'device'))
    this.#relays = topology.nodes.map(isRelay)
  }

  indexOf(node: string): number {
    return this.#index.get(node) ?? -1
  }

  /** From `source` to every node; from a device to itself, edges and clouds alone, since devices send each other nothing. */
  routesFrom(source: string): RoutesByNode {
    const known = this.#known.get(source)
    if (known) return known
    const start = this.indexOf(source)
    const isDevice = this.#topology.nodes[start]?.tier === 'device'
    const routes = this.relax(start, isDevice ? this.#trunk : this.#hops)
    this.#known.set(source, routes)
    return routes
  }

  /**
   * The envelopes from one node to every other, exact for every size: Bellman and Ford's relaxation, round by round, of
   * whole envelopes. What is fastest for some size is fastest for that size at every node before, so no line that a
   * node drops is missed behind it. Only relays pass data on.
   */
  relax(start: number, hops = this.#hops): RoutesByNode {
    const envelopes: RouteEnvelope[] = this.#topology.nodes.map((_, i) => (i === start ? STAY : NO_ROUTE))
    let changed = new Set([start])
    // A route visits no node twice: as many rounds as there are other nodes are enough, whatever rounding does.
    for (let round = 1; round < envelopes.length && changed.size > 0; round++) {
      const next = new Set<number>()
      for (const at of changed) {
        if (at !== start && !this.#relays[at]) continue
        for (const hop of hops[at]) {
          if (hop.to === start) continue
          const through = linesThrough(envelopes[at], hop, envelopes[hop.to])
          if (through === undefined) continue
          const envelope = lowerEnvelope(envelopes[hop.to], through)
          if (envelope === envelopes[hop.to]) continue
          envelopes[hop.to] = envelope
          next.add(hop.to)
        }
      }
      changed = next
    }
    advance()
    return envelopes
  }
}

/** The envelopes from one node to every other, by their names. */
export function routesFrom(topology: Topology, source: string): Map<string, RouteEnvelope> {
  const network = new Network(topology)
  const routes = network.relax(network.indexOf(source))
  return new Map(topology.nodes.map((node, i) => [node.id, routes[i]]))
}
