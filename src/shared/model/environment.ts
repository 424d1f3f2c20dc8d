import type { Objective } from './objective'
import { type Radio, radioOf } from './radio'
import { Network, type RouteEnvelope, type RoutesByNode, transferSeconds } from './routes'
import { locationsOf, type Tier, type Topology } from './topology'

/** A topology as one device sees it, compiled to dense coefficients over its K locations. */
export interface Environment {
  device: string
  locations: readonly { id: string; tier: Tier }[]
  /** [K] s per megacycle. */
  secondsPerMegacycle: Float64Array
  /** [K] J per megacycle, weighted 1 on the device, α on edges, β on clouds, eq. (8). */
  joulesPerMegacycle: Float64Array
  /** [K] from the device to each location, and from each back to it. */
  out: readonly RouteEnvelope[]
  back: readonly RouteEnvelope[]
  /** [K−1][K−1] from each edge or cloud to each other; the same object for every device of a compiled topology. */
  between: readonly RoutesByNode[]
  /** [K] whether the device has a route there and the location one back. */
  reachable: readonly boolean[]
  /** What the device spends on its own links; absent where it spends nothing, as in the paper. */
  radio?: Radio
}

const NO_ROUTE: RouteEnvelope = []

/** The routes between two locations; none from or to a place out of the device's reach. */
export function routesBetween({ out, back, between, reachable }: Environment, from: number, to: number): RouteEnvelope {
  // A place the device cannot reach is not an action, even where another place would have a way on to it.
  if (!reachable[from] || !reachable[to]) return NO_ROUTE
  if (from === 0) return out[to]
  return to === 0 ? back[from] : between[from - 1][to - 1]
}

/** A topology prepared once for all its devices: what does not hang on a device is shared by their environments. */
export class CompiledTopology {
  readonly #topology: Topology
  readonly #network: Network
  readonly #servers: readonly string[]
  #between: readonly RoutesByNode[] | undefined

  /** Throws RangeError where a link joins an unknown node. */
  constructor(topology: Topology) {
    this.#topology = topology
    this.#network = new Network(topology)
    this.#servers = ['edge', 'cloud'].flatMap((tier) => topology.nodes.filter((node) => node.tier === tier).map(({ id }) => id))
  }

  /** The environment of `device`; energies carry the objective's weights α and β. Throws RangeError where it is not a device. */
  environment(device: string, objective: Objective): Environment {
    const locations = locationsOf(this.#topology, device)
    const weight = { device: 1, edge: objective.edgeEnergyWeight, cloud: objective.cloudEnergyWeight }
    const own = this.#network.indexOf(device)
    const routes = this.#network.routesFrom(device)
    const at = locations.map(({ id }) => this.#network.indexOf(id))
    const out = at.map((to) => routes[to])
    const radio = radioOf(this.#topology, locations[0])
    return {
      device,
      locations: locations.map(({ id, tier }) => ({ id, tier })),
      secondsPerMegacycle: Float64Array.from(locations, (node) => 1 / node.computeMHz),
      joulesPerMegacycle: Float64Array.from(locations, (node) => node.energyPerMegacycle * weight[node.tier]),
      out,
      back: locations.map(({ id }) => this.#network.routesFrom(id)[own]),
      between: this.#betweenServers(),
      reachable: out.map((envelope) => envelope.length > 0),
      ...(radio && { radio })
    }
  }

  #betweenServers(): readonly RoutesByNode[] {
    this.#between ??= this.#servers.map((from) => {
      const routes = this.#network.routesFrom(from)
      return this.#servers.map((to) => routes[this.#network.indexOf(to)])
    })
    return this.#between
  }
}

/** Compiles the environment of one device. */
export function compileEnvironment(topology: Topology, device: string, objective: Objective): Environment {
  return new CompiledTopology(topology).environment(device, objective)
}

const sameNumbers = <A extends readonly number[] | Float64Array>(a: A, b: A) =>
  a.length === b.length && a.every((value, i) => value === b[i])

function sameRoutes(a: RouteEnvelope, b: RouteEnvelope): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  return a.every(({ seconds, secondsPerMegabyte }, i) => seconds === b[i].seconds && secondsPerMegabyte === b[i].secondsPerMegabyte)
}

