import { keptApart } from '@shared/run/evaluated'
import { count } from '@shared/format'
import type { RunSpec } from '@shared/run/spec'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { tableCost } from '@shared/model/cost'
import { type EnvironmentSet, membersOf } from '@shared/model/environment-set'
import type { References } from '@shared/model/objective'
import { type RandomStream, randomStream } from '@shared/model/random'
import { type CompiledScenario, compileScenario, environmentOf, factsOf, type Scenario, scenarioCostTable } from '@shared/model/scenario'
import type { Chain } from '@shared/model/workflow'
import { drawChain, drawChains, isGenerated, type Workload } from '@shared/model/workload'
import { coefficientCount } from './coefficients'
import { deviceKinds, type Episode, episodeMaker } from './episode'
import type { StateShape } from './state'

/** A scenario as something to learn: where training workflows come from, and which are held out. */
export interface Problem {
  compiled: CompiledScenario
  shape: StateShape
  /** What the objective's costs are divided by for the networks: the mean local-only cost of a task. */
  costScale: number
  /** One more training workflow, in world `world` or one drawn from all; `random` is the run's environment stream. */
  draw(random: RandomStream, world?: number): Episode
  /** The episode of a chain of world `world` (default 0). */
  episode(chain: Chain, world?: number): Episode
  /** The episode of a chain in other scales and units, for policies trained elsewhere. */
  remake(chain: Chain, scales: { shape: StateShape; references: References; costScale: number }): Episode
  heldOut: readonly Episode[]
  /** True where the evaluation has to use training workflows. */
  inSample: boolean
  /** Environments that training draws from: 1, or as many as the set has. */
  worlds: number
}

export interface ProblemOptions {
  /** Draw fresh workflows from a generator, or learn on the workload's own only. */
  training: 'fresh' | 'fixed'
  /** Own workflows are trained on with every size times e^U(−jitter, jitter). */
  jitter: number
  /** Whether states contain the environment's coefficients. */
  conditioned?: boolean
  /** T_ref and E_ref to state costs in, instead of the scenario's own: those of the world before it changed. */
  references?: References
}

/** What a run's parameters say of its problem. */
export function problemOptionsOf(parameters: ParameterValues): ProblemOptions {
  return {
    training: parameters.training === 'fixed' ? 'fixed' : 'fresh',
    jitter: Number(parameters.jitter ?? 0),
    conditioned: parameters.conditioned === true
  }
}

/**
 * Longest N and the feature scales of a workload: its greatest megacycles, and the greatest megabytes of any flow but
 * the first, which is met only once and may be up to 2 (measured: a third less gap than when it sets the scale).
 */
function featureScales(workload: Workload, chains: readonly Chain[]): { tasks: number; megacyclesScale: number; megabytesScale: number } {
  if (isGenerated(workload)) {
    const { tasks, megacycles, firstMegabytes, laterMegabytes } = workload.generator
    return { tasks, megacyclesScale: megacycles[1] || 1, megabytesScale: Math.max(laterMegabytes[1], firstMegabytes[1] / 2) || 1 }
  }
  let tasks = 0
  let megacyclesScale = 0
  let megabytesScale = 0
  for (const chain of chains) {
    tasks = Math.max(tasks, chain.megacycles.length)
    for (const megacycles of chain.megacycles) megacyclesScale = Math.max(megacyclesScale, megacycles)
    chain.megabytes.forEach((megabytes, flow) => {
      megabytesScale = Math.max(megabytesScale, (megabytes || 0) / (flow === 0 ? 2 : 1))
    })
  }
  return { tasks, megacyclesScale: megacyclesScale || 1, megabytesScale: megabytesScale || 1 }
}

function jittered(chain: Chain, jitter: number, random: RandomStream): Chain {
  const vary = (size: number) => size * Math.exp(random.between(-jitter, jitter))
  return { ...chain, megacycles: chain.megacycles.map(vary), megabytes: chain.megabytes.map(vary) }
}

/** Splits an explicit workload into training and held-out workflows; the same split for every run of the scenario. */
function splitChains(chains: readonly Chain[], share: number): { training: readonly Chain[]; heldOut: readonly Chain[] } {
  const kept = keptApart(chains.length, share)
  if (kept === 0) return { training: chains, heldOut: chains }
  const shuffled = [...chains]
  const random = randomStream(0, 'evaluation')
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]]
  }
  return { training: shuffled.slice(kept), heldOut: shuffled.slice(0, kept) }
}

/** One environment that training workflows come from. */
interface World {
  compiled: CompiledScenario
  costScale: number
  episode(chain: Chain): Episode
}

