import type { DetectionSummary, PlaygroundDecision, PlaygroundLearner } from '@shared/contract/playground'
import type { ChangedCoefficients } from '@shared/contract/playground-world'
import { withCoefficients } from '@shared/experiment/changes'
import type { RunSpec } from '@shared/run/spec'
import { type Assessment, assess, assessReference } from '@shared/model/assessment'
import { ChainWorld } from '@shared/model/chain-world'
import type { References } from '@shared/model/objective'
import { randomStream } from '@shared/model/random'
import { compileScenario } from '@shared/model/scenario'
import { type Adapting, adaptingTo } from './adapting'
import type { Backend } from '../learn/backend'
import { Evaluator } from '../learn/evaluation'
import { assertFits, type PolicyCard, readPolicy } from '../learn/policy'
import { detectionSummary } from '../learn/observing'
import { isConditioned, PolicyAtHand } from '../learn/policy-at-hand'
import { compileProblem, type Problem, problemOptionsOf } from '../learn/problem'
import { Recovering, type StartingPoint } from '../learn/recovering'

const UNCHANGED: ChangedCoefficients = { links: [], nodes: [] }

/** Workflows that are watched before the change and after it, and sequences of noise they are watched under. */
const OBSERVED = 500
const TRIALS = 20

/** Own workflows whose gaps are told with every decision. */
const MOST_SAMPLES = 100

/** A learner in the playground goes on as long as this at most, and its learning rate falls over as many. */
export const MOST_STEPS = 4000

/** A policy of chains in a world that is changed by hand. Its networks are loaded once and decide again and again. */
export class PlaygroundSession {
  readonly adapting: Adapting
  readonly #backend: Backend
  readonly #spec: RunSpec
  readonly #card: PolicyCard
  readonly #atHand: PolicyAtHand
  /** T_ref and E_ref of the world the policy was trained in: costs stay in one unit whatever is changed. */
  readonly #references: References
  /** What "old" has learned so far: the policy's weights at first. */
  #old: Uint8Array
  /** The adaptation that goes on, and what the learners of the last one have come to. */
  #recovering: Recovering | undefined
  readonly #learned = new Map<string, Uint8Array>()

