import type { Environment } from '@shared/model/environment'
import { sameCoefficients } from '@shared/model/environment'
import type { CompiledScenario } from '@shared/model/scenario'
import { scenarioCostTable } from '@shared/model/scenario'
import { devicesOf } from '@shared/model/topology'
import type { Chain } from '@shared/model/workflow'
import { coefficientsOf } from './coefficients'
import { chainFeatures, contextLength, type Described, type StateShape } from './state'

/** A workflow ready to be placed by a learner: its features and every step cost it can meet. */
export interface Episode extends Described {
  chain: Chain
  /** The environment it is placed in: an index into the problem's worlds, 0 where there is one. */
  world: number
  /** Its own number of tasks, at most the shape's. */
  tasks: number
  /** [tasks·K·K] F(S_i, a) in units of the objective; Infinity where there is no route. */
  costs: Float64Array
  /** What costs are divided by for the networks: the mean local-only cost of a task of its world. */
  costScale: number
  /** [K·K] whether there is a route from one place to another (row from, column to). No other move is proposed or valued. */
  moves: Uint8Array
}

/** How the episodes of one world are made. */
export interface EpisodeScales {
  shape: StateShape
  costScale: number
  world: number
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

/** [K·K] whether an environment has a route from one place to another, both within the device's reach. */
export function movesOf({ transfers, reachable }: Environment): Uint8Array {
  return Uint8Array.from(transfers, (routes, at) => (routes.length > 0 && reachable[at % reachable.length] ? 1 : 0))
}

/** What a state says of one device's environment. */
function contextOf(compiled: CompiledScenario, environment: Environment, kind: number, { shape, costScale }: EpisodeScales): Float32Array {
  const context = new Float32Array(contextLength(shape))
  if (shape.deviceKinds > 1) context[kind] = 1
  if (shape.coefficients > 0) {
    const { objective } = compiled.scenario
    context.set(coefficientsOf(environment, objective, compiled.references, { ...shape, costScale }), context.length - shape.coefficients)
  }
  return context
}

/** Makes the episodes of a compiled scenario. Throws RangeError for workflows of unknown devices. */
export function episodeMaker(compiled: CompiledScenario, scales: EpisodeScales): (chain: Chain) => Episode {
  const kinds = deviceKinds(compiled)
  const shared = new Map(
    [...compiled.environments].map(([device, environment]) => [
      device,
      { context: contextOf(compiled, environment, kinds.of.get(device) ?? 0, scales), moves: movesOf(environment) }
    ])
  )
  return (chain) => {
    const own = shared.get(chain.device)
    if (!own) throw new RangeError(`workflow "${chain.id}" belongs to unknown device "${chain.device}"`)
    return {
      chain,
      world: scales.world,
      tasks: chain.megacycles.length,
      features: chainFeatures(scales.shape, chain),
      costs: scenarioCostTable(compiled, chain),
      costScale: scales.costScale,
      ...own
    }
  }
}
