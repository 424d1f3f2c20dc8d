import type { RunSpec } from '@shared/experiment/experiment'
import { tableCost } from '@shared/model/cost'
import type { References } from '@shared/model/objective'
import { type RandomStream, randomStream } from '@shared/model/random'
import { type CompiledScenario, compileScenario } from '@shared/model/scenario'
import type { Chain } from '@shared/model/workflow'
import { drawChain, drawChains, isGenerated, type Workload } from '@shared/model/workload'
import { deviceKinds, type Episode, episodeMaker } from './episode'
import type { StateShape } from './state'

/** A scenario as something to learn: where training workflows come from, and which are held out. */
export interface Problem {
  compiled: CompiledScenario
  shape: StateShape
  /** What the objective's costs are divided by for the networks: the mean local-only cost of a task. */
  costScale: number
  /** One more training workflow; `random` is the run's environment stream. */
  draw(random: RandomStream): Episode
  episode(chain: Chain): Episode
  /** The episode of a chain in other scales and units, for policies trained elsewhere. */
  remake(chain: Chain, shape: StateShape, references: References): Episode
  /** Index of a device's kind, see StateShape. */
  kindOf(device: string): number
  heldOut: readonly Episode[]
  /** True where the evaluation has to use training workflows. */
  inSample: boolean
}

export interface ProblemOptions {
  /** Draw fresh workflows from a generator, or learn on the workload's own only. */
  training: 'fresh' | 'fixed'
  /** Own workflows are trained on with every size times e^U(−jitter, jitter). */
  jitter: number
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
  const kept = share > 0 && chains.length > 1 ? Math.min(chains.length - 1, Math.max(1, Math.round(share * chains.length))) : 0
  if (kept === 0) return { training: chains, heldOut: chains }
  const shuffled = [...chains]
  const random = randomStream(0, 'evaluation')
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]]
  }
  return { training: shuffled.slice(kept), heldOut: shuffled.slice(0, kept) }
}

/**
 * Compiles what a run learns. Held-out workflows depend on the scenario alone (stream "evaluation" of its
 * seed), so that the differences of all schemes and seeds pair. Throws NotAChainError for graphs.
 */
export function compileProblem(spec: Pick<RunSpec, 'scenario' | 'heldOut' | 'split'>, options: ProblemOptions): Problem {
  const compiled = compileScenario(spec.scenario)
  const { workload, topology } = spec.scenario
  const kinds = deviceKinds(compiled)
  const kindOf = (device: string) => kinds.of.get(device) ?? 0
  const shape: StateShape = {
    places: [...compiled.environments.values()][0].locations.length,
    deviceKinds: kinds.count,
    ...featureScales(workload, compiled.chains)
  }
  const remake = (chain: Chain, scales: StateShape, references: References) =>
    episodeMaker({ ...compiled, references }, scales, kindOf)(chain)
  const episode = episodeMaker(compiled, shape, kindOf)
  const own = compiled.chains.map(episode)
  const drawOwn = (chains: readonly Chain[], random: RandomStream): Episode => {
    const chain = chains[random.below(chains.length)]
    return episode(options.jitter > 0 ? jittered(chain, options.jitter, random) : chain)
  }
  const localCost = own.reduce((sum, each) => sum + tableCost(each.costs, shape.places, new Uint8Array(each.tasks)), 0)
  const costScale = localCost / own.reduce((sum, each) => sum + each.tasks, 0) || 1
  if (isGenerated(workload)) {
    const { generator, seed } = workload
    const heldOut = drawChains(generator, topology, spec.heldOut, 'h', randomStream(seed, 'evaluation')).map(episode)
    const fresh = (random: RandomStream) => episode(drawChain(generator, topology, random.below(generator.users), 'fresh', random))
    const draw = options.training === 'fresh' ? fresh : (random: RandomStream) => drawOwn(compiled.chains, random)
    return { compiled, shape, costScale, draw, episode, remake, kindOf, heldOut, inSample: false }
  }
  const { training, heldOut } = splitChains(compiled.chains, spec.split)
  const draw = (random: RandomStream) => drawOwn(training, random)
  return { compiled, shape, costScale, draw, episode, remake, kindOf, heldOut: heldOut.map(episode), inSample: training === heldOut }
}
