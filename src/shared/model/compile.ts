import { batchModel } from './batch/model'
import { CHAINS } from './chain-world'
import type { References } from './objective'
import type { Scenario } from './scenario'
import { isChain } from './workflow'
import { isGenerated } from './workload'
import type { World } from './world'

/**
 * Compiles a scenario under its execution. `references`: T_ref and E_ref to state costs in, instead of the scenario's own. Where nothing
 * waits for anything and every workflow is a chain, costs are a table and the optimum is exact. Throws RangeError for unknown devices, and
 * naming workflow and task for what cannot be executed.
 */
export function compileWorld(scenario: Scenario, references?: References): World {
  const { execution = 'independent', workload } = scenario
  const areChains = isGenerated(workload) ? !workload.generator.graph : workload.workflows.every(isChain)
  const model = execution === 'independent' && areChains ? CHAINS : batchModel(execution)
  return model.compile(scenario, references)
}