/** The mean local-only cost of a task over a scenario's own workflows. */
function costScaleOf(compiled: CompiledScenario): number {
  let cost = 0
  let tasks = 0
  for (const chain of compiled.chains) {
    const places = environmentOf(compiled.environments, chain).locations.length
    cost += tableCost(scenarioCostTable(compiled, chain), places, new Uint8Array(chain.taskIds.length))
    tasks += chain.taskIds.length
  }
  return cost / tasks || 1
}

const placesOf = ({ scenario }: CompiledScenario): number => factsOf(scenario).locations

/** The scenario in every environment of a set. Throws RangeError where one has another number of places. */
function worldsOf(scenario: Scenario, set: EnvironmentSet, places: number): CompiledScenario[] {
  return membersOf(set).map(({ topology, energyWeight = scenario.objective.energyWeight }) => {
    const compiled = compileScenario({ ...scenario, topology, objective: { ...scenario.objective, energyWeight } })
    if (placesOf(compiled) === places) return compiled
    throw new RangeError(
      `environment "${topology.name}" of set "${set.name}" has ${count(placesOf(compiled), 'place', 'places')} (K), scenario "${scenario.name}" has ${places}; one policy serves one number of places`
    )
  })
}

/**
 * Compiles what a run learns. Held-out workflows depend on the scenario alone (stream "evaluation" of its
 * seed), so that the differences of all algorithms and seeds pair. With an environment set the scenario's workload is learned in
 * every environment of the set, and held out in the scenario's own. Throws NotAChainError for graphs, RangeError for sets that do not fit.
 */
export function compileProblem(spec: Pick<RunSpec, 'scenario' | 'heldOut' | 'split' | 'environments'>, options: ProblemOptions): Problem {
  const compiled = compileScenario(spec.scenario, options.references)
  const { workload, topology } = spec.scenario
  const places = placesOf(compiled)
  const shape: StateShape = {
    places,
    // Coefficients tell devices apart by themselves.
    deviceKinds: options.conditioned ? 1 : deviceKinds(compiled).count,
    coefficients: options.conditioned ? coefficientCount(places) : 0,
    ...featureScales(workload, compiled.chains)
  }
  const worldOf = (scenario: CompiledScenario, world: number): World => {
    const costScale = costScaleOf(scenario)
    return { compiled: scenario, costScale, episode: episodeMaker(scenario, { shape, costScale, world }) }
  }
  const own = worldOf(compiled, 0)
  const worlds = spec.environments ? worldsOf(spec.scenario, spec.environments, places).map(worldOf) : [own]
  for (const { compiled: other } of worlds) {
    if (options.conditioned || deviceKinds(other).count === shape.deviceKinds) continue
    throw new RangeError(
      `environment "${other.scenario.topology.name}" has ${deviceKinds(other).count} kinds of device, scenario "${spec.scenario.name}" has ${shape.deviceKinds}; condition the state on the environment, or use a set of one kind`
    )
  }
  /** Draws of a world come from that world; one world costs no draw. */
  const worldFor = (random: RandomStream, world?: number): World => worlds[world ?? (worlds.length === 1 ? 0 : random.below(worlds.length))]
  const drawOwn = (chains: (world: World) => readonly Chain[], random: RandomStream, chosen?: number): Episode => {
    const world = worldFor(random, chosen)
    const list = chains(world)
    const chain = list[random.below(list.length)]
    return world.episode(options.jitter > 0 ? jittered(chain, options.jitter, random) : chain)
  }
  const common = {
    compiled,
    shape,
    costScale: own.costScale,
    worlds: worlds.length,
    episode: (chain: Chain, world = 0) => worlds[world].episode(chain),
    remake: (chain: Chain, scales: { shape: StateShape; references: References; costScale: number }) =>
      episodeMaker({ ...compiled, references: scales.references }, { ...scales, world: 0 })(chain)
  }
  if (isGenerated(workload)) {
    const { generator, seed } = workload
    const heldOut = drawChains(generator, topology, spec.heldOut, 'h', randomStream(seed, 'evaluation')).map(own.episode)
    const fresh = (random: RandomStream, chosen?: number) => {
      const world = worldFor(random, chosen)
      return world.episode(drawChain(generator, world.compiled.scenario.topology, random.below(generator.users), 'fresh', random))
    }
    const draw =
      options.training === 'fresh'
        ? fresh
        : (random: RandomStream, world?: number) => drawOwn((chosen) => chosen.compiled.chains, random, world)
    return { ...common, draw, heldOut, inSample: false }
  }
  const { training, heldOut } = splitChains(compiled.chains, spec.split)
  const draw = (random: RandomStream, world?: number) => drawOwn(() => training, random, world)
  return { ...common, draw, heldOut: heldOut.map(own.episode), inSample: training === heldOut }
}
