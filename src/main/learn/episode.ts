import type { Environment } from '@shared/model/environment'
import { sameCoefficients } from '@shared/model/environment'
import type { CompiledScenario } from '@shared/model/scenario'
import { scenarioCostTable } from '@shared/model/scenario'
import { devicesOf } from '@shared/model/topology'
import type { Chain } from '@shared/model/workflow'
import { chainFeatures, type StateShape } from './state'

/** A workflow ready to be placed by a learner: its features and every step cost it can meet. */
export interface Episode {
  chain: Chain
  /** Its own number of tasks, at most the shape's. */
  tasks: number
  /** [2N + 1] scaled sizes. */
  features: Float32Array
  /** [tasks·K·K] F(S_i, a) in units of the objective; Infinity where there is no route. */
  costs: Float64Array
  deviceKind: number
}

/**
 * The kinds of device a scenario has: devices whose compiled coefficients are equal are one kind. Kinds are numbered
 * as the topology lists devices, so that a policy meets the same numbers whatever order workflows come in.
 */
export function deviceKinds(compiled: CompiledScenario): { count: number; of: ReadonlyMap<string, number> } {
  const kinds: Environment[] = []
  const of = new Map<string, number>()
  for (const { id: device } of devicesOf(compiled.scenario.topology)) {
    const environment = compiled.environments.get(device)
    if (!environment) continue
    let kind = kinds.findIndex((known) => sameCoefficients(known, environment))
    if (kind < 0) kind = kinds.push(environment) - 1
    of.set(device, kind)
  }
  return { count: kinds.length, of }
}

/** Makes the episodes of a compiled scenario. */
export function episodeMaker(compiled: CompiledScenario, shape: StateShape, kindOf: (device: string) => number): (chain: Chain) => Episode {
  return (chain) => ({
    chain,
    tasks: chain.megacycles.length,
    features: chainFeatures(shape, chain),
    costs: scenarioCostTable(compiled, chain),
    deviceKind: kindOf(chain.device)
  })
}
