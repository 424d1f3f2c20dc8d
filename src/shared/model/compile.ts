import { batchModel } from './batch/model'
import { CHAINS } from './chain-world'
import type { References } from './objective'
import { checkScenario, type Scenario } from './scenario'
import { type Effort, QUICK, referenceOf } from './search/reference'
import { isChain } from './workflow'
import { isGenerated } from './workload'
import type { World } from './world'

/** "chains": nothing waits for anything and every workflow is a chain, so costs are a table and the optimum is exact. */
export type WorldKind = 'chains' | 'graphs'

/** The kind of world a scenario is. */
export function worldKindOf({ execution = 'independent', workload }: Pick<Scenario, 'execution' | 'workload'>): WorldKind {
  if (execution !== 'independent') return 'graphs'
  const areChains = isGenerated(workload) ? !workload.generator.graph : workload.workflows.every(isChain)
  return areChains ? 'chains' : 'graphs'
}

/**
 * Compiles a scenario under its execution. `references`: T_ref and E_ref to state costs in, instead of the scenario's own. `effort`: what the
 * references of graphs may take. Throws RangeError for unknown devices, and naming workflow and task for what cannot be executed.
 */
export function compileWorld(scenario: Scenario, references?: References, effort: Effort = QUICK): World {
  const model =
    worldKindOf(scenario) === 'chains'
      ? CHAINS
      : batchModel(scenario.execution ?? 'independent', (executor) => referenceOf(executor, effort))
  return model.compile(scenario, references)
}

/** Throws what `compileWorld` throws, without compiling more than that takes. */
export function checkWorld(scenario: Scenario): void {
  if (worldKindOf(scenario) === 'chains') checkScenario(scenario)
  else compileWorld(scenario)
}
