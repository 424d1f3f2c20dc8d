import { Machines } from './batch/machines'
import { bandwidthFrom, type Topology, type TopologyNode } from './topology'

/**
 * What a device spends on its own data: watts for the seconds that its own links carry it, out over the first hop of a route and in over
 * the last. The route is the fastest for the size, as everywhere.
 */
export class Radio {
  readonly #machines: Machines
  /** Watts out and in, then of every own link its other end's place, MB/s out and in, latency: equal where two devices spend the same. */
  readonly coefficients: readonly number[]

  constructor(topology: Topology, { id, transmitWatts = 0, receiveWatts = 0 }: TopologyNode) {
    this.#machines = new Machines(topology, [id])
    const { nodes, links } = this.#machines
    const own = links.filter(({ from, to }) => from === id || to === id)
    const ends = own.map((link) => (link.from === id ? link.to : link.from))
    this.coefficients = [
      transmitWatts,
      receiveWatts,
      ...own.flatMap((link, i) => [
        nodes.findIndex((node) => node.id === ends[i]),
        bandwidthFrom(link, id),
        bandwidthFrom(link, ends[i]),
        link.latencyMs
      ])
    ]
  }

  /** Joules of a flow of `megabytes` between two places, one of them the device (0); 0 where it has no route. */
  joules(from: number, to: number, megabytes: number): number {
    const { routes, places } = this.#machines
    const { base } = routes.tableFor(0, megabytes)
    const route = routes.between[base + from * places + to]
    return route < 0 ? 0 : routes.joulesPerMegabyte[route] * megabytes
  }
}

/** The radio of a device that spends watts on its links; undefined for all others. */
export function radioOf(topology: Topology, device: TopologyNode): Radio | undefined {
  return device.transmitWatts || device.receiveWatts ? new Radio(topology, device) : undefined
}
