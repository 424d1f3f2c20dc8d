import { chainDelay, chainEnergy, costTable } from './cost'
import { CompiledTopology, type Environment } from './environment'
import { LazyMap } from './lazy-map'
import type { Objective, References } from './objective'
import { devicesOf, type Topology } from './topology'
import type { Chain } from './workflow'
import { chainsOf, isGenerated, type Workload } from './workload'

/**
 * How workflows are executed: "independent" (the paper: nothing waits for anything), "shared" (processors and links serve one thing at a
 * time), "round-trip" (every offloaded task uploads its whole input and returns its whole result).
 */
export const EXECUTIONS = ['independent', 'shared', 'round-trip'] as const
export type Execution = (typeof EXECUTIONS)[number]
/** What a scenario is executed by where it does not say. */
export const DEFAULT_EXECUTION: Execution = 'independent'

export interface Scenario {
  name: string
  topology: Topology
  workload: Workload
  objective: Objective
  /** DEFAULT_EXECUTION unless said. */
  execution?: Execution
}

/** What a scenario is, in three numbers: δ, K and N. */
export interface ScenarioFacts {
  energyWeight: number
  /** K: the device, edges and clouds. */
  locations: number
  /** Of its longest workflow. */
  tasks: number
}

/** K of a topology, finished or not: a workflow's own device, and every edge and cloud. */
export function placeCount(nodes: readonly unknown[]): number {
  return 1 + nodes.filter((node) => typeof node === 'object' && node !== null && 'tier' in node && node.tier !== 'device').length
}

/** δ, K and N of a scenario; every view and message takes them from here. */
export function factsOf({ topology, workload, objective }: Pick<Scenario, 'topology' | 'workload' | 'objective'>): ScenarioFacts {
  return {
    energyWeight: objective.energyWeight,
    locations: placeCount(topology.nodes),
    tasks: isGenerated(workload)
      ? workload.generator.tasks
      : workload.workflows.reduce((most, { tasks }) => Math.max(most, tasks.length), 0)
  }
}

/** A scenario ready to be computed with: environments compiled, workload drawn, references known. */
export interface CompiledScenario {
  scenario: Scenario
  /** The environment of each device that owns a workflow or may own a generated one. */
  environments: ReadonlyMap<string, Environment>
  /** The workload's own workflows. */
  chains: readonly Chain[]
  references: References
}

/** T_ref and E_ref: the means over `chains` of local-only delay and energy; 1 and 1 without scaling. */
export function referencesOf(objective: Objective, environments: ReadonlyMap<string, Environment>, chains: readonly Chain[]): References {
  if (objective.scaling === 'none') return { delaySeconds: 1, energyJoules: 1 }
  let delay = 0
  let energy = 0
  for (const chain of chains) {
    const environment = environmentOf(environments, chain)
    const local = new Uint8Array(chain.taskIds.length)
    delay += chainDelay(environment, chain, objective.countReturn, local)
    energy += chainEnergy(environment, chain, objective.countReturn, local)
  }
  // Work of zero cycles has no local cost to scale by; seconds and joules then stand as they are.
  return { delaySeconds: delay / chains.length || 1, energyJoules: energy / chains.length || 1 }
}

export function environmentOf(environments: ReadonlyMap<string, Environment>, chain: Chain): Environment {
  const environment = environments.get(chain.device)
  if (!environment) throw new RangeError(`workflow "${chain.id}" belongs to unknown device "${chain.device}"`)
  return environment
}

/** Throws RangeError for what costs of chains do not count: it must never be computed as if it was not said. */
function checkCounted({ workload, execution = DEFAULT_EXECUTION }: Scenario): void {
  const beyond =
    execution !== DEFAULT_EXECUTION ? `execution "${execution}"` : isGenerated(workload) && workload.generator.graph && 'drawn graphs'
  if (beyond) throw new RangeError(`only chains under execution "${DEFAULT_EXECUTION}" can be placed so far, not ${beyond}`)
}

/** Throws what `compileScenario` throws, without the work of compiling. */
export function checkScenario(scenario: Scenario): void {
  const { topology, workload } = scenario
  checkCounted(scenario)
  if (!isGenerated(workload))
    checkOwners(
      topology,
      chainsOf(workload, topology).map(({ device }) => device)
    )
}

function checkOwners(topology: Topology, owners: readonly string[]): void {
  const devices = new Set(devicesOf(topology).map((node) => node.id))
  const stranger = owners.find((device) => !devices.has(device))
  if (stranger !== undefined) throw new RangeError(`"${stranger}" is not a device of topology "${topology.name}"`)
}

/**
 * Compiles a scenario. `references`: T_ref and E_ref to state costs in, instead of the scenario's own, so that costs before and after a
 * change of the world are in one unit. Throws NotAChainError for graphs, RangeError for unknown devices and what chains do not count.
 */
export function compileScenario(scenario: Scenario, references?: References): CompiledScenario {
  const { topology, workload, objective } = scenario
  checkCounted(scenario)
  const chains = chainsOf(workload, topology)
  const owners = 'generator' in workload ? devicesOf(topology).map((node) => node.id) : chains.map((chain) => chain.device)
  checkOwners(topology, owners)
  const compiled = new CompiledTopology(topology)
  // Of many devices few may own a workflow; the rest is compiled where somebody asks for it.
  const environments = new LazyMap(owners, (device) => compiled.environment(device, objective))
  return { scenario, environments, chains, references: references ?? referencesOf(objective, environments, chains) }
}

/** The cost table of one chain in a compiled scenario. */
export function scenarioCostTable(compiled: CompiledScenario, chain: Chain): Float64Array {
  return costTable(environmentOf(compiled.environments, chain), compiled.scenario.objective, compiled.references, chain)
}
