import type { RunSpec } from '@shared/experiment/experiment'
import { type Footprint, footprintOf } from '@shared/experiment/footprint'
import { membersOf } from '@shared/model/environment-set'
import { factsOf } from '@shared/model/scenario'
import { isGenerated } from '@shared/model/workload'
import { ALGORITHMS } from '../algorithms'
import { isLearned } from '../learn/learner'

/** What a run takes, by its algorithm's own account where it has one. */
export function takenBy({ scenario, algorithm: id, parameters, environments: set, heldOut: asked }: RunSpec): Footprint {
  const { locations: places, tasks } = factsOf(scenario)
  const heldOut = isGenerated(scenario.workload) ? asked : scenario.workload.workflows.length
  const size = { places, tasks, heldOut }
  const algorithm = ALGORITHMS.find(({ card }) => card.id === id)
  const own = algorithm && isLearned(algorithm) ? algorithm.footprint : undefined
  return own ? own(parameters, { ...size, environments: set ? membersOf(set).length : 1 }) : footprintOf(parameters, size)
}
