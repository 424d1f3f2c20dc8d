import { CHAINS } from './chain-world'
import type { References } from './objective'
import type { Scenario } from './scenario'
import type { World } from './world'

/**
 * Compiles a scenario under its execution. `references`: T_ref and E_ref to state costs in, instead of the scenario's own. Throws
 * NotAChainError for graphs, RangeError for unknown devices.
 */
export function compileWorld(scenario: Scenario, references?: References): World {
  return CHAINS.compile(scenario, references)
}
