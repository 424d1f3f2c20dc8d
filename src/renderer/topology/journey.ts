import type { Path } from '@shared/model/path'
import { pathsFrom } from '@shared/model/path'
import type { Link } from '@shared/model/topology'
import type { WorldMap } from './reach'
import type { SampleOptimum } from './sample'

/** One stretch of a placed workflow's time: its data on a link, or a task at work. Seconds from its start. */
export type Leg = { start: number; end: number } & (
  | { kind: 'compute'; node: string; task: string }
  | { kind: 'hop'; from: string; to: string; link: Link; megabytes: number }
)

/** A placed workflow over the map, leg after leg, and the ways its data takes. */
export interface Journey {
  legs: readonly Leg[]
  paths: readonly Path[]
  /** T, seconds. */
  end: number
}

/** How the optimum of a sample flows over the map; its legs end when T is over. */
export function journeyOf(map: WorldMap, sample: SampleOptimum): Journey {
  const legs: Leg[] = []
  const paths: Path[] = []
  let clock = 0
  for (let i = 0; i + 1 < sample.stops.length; i++) {
    const [from, to] = [sample.stops[i], sample.stops[i + 1]]
    const megabytes = sample.megabytes[i]
    const path = from === to || Number.isNaN(megabytes) ? undefined : pathsFrom(map.topology, from, megabytes).get(to)
    if (path) {
      paths.push(path)
      for (const hop of path.hops) {
        legs.push({ kind: 'hop', from: hop.from, to: hop.to, link: hop.link, megabytes, start: clock, end: clock + hop.seconds })
        clock += hop.seconds
      }
    }
    const span = sample.spans[i]
    if (!span) continue
    const end = clock + (span.finishSeconds - span.startSeconds)
    legs.push({ kind: 'compute', node: span.node, task: span.id, start: clock, end })
    clock = end
  }
  return { legs, paths, end: clock }
}

/** What goes on at a moment. */
export function legAt({ legs }: Journey, seconds: number): Leg | undefined {
  return legs.find((leg) => seconds <= leg.end) ?? legs.at(-1)
}
