import type { RunSpec } from '@shared/run/spec'
import { type Footprint, footprintOf, sizeOf } from '@shared/run/footprint'
import { membersOf } from '@shared/model/environment-set'
import { ALGORITHMS } from '../algorithms'
import { isLearned } from '../learn/learner'

/** What a run takes, by its algorithm's own account where it has one. */
export function takenBy(spec: RunSpec): Footprint {
  const { algorithm: id, parameters, environments: set } = spec
  const size = sizeOf(spec.scenario, spec)
  const algorithm = ALGORITHMS.find(({ card }) => card.id === id)
  const own = algorithm && isLearned(algorithm) ? algorithm.footprint : undefined
  return own ? own(parameters, { ...size, environments: set ? membersOf(set).length : 1 }) : footprintOf(parameters, size)
}
