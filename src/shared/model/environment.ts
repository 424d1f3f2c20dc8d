import type { Objective } from './objective'
import { type RouteEnvelope, routesFrom, transferSeconds } from './routes'
import { locationsOf, type Tier, type Topology } from './topology'

/** A topology as one device sees it, compiled to dense coefficients over its K locations. */
export interface Environment {
  device: string
  locations: readonly { id: string; tier: Tier }[]
  /** [K] s per megacycle. */
  secondsPerMegacycle: Float64Array
  /** [K] J per megacycle, weighted 1 on the device, α on edges, β on clouds, eq. (8). */
  joulesPerMegacycle: Float64Array
  /** [K·K] row from, column to; none from or to a place out of the device's reach. */
  transfers: readonly RouteEnvelope[]
  /** [K] whether the device has a route there and the location one back. */
  reachable: readonly boolean[]
}

/**
 * Compiles the environment of `device`; energies carry the objective's weights α and β. Routes between edges and clouds
 * are the same for every device: `routesOf` may remember them.
 */
export function compileEnvironment(
  topology: Topology,
  device: string,
  objective: Objective,
  routesOf: (node: string) => ReadonlyMap<string, RouteEnvelope> = (node) => routesFrom(topology, node)
): Environment {
  const locations = locationsOf(topology, device)
  const weight = { device: 1, edge: objective.edgeEnergyWeight, cloud: objective.cloudEnergyWeight }
  const routes = locations.map((from) => routesOf(from.id))
  const reachable = locations.map(({ id }) => (routes[0].get(id) ?? []).length > 0)
  // A place the device cannot reach is not an action, even where another place would have a way on to it.
  const transfers = locations.flatMap((_, from) =>
    locations.map((to, k) => (reachable[from] && reachable[k] ? (routes[from].get(to.id) ?? []) : []))
  )
  return {
    device,
    locations: locations.map(({ id, tier }) => ({ id, tier })),
    secondsPerMegacycle: Float64Array.from(locations, (node) => 1 / node.computeMHz),
    joulesPerMegacycle: Float64Array.from(locations, (node) => node.energyPerMegacycle * weight[node.tier]),
    transfers,
    reachable
  }
}

/** Whether two environments cost every workflow the same (locations compared by position, not by name). */
export function sameCoefficients(a: Environment, b: Environment): boolean {
  const numbers = (environment: Environment) => [
    ...environment.secondsPerMegacycle,
    ...environment.joulesPerMegacycle,
    ...environment.transfers.flatMap((envelope) => [
      envelope.length,
      ...envelope.flatMap((line) => [line.seconds, line.secondsPerMegabyte])
    ])
  ]
  const [left, right] = [numbers(a), numbers(b)]
  return left.length === right.length && left.every((value, i) => value === right[i])
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
  before.transfers.forEach((was, at) => {
    for (const megabytes of PROBES) compare(transferSeconds(was, megabytes), transferSeconds(after.transfers[at], megabytes))
  })
  return most
}