  /** Throws PolicyMisfitError, RangeError. */
  constructor(backend: Backend, spec: RunSpec, policyBytes: Uint8Array) {
    this.#backend = backend
    this.#spec = spec
    const policy = readPolicy(policyBytes)
    this.#card = policy.card
    this.#old = policyBytes
    this.adapting = adaptingTo(policy.card, spec)
    this.#references = compileScenario(spec.scenario).references
    assertFits(policy.card, this.#problem(UNCHANGED))
    this.#atHand = new PolicyAtHand(backend, policy)
  }

  /** `learner`: by what it has learned, and not by the policy. Throws RangeError for a link or node the topology does not have, or no such learner. */
  decide(changes: ChangedCoefficients, sampleId?: string, learner?: PlaygroundLearner): PlaygroundDecision {
    if (!learner) return this.#decideBy(this.#atHand, changes, sampleId)
    const atHand = new PolicyAtHand(this.#backend, readPolicy(this.#learnedBy(learner)))
    try {
      return this.#decideBy(atHand, changes, sampleId)
    } finally {
      atHand.dispose()
    }
  }

  #decideBy(atHand: PolicyAtHand, changes: ChangedCoefficients, sampleId: string | undefined): PlaygroundDecision {
    const began = performance.now()
    const problem = this.#problem(changes)
    const { compiled, heldOut, inSample } = problem
    const chains = compiled.chains.slice(0, MOST_SAMPLES)
    const own = new ChainWorld({ ...compiled, chains })
    const all = [...heldOut, ...chains.map((chain) => problem.episode(chain))]
    const placements = atHand.decide(problem, all)
    const { optimum, gapMean, meanCost, meanDelaySeconds, meanEnergyJoules, share } = new Evaluator(problem).evaluate(
      placements.slice(0, heldOut.length),
      0
    )
    const x = Math.max(
      0,
      chains.findIndex(({ id }) => id === sampleId)
    )
    const policy = assess(own, placements.slice(heldOut.length))
    const best = assessReference(new ChainWorld({ ...compiled, chains: [chains[x]] }))
    const decision: PlaygroundDecision = {
      heldOut: {
        workflows: heldOut.length,
        inSample,
        policy: { cost: meanCost, delaySeconds: meanDelaySeconds, energyJoules: meanEnergyJoules, share },
        optimum: {
          cost: optimum.meanCost,
          delaySeconds: optimum.meanDelaySeconds,
          energyJoules: optimum.meanEnergyJoules,
          share: optimum.share
        },
        gap: gapMean
      },
      sample: {
        id: chains[x].id,
        device: chains[x].device,
        megabytes: Array.from(chains[x].megabytes, (size) => (Number.isNaN(size) ? null : size)),
        policy: placedOf(policy, x),
        optimum: placedOf(best, 0)
      },
      gaps: policy.workflows.map(({ id, optimalityGap }) => ({ id, gap: optimalityGap })),
      milliseconds: 0
    }
    return { ...decision, milliseconds: performance.now() - began }
  }

  /**
   * Learners in the changed world, one of each start for every seed; `keep` ends them. Throws PolicyMisfitError where ψ's networks are of
   * another shape, RangeError as `decide`.
   */
  recover(changes: ChangedCoefficients, psi: Uint8Array | undefined, seeds: readonly number[]): Recovering {
    const { algorithm, parameters } = this.adapting
    const { shape } = this.#card
    const starts: Omit<StartingPoint, 'seed'>[] = [
      { start: 'old', shape, policy: this.#old },
      { start: 'random', shape }
    ]
    if (psi) starts.unshift({ start: 'psi', shape: readPolicy(psi).card.shape, policy: psi })
    const points = starts.flatMap((point) => seeds.map((seed) => ({ ...point, seed })))
    this.#recovering = new Recovering(this.#backend, algorithm, { ...parameters, learnSteps: MOST_STEPS }, this.#problem(changes), points)
    return this.#recovering
  }

  /** How soon delays with this relative noise would tell of the changes, over 20 sequences of noise. Throws RangeError as `decide`. */
  observe(changes: ChangedCoefficients, noise: number): DetectionSummary {
    const random = randomStream(0, 'evaluation')
    const stretches = [UNCHANGED, changes].map((each) => {
      const problem = this.#problem(each)
      const episodes = Array.from({ length: OBSERVED }, () => problem.draw(random))
      const placements = this.#atHand.decide(problem, episodes)
      return { compiled: problem.compiled, placed: episodes.map(({ chain }, i) => ({ chain, placement: placements[i] })) }
    })
    return detectionSummary(
      stretches,
      noise,
      Array.from({ length: TRIALS }, (_, i) => i + 1)
    )
  }

  /** Ends an adaptation: keeps what its learners have learned, "old" for the next change too. */
  keep(recovering: Recovering): void {
    this.#learned.clear()
    for (const { start, seed } of recovering.learners) this.#learned.set(`${start} ${seed}`, recovering.policyOf(start, seed))
    this.#old = recovering.policyOf('old')
    if (this.#recovering === recovering) this.#recovering = undefined
    recovering.dispose()
  }

  dispose(): void {
    this.#atHand.dispose()
  }

  #learnedBy({ start, seed }: PlaygroundLearner): Uint8Array {
    const isLearning = this.#recovering?.learners.some((each) => each.start === start && each.seed === seed)
    const policy = isLearning ? this.#recovering?.policyOf(start, seed) : this.#learned.get(`${start} ${seed}`)
    if (!policy) throw new RangeError(`no learner from "${start}" weights with seed ${seed} has adapted yet; adapt first`)
    return policy
  }

  #problem(changes: ChangedCoefficients): Problem {
    const { scenario, heldOut, split, parameters } = this.#spec
    const topology = withCoefficients(scenario.topology, changes)
    return compileProblem(
      { scenario: { ...scenario, topology }, heldOut, split },
      { ...problemOptionsOf(parameters), conditioned: isConditioned(this.#card), references: this.#references }
    )
  }
}

function placedOf({ workflows }: Assessment, x: number) {
  const { delaySeconds, energyJoules, cost, optimalityGap, tasks } = workflows[x]
  return { delaySeconds, energyJoules, cost, optimalityGap, tasks }
}
