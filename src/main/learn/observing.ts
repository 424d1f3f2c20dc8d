import { chainDelay } from '@shared/model/cost'
import type { DetectionSummary } from '@shared/contract/playground'
import type { Environment } from '@shared/model/environment'
import { type RandomStream, randomStream } from '@shared/model/random'
import { type CompiledScenario, environmentOf } from '@shared/model/scenario'
import type { Chain } from '@shared/model/workflow'
import { Cusum } from '@shared/statistics/cusum'
import { quantile } from '@shared/statistics/descriptive'

/** A workflow and where the outer model put its tasks. */
export interface PlacedChain {
  chain: Chain
  placement: Uint8Array
}

/** Noise below which residuals are scaled as if there were this much: a model is never exact to the last digit. */
const LEAST_NOISE = 1e-9

/**
 * The outer model's eye where it is not an oracle: of every workflow it placed it sees the delay that was measured, with relative noise,
 * and compares it with what its own knowledge of the world predicts for the same placement. A sequential test decides whether the
 * world has changed. After an alarm the world is probed: the outer model then knows its coefficients as they are.
 *
 * @paper section IV: The same without an oracle: measured delays of placed workflows and a sequential test, which the text does not have.
 */
export class DelayObserver {
  readonly #noise: number
  readonly #random: RandomStream
  readonly #test = new Cusum()
  #known: ReadonlyMap<string, Environment> | undefined

  /** `noise`: standard deviation σ of a measured delay relative to the true one; measured delay = delay · (1 + σ z). */
  constructor(noise: number, random: RandomStream) {
    this.#noise = noise
    this.#random = random
  }

  /** What the outer model holds the world to be from now on. */
  probe(environments: ReadonlyMap<string, Environment>): void {
    this.#known = environments
    this.#test.reset()
  }

  /** Sees one placed workflow in the world as it truly is; whether an alarm is raised. */
  see(compiled: CompiledScenario, { chain, placement }: PlacedChain): boolean {
    const believed = this.#known?.get(chain.device)
    if (!believed) throw new RangeError(`the outer model does not know device "${chain.device}"`)
    const { countReturn } = compiled.scenario.objective
    const foretold = chainDelay(believed, chain, countReturn, placement)
    const measured =
      chainDelay(environmentOf(compiled.environments, chain), chain, countReturn, placement) * (1 + this.#noise * this.#random.normal())
    return this.#test.observe((measured / foretold - 1) / Math.max(this.#noise, LEAST_NOISE))
  }
}

/** A stretch of a schedule with the workflows that come in it, as a policy places them. */
export interface ObservedStretch {
  compiled: CompiledScenario
  placed: readonly PlacedChain[]
}

/** How one sequence of noise was judged. */
export interface DetectionTrial {
  /** [changes] workflows from each change until it was seen; undefined where the next one came first, or the end. */
  delays: (number | undefined)[]
  falseAlarms: number
}

/** Lets the sequential test watch the same placed workflows under the noise of one seed. An oracle's delays are 0. */
export function detectionTrial(stretches: readonly ObservedStretch[], noise: number, seed: number): DetectionTrial {
  const observer = new DelayObserver(noise, randomStream(seed, 'observation'))
  let known = stretches[0].compiled.environments
  observer.probe(known)
  const trial: DetectionTrial = { delays: [], falseAlarms: 0 }
  stretches.forEach(({ compiled, placed }, k) => {
    let delay: number | undefined
    placed.forEach((workflow, at) => {
      if (!observer.see(compiled, workflow)) return
      if (known === compiled.environments) trial.falseAlarms++
      else delay = at
      known = compiled.environments
      observer.probe(known)
    })
    if (k > 0) trial.delays.push(delay)
  })
  return trial
}

/** What the trials of many seeds come to. */
export function detectionSummary(stretches: readonly ObservedStretch[], noise: number, seeds: readonly number[]): DetectionSummary {
  const trials = seeds.map((seed) => detectionTrial(stretches, noise, seed))
  const workflows = seeds.length * stretches.reduce((sum, { placed }) => sum + placed.length, 0)
  return {
    noise,
    trials: trials.length,
    changes: stretches.slice(1).map((_, k) => {
      const seen = trials.flatMap(({ delays }) => delays[k] ?? [])
      const missed = trials.length - seen.length
      return seen.length === 0 ? { missed } : { medianDelay: quantile(seen, 0.5), greatestDelay: Math.max(...seen), missed }
    }),
    falseAlarms: trials.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0),
    workflows
  }
}
