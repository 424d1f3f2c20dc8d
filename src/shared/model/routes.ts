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

interface Hop extends RouteLine {
  to: number
}

function hopsByNode(topology: Topology): Hop[][] {
  const index = new Map(topology.nodes.map((node, i) => [node.id, i]))
  const hops: Hop[][] = topology.nodes.map(() => [])
  for (const link of topology.links) {
    const from = index.get(link.from)
    const to = index.get(link.to)
    if (from === undefined || to === undefined) throw new RangeError(`link ${link.from}–${link.to} joins an unknown node`)
    const line = { seconds: link.latencyMs / 1000, secondsPerMegabyte: 1 / link.bandwidthMBps }
    hops[from].push({ to, ...line })
    hops[to].push({ to: from, ...line })
  }
  return hops
}

/** Where two lines take the same time, in MB; `steep` rises faster. */
function crossing(steep: RouteLine, flat: RouteLine): number {
  return (flat.seconds - steep.seconds) / (steep.secondsPerMegabyte - flat.secondsPerMegabyte)
}

/** The lines of `envelope` prolonged by `hop`, without those that one of `known` beats at every size. */
function linesThrough(envelope: RouteEnvelope, hop: RouteLine, known: RouteEnvelope): RouteLine[] {
  const lines: RouteLine[] = []
  for (const line of envelope) {
    const seconds = line.seconds + hop.seconds
    const secondsPerMegabyte = line.secondsPerMegabyte + hop.secondsPerMegabyte
    const isBeaten = known.some((other) => other.seconds <= seconds && other.secondsPerMegabyte <= secondsPerMegabyte)
    if (!isBeaten) lines.push({ seconds, secondsPerMegabyte })
  }
  return lines
}

/** The lines of both that are fastest for some size, least latency first; `known` itself where `more` adds nothing. */
function lowerEnvelope(known: RouteEnvelope, more: readonly RouteLine[]): RouteEnvelope {
  const lines = [...known, ...more].sort((a, b) => a.seconds - b.seconds || a.secondsPerMegabyte - b.secondsPerMegabyte)
  const kept: RouteLine[] = []
  for (const line of lines) {
    const last = kept.at(-1)
    if (last && line.secondsPerMegabyte >= last.secondsPerMegabyte) continue
    while (kept.length > 1 && crossing(kept[kept.length - 2], kept[kept.length - 1]) >= crossing(kept[kept.length - 1], line)) kept.pop()
    kept.push(line)
  }
  return kept.every((line) => known.includes(line)) ? known : kept
}

/**
 * The envelopes from one node to every other, exact for every size: Bellman and Ford's relaxation, round by round, of
 * whole envelopes. What is fastest for some size is fastest for that size at every node before, so no line that a
 * node drops is missed behind it. Only relays pass data on.
 */
export function routesFrom(topology: Topology, source: string): Map<string, RouteEnvelope> {
  const hops = hopsByNode(topology)
  const start = topology.nodes.findIndex((node) => node.id === source)
  const envelopes: RouteEnvelope[] = topology.nodes.map((_, i) => (i === start ? [{ seconds: 0, secondsPerMegabyte: 0 }] : []))
  let changed = new Set([start])
  // A route visits no node twice: as many rounds as there are other nodes are enough, whatever rounding does.
  for (let round = 1; round < topology.nodes.length && changed.size > 0; round++) {
    const next = new Set<number>()
    for (const at of changed) {
      if (at !== start && !isRelay(topology.nodes[at])) continue
      for (const hop of hops[at]) {
        if (hop.to === start) continue
        const through = linesThrough(envelopes[at], hop, envelopes[hop.to])
        if (through.length === 0) continue
        const envelope = lowerEnvelope(envelopes[hop.to], through)
        if (envelope === envelopes[hop.to]) continue
        envelopes[hop.to] = envelope
        next.add(hop.to)
      }
    }
    changed = next
  }
  return new Map(topology.nodes.map((node, i) => [node.id, envelopes[i]]))
}
