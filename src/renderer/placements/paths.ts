import { isRelay, type Topology } from '@shared/model/topology'

/**
 * The nodes on the fastest way for so much data, both ends included: store and forward, so each hop costs its latency and
 * size / bandwidth; only relays pass data on. Undefined where there is none.
 */
export function fastestPath({ nodes, links }: Topology, from: string, to: string, megabytes: number): string[] | undefined {
  const relays = new Set(nodes.filter(isRelay).map((node) => node.id))
  const seconds = new Map<string, number>([[from, 0]])
  const before = new Map<string, string>()
  const open = new Set([from])
  while (open.size > 0) {
    const here = [...open].reduce((a, b) => ((seconds.get(b) ?? 0) < (seconds.get(a) ?? 0) ? b : a))
    open.delete(here)
    if (here === to) break
    if (here !== from && !relays.has(here)) continue
    for (const link of links) {
      const next = link.from === here ? link.to : link.to === here ? link.from : undefined
      if (next === undefined) continue
      const reached = (seconds.get(here) ?? 0) + link.latencyMs / 1000 + megabytes / link.bandwidthMBps
      if (reached >= (seconds.get(next) ?? Number.POSITIVE_INFINITY)) continue
      seconds.set(next, reached)
      before.set(next, here)
      open.add(next)
    }
  }
  if (!seconds.has(to)) return undefined
  const path = [to]
  for (let at = before.get(to); at !== undefined; at = before.get(at)) path.unshift(at)
  return path
}
