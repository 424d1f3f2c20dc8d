import type { Scenario } from '../model/scenario'
import { isGenerated } from '../model/workload'
import { type Coefficients, withCoefficients } from './changes'

/** What a scenario of graphs or shared machines comes to; what is absent stays as it is. */
export interface GraphChanges extends Coefficients {
  together?: number
  gapSeconds?: number
  energyWeight?: number
}

/**
 * A scenario with other coefficients, δ and, of a generated workload, workflows together and gaps between releases. Throws RangeError for a
 * link or node it does not have, and for a workload that is listed or, of gaps, has no releases.
 */
export function withGraphChanges(scenario: Scenario, changes: GraphChanges): Scenario {
  const { together, gapSeconds, energyWeight } = changes
  const topology = withCoefficients(scenario.topology, changes)
  const objective = energyWeight === undefined ? scenario.objective : { ...scenario.objective, energyWeight }
  const { workload } = scenario
  if (together === undefined && gapSeconds === undefined) return { ...scenario, topology, objective }
  if (!isGenerated(workload))
    throw new RangeError(
      `the workflows of "${workload.name}" are listed: how many come together, and when, can be changed only of a generated workload`
    )
  if (gapSeconds !== undefined && workload.generator.gapSeconds === undefined)
    throw new RangeError(`all workflows of a batch of "${workload.name}" are released at once: there is no arrival rate to change`)
  const generator = {
    ...workload.generator,
    ...(together !== undefined && { together }),
    ...(gapSeconds !== undefined && { gapSeconds })
  }
  return { ...scenario, topology, objective, workload: { ...workload, generator } }
}
