import type { ParameterValues } from '../algorithms/parameters'
import type { EnvironmentSet } from '../model/environment-set'
import type { Scenario } from '../model/scenario'

/** Everything a run is: stored whole, and enough to run it again to the same bits. */
export interface RunSpec {
  scenario: Scenario
  algorithm: string
  parameters: ParameterValues
  seed: number
  heldOut: number
  split: number
  environments?: EnvironmentSet
  initialWeights?: InitialWeights
}

/** Where a run's weights come from: what it was asked for by, and the policy that then stood there. */
export interface InitialWeights {
  name: string
  /** SHA-256 of the policy's bytes, in hexadecimal; absent until the run is queued. */
  policy?: string
}
