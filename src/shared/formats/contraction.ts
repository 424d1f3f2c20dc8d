import type { Link } from '../model/topology'

/** A place that stays, at one of the nodes of a net. */
interface Place {
  id: string
  isDevice: boolean
}

/**
 * Links between places that stand for the paths of least latency between them, through nodes that compute nothing. A path is as narrow as
 * its narrowest wire; no path leads through another place, and two devices are not joined. Dijkstra's algorithm from every place.
 */
export function contracted(places: readonly Place[], wires: readonly Link[]): Link[] {
  const around = new Map<string, Link[]>()
  for (const wire of wires) {
    for (const end of [wire.from, wire.to]) {
      const known = around.get(end)
      if (known) known.push(wire)
      else around.set(end, [wire])
    }
  }
  const staying = new Set(places.map((place) => place.id))
  const links: Link[] = []
  places.forEach(({ id, isDevice }, i) => {
    const paths = pathsFrom(id, around, staying)
    for (const other of places.slice(i + 1)) {
      const path = paths.get(other.id)
      if (path && !(isDevice && other.isDevice)) links.push({ from: id, to: other.id, ...path })
    }
  })
  return links
}

interface Path {
  latencyMs: number
  bandwidthMBps: number
}

function pathsFrom(start: string, around: ReadonlyMap<string, readonly Link[]>, staying: ReadonlySet<string>): Map<string, Path> {
  const best = new Map<string, Path>([[start, { latencyMs: 0, bandwidthMBps: Number.POSITIVE_INFINITY }]])
  const done = new Set<string>()
  const waiting = [start]
  while (waiting.length > 0) {
    let next = 0
    for (let i = 1; i < waiting.length; i++) if (isBefore(best.get(waiting[i]), best.get(waiting[next]))) next = i
    const [at] = waiting.splice(next, 1)
    if (done.has(at)) continue
    done.add(at)
    const path = best.get(at) as Path
    // What a place would pass on is its own affair: relays are of the topology, not of the net between.
    if (at !== start && staying.has(at)) continue
    for (const wire of around.get(at) ?? []) {
      const to = wire.from === at ? wire.to : wire.from
      const longer = { latencyMs: path.latencyMs + wire.latencyMs, bandwidthMBps: Math.min(path.bandwidthMBps, wire.bandwidthMBps) }
      if (done.has(to) || !isBefore(longer, best.get(to))) continue
      best.set(to, longer)
      waiting.push(to)
    }
  }
  best.delete(start)
  return best
}

/** Less latency, or as much and wider. */
function isBefore(a: Path | undefined, b: Path | undefined): boolean {
  if (!a || !b) return a !== undefined
  return a.latencyMs < b.latencyMs || (a.latencyMs === b.latencyMs && a.bandwidthMBps > b.bandwidthMBps)
}