/** Whether two environments cost every workflow the same (locations compared by position, not by name). */
export function sameCoefficients(a: Environment, b: Environment): boolean {
  if (!sameNumbers(a.secondsPerMegacycle, b.secondsPerMegacycle) || !sameNumbers(a.joulesPerMegacycle, b.joulesPerMegacycle)) return false
  if (!sameNumbers(a.radio?.coefficients ?? [], b.radio?.coefficients ?? [])) return false
  const places = a.locations.length
  for (let k = 0; k < places; k++) {
    if (!sameRoutes(routesBetween(a, 0, k), routesBetween(b, 0, k)) || !sameRoutes(routesBetween(a, k, 0), routesBetween(b, k, 0)))
      return false
  }
  // What is within reach is the same for both by now.
  if (a.between === b.between) return true
  for (let from = 1; from < places; from++) {
    for (let to = 1; to < places; to++) if (!sameRoutes(routesBetween(a, from, to), routesBetween(b, from, to))) return false
  }
  return true
}

/** A 32-bit hash (FNV-1a) of what tells the devices of one topology apart: equal where `sameCoefficients` holds for two of them. */
export function deviceHash({ secondsPerMegacycle, joulesPerMegacycle, out, back }: Environment): number {
  const real = new Float64Array(1)
  const halves = new Uint32Array(real.buffer)
  let hash = 0x811c9dc5
  const take = (value: number): void => {
    // Of −0 and 0, which are equal, the bits differ.
    real[0] = value + 0
    hash = Math.imul(hash ^ halves[0], 0x01000193)
    hash = Math.imul(hash ^ halves[1], 0x01000193)
    hash ^= hash >>> 15
  }
  take(secondsPerMegacycle[0])
  take(joulesPerMegacycle[0])
  for (const envelopes of [out, back]) {
    for (const envelope of envelopes) {
      take(envelope.length)
      for (const line of envelope) {
        take(line.seconds)
        take(line.secondsPerMegabyte)
      }
    }
  }
  return hash >>> 0
}

/** Sizes in MB at which the routes of two environments are compared: latency alone, and what workflows send. */
const PROBES = [0, 1, 10, 100]

/**
 * The largest relative change of any compiled coefficient between two environments of one device: 0.5 where a bandwidth fell
 * to two thirds. Infinity where a place or a route came or went.
 */
export function relativeChange(before: Environment, after: Environment): number {
  if (before.locations.length !== after.locations.length) return Infinity
  let most = 0
  const compare = (was: number, is: number): void => {
    if (was === is) return
    const change = Math.abs(is - was) / Math.abs(was)
    most = Math.max(most, Number.isNaN(change) ? Infinity : change)
  }
  before.secondsPerMegacycle.forEach((was, k) => compare(was, after.secondsPerMegacycle[k]))
  before.joulesPerMegacycle.forEach((was, k) => compare(was, after.joulesPerMegacycle[k]))
  const places = before.locations.length
  for (let from = 0; from < places; from++) {
    for (let to = 0; to < places; to++) {
      const was = routesBetween(before, from, to)
      const is = routesBetween(after, from, to)
      for (const megabytes of PROBES) compare(transferSeconds(was, megabytes), transferSeconds(is, megabytes))
    }
  }
  for (let k = 1; k < places; k++) {
    for (const [from, to] of [
      [0, k],
      [k, 0]
    ]) {
      for (const megabytes of PROBES) compare(before.radio?.joules(from, to, megabytes) ?? 0, after.radio?.joules(from, to, megabytes) ?? 0)
    }
  }
  return most
}
