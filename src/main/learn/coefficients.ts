import { flowSeconds } from '@shared/model/cost'
import type { Environment } from '@shared/model/environment'
import type { Objective, References } from '@shared/model/objective'

/** Stands for the transfer to a place without a route: more expensive than any real one. */
const NO_ROUTE = 4

/** Sizes at which coefficients are taken, and what costs are divided by. */
export interface CoefficientScales {
  megacyclesScale: number
  megabytesScale: number
  /** Mean local-only cost of a task. */
  costScale: number
}

/** Number of coefficients of an environment with K places. */
export function coefficientCount(places: number): number {
  return places + (places * (places - 1)) / 2 + 1
}

/**
 * What an environment costs, in dimensionless numbers: for each place ln of the cost of half the largest task there, for
 * each pair of places ln of the cost of moving half the largest flow between them, both over the mean local-only cost of
 * a task, and whether the return is counted. F is linear in v and e (eq. 14), so that with equal coefficients the same
 * placements are optimal whatever speeds, bandwidths, energies and δ they come from; exactly so where routes have no latency.
 */
export function coefficientsOf(
  environment: Environment,
  objective: Objective,
  references: References,
  { megacyclesScale, megabytesScale, costScale }: CoefficientScales
): Float32Array {
  const places = environment.locations.length
  const coefficients = new Float32Array(coefficientCount(places))
  const logOf = (cost: number) => (Number.isFinite(cost) ? Math.max(-NO_ROUTE, Math.min(NO_ROUTE, Math.log(cost / costScale))) : NO_ROUTE)
  let at = 0
  for (let place = 0; place < places; place++) {
    const megacycles = megacyclesScale / 2
    const seconds = (megacycles * environment.secondsPerMegacycle[place]) / references.delaySeconds
    const joules = (megacycles * environment.joulesPerMegacycle[place]) / references.energyJoules
    coefficients[at++] = logOf(seconds + objective.energyWeight * joules)
  }
  for (let a = 0; a < places; a++) {
    for (let b = a + 1; b < places; b++)
      coefficients[at++] = logOf(flowSeconds(environment, a, b, megabytesScale / 2) / references.delaySeconds)
  }
  coefficients[at] = objective.countReturn ? 1 : 0
  return coefficients
}
