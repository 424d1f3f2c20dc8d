import { devicesOf, type Link, locationsOf, type Topology, type TopologyNode } from '../topology'
import { FixedRoutes } from './fixed-routes'

/**
 * The part of a topology that workflows of some devices can meet: these devices, every edge and cloud, and the links among them, by
 * numbers. Devices pass nothing on, so others are of no effect.
 */
export class Machines {
  /** The devices in the order they were given, then edges, then clouds. */
  readonly nodes: readonly TopologyNode[]
  /** In the topology's order. Direction 2·l leads from → to of link l, 2·l + 1 back. */
  readonly links: readonly Link[]
  /** How many of `nodes` are devices. */
  readonly devices: number
  /** K: a device, edges and clouds. */
  readonly places: number
  /** [nodes + 1] where each node's cores start among all cores. */
  readonly coreStart: Int32Array
  /** [nodes] s per megacycle. */
  readonly secondsPerMegacycle: Float64Array
  readonly routes: FixedRoutes

  /** Throws RangeError for what is not a device of the topology, links to unknown nodes, and cores that are not a whole number above 0. */
  constructor(topology: Topology, devices: readonly string[]) {
    const servers = locationsOf(topology, devices[0]).slice(1)
    this.nodes = [...devices.map((device) => locationsOf(topology, device)[0]), ...servers]
    this.devices = devices.length
    this.places = 1 + servers.length
    const known = new Set(topology.nodes.map(({ id }) => id))
    const own = new Set(this.nodes.map(({ id }) => id))
    for (const { from, to } of topology.links) {
      if (!known.has(from) || !known.has(to)) throw new RangeError(`link ${from}–${to} joins an unknown node`)
    }
    this.links = topology.links.filter(({ from, to }) => own.has(from) && own.has(to))
    this.coreStart = new Int32Array(this.nodes.length + 1)
    this.nodes.forEach(({ id, cores = 1 }, i) => {
      if (!Number.isInteger(cores) || cores < 1) throw new RangeError(`node "${id}" says cores ${cores}; it must be a whole number above 0`)
      this.coreStart[i + 1] = this.coreStart[i] + cores
    })
    this.secondsPerMegacycle = Float64Array.from(this.nodes, (node) => 1 / node.computeMHz)
    this.routes = new FixedRoutes({ ...topology, nodes: [...this.nodes], links: [...this.links] }, this.devices)
  }

  /** The node that is place `place` of a workflow of device `device`, as indices. */
  nodeAt(device: number, place: number): number {
    return place === 0 ? device : this.devices + place - 1
  }

  /** The ids of the nodes that a link direction leads from and to. */
  ends(direction: number): [from: string, to: string] {
    const { from, to } = this.links[direction >> 1]
    return direction % 2 === 0 ? [from, to] : [to, from]
  }
}

/** How many sets of devices are kept: batches come from the same few. */
const MOST_KEPT = 256

/** The machines of one topology, made once for each set of devices. */
export class MachineRoom {
  readonly topology: Topology
  readonly #devices: ReadonlySet<string>
  readonly #made = new Map<string, Machines>()

  constructor(topology: Topology) {
    this.topology = topology
    this.#devices = new Set(devicesOf(topology).map(({ id }) => id))
  }

  /** Whether `node` is a device of the topology. */
  hasDevice(node: string): boolean {
    return this.#devices.has(node)
  }

  /** Those of `devices`, in this order. */
  of(devices: readonly string[]): Machines {
    const key = JSON.stringify(devices)
    let machines = this.#made.get(key)
    if (machines === undefined) {
      machines = new Machines(this.topology, devices)
      const [oldest] = this.#made.keys()
      if (this.#made.size >= MOST_KEPT) this.#made.delete(oldest)
      this.#made.set(key, machines)
    }
    return machines
  }
}
