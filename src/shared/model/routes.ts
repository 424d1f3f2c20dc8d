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

/**
 * Dijkstra from `source` for the weight `alpha · seconds + beta · secondsPerMegabyte`, ties broken by the
 * other quantity so that the ends (alpha = 0 or beta = 0) give lines of the envelope too. Only relays pass data on.
 */
function fastestLines(hops: Hop[][], relays: boolean[], source: number, alpha: number, beta: number): (RouteLine | undefined)[] {
  const best: (RouteLine | undefined)[] = hops.map(() => undefined)
  const settled = hops.map(() => false)
  best[source] = { seconds: 0, secondsPerMegabyte: 0 }
  const better = (a: RouteLine, b: RouteLine | undefined): boolean => {
    if (!b) return true
    const weightA = alpha * a.seconds + beta * a.secondsPerMegabyte
    const weightB = alpha * b.seconds + beta * b.secondsPerMegabyte
    if (weightA !== weightB) return weightA < weightB
    return a.seconds + a.secondsPerMegabyte < b.seconds + b.secondsPerMegabyte
  }
  for (;;) {
    let at = -1
    for (let i = 0; i < hops.length; i++) {
      const line = best[i]
      if (line && !settled[i] && (at < 0 || better(line, best[at]))) at = i
    }
    if (at < 0) return best
    settled[at] = true
    const line = best[at]
    if (!line || (at !== source && !relays[at])) continue
    for (const hop of hops[at]) {
      const next = {
        seconds: line.seconds + hop.seconds,
        secondsPerMegabyte: line.secondsPerMegabyte + hop.secondsPerMegabyte
      }
      if (!settled[hop.to] && better(next, best[hop.to])) best[hop.to] = next
    }
  }
}

/**
 * The envelopes from one node to every other, exact for every size. Parametric shortest paths: take the best
 * line for size 0 and for size ∞; where they cross, ask Dijkstra for something better still, and go on
 * on both sides until nothing is (M. Karp & J. Orlin's parametric search, in its plainest form).
 */
export function routesFrom(topology: Topology, source: string): Map<string, RouteEnvelope> {
  const hops = hopsByNode(topology)
  const relays = topology.nodes.map(isRelay)
  const start = topology.nodes.findIndex((node) => node.id === source)
  const solved = new Map<number, (RouteLine | undefined)[]>()
  const solve = (megabytes: number): (RouteLine | undefined)[] => {
    let lines = solved.get(megabytes)
    if (!lines) {
      lines = megabytes === Infinity ? fastestLines(hops, relays, start, 0, 1) : fastestLines(hops, relays, start, 1, megabytes)
      solved.set(megabytes, lines)
    }
    return lines
  }
  const envelopes = new Map<string, RouteEnvelope>()
  topology.nodes.forEach((node, target) => {
    const low = solve(0)[target]
    const high = solve(Infinity)[target]
    const envelope: RouteLine[] = []
    if (low && high) {
      envelope.push(low)
      const refine = (left: RouteLine, right: RouteLine): void => {
        if (left.secondsPerMegabyte <= right.secondsPerMegabyte) return
        const crossing = (right.seconds - left.seconds) / (left.secondsPerMegabyte - right.secondsPerMegabyte)
        const middle = solve(crossing)[target]
        const at = (line: RouteLine) => line.seconds + line.secondsPerMegabyte * crossing
        // Strictly between, so that rounding cannot bring the same line up again and again.
        const isBetween =
          middle && middle.secondsPerMegabyte < left.secondsPerMegabyte && middle.secondsPerMegabyte > right.secondsPerMegabyte
        if (isBetween && at(middle) < at(left) * (1 - 1e-12)) {
          refine(left, middle)
          refine(middle, right)
        } else {
          envelope.push(right)
        }
      }
      refine(low, high)
    }
    envelopes.set(node.id, envelope)
  })
  return envelopes
}
