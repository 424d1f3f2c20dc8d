import { deviceHash, type Environment, routesBetween, sameCoefficients } from '@shared/model/environment'
import { ChainEpisode } from '@shared/model/chain-world'
import { type CompiledScenario, environmentOf } from '@shared/model/scenario'
import { devicesOf } from '@shared/model/topology'
import type { Chain } from '@shared/model/workflow'
import { coefficientsOf } from './coefficients'
import { chainFeatures, contextLength, type Described, type StateShape } from './state'

/** A workflow ready to be placed by a learner: its features and every step cost it can meet. */
export interface Episode extends Described {
  chain: Chain
  /** The chain in its world: what it costs wherever it is placed. */
  model: ChainEpisode
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

interface DeviceKinds {
  count: number
  of: ReadonlyMap<string, number>
}

/** Found once for compiled environments, which never change. */
const kindsOf = new WeakMap<CompiledScenario['environments'], DeviceKinds>()

/**
 * The kinds of device a scenario has: devices whose compiled coefficients are equal are one kind. Kinds are numbered
 * as the topology lists devices, so that a policy meets the same numbers whatever order workflows come in.
 */
export function deviceKinds({ scenario, environments }: CompiledScenario): DeviceKinds {
  const known = kindsOf.get(environments)
  if (known) return known
  // By their hash: compared in pairs, hundreds of devices would take minutes.
  const byHash = new Map<number, { environment: Environment; kind: number }[]>()
  const of = new Map<string, number>()
  let count = 0
  for (const { id: device } of devicesOf(scenario.topology)) {
    const environment = environments.get(device)
    if (!environment) continue
    const hash = deviceHash(environment)
    const alike = byHash.get(hash) ?? []
    byHash.set(hash, alike)
    const known = alike.find((each) => sameCoefficients(each.environment, environment))
    if (!known) alike.push({ environment, kind: count })
    of.set(device, known?.kind ?? count++)
  }
  const kinds = { count, of }
  kindsOf.set(environments, kinds)
  return kinds
}

/** [K·K] whether an environment has a route from one place to another, both within the device's reach. */
export function movesOf(environment: Environment): Uint8Array {
  const places = environment.locations.length
  return Uint8Array.from({ length: places ** 2 }, (_, at) =>
    routesBetween(environment, Math.floor(at / places), at % places).length > 0 ? 1 : 0
  )
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
  const shared = new Map<string, Pick<Episode, 'context' | 'moves'>>()
  const sharedOf = (chain: Chain): Pick<Episode, 'context' | 'moves'> => {
    const known = shared.get(chain.device)
    if (known) return known
    const environment = environmentOf(compiled.environments, chain)
    const kind = scales.shape.deviceKinds > 1 ? (deviceKinds(compiled).of.get(chain.device) ?? 0) : 0
    const made = { context: contextOf(compiled, environment, kind, scales), moves: movesOf(environment) }
    shared.set(chain.device, made)
    return made
  }
  return (chain) => {
    const model = new ChainEpisode(compiled, chain)
    return {
      chain,
      model,
      world: scales.world,
      tasks: chain.megacycles.length,
      features: chainFeatures(scales.shape, chain),
      costs: model.costs,
      costScale: scales.costScale,
      ...sharedOf(chain)
    }
  }
}
