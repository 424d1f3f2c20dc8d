import type { ParameterValues } from '@shared/algorithms/parameters'
import type { RecoveryPoint, Start } from '@shared/experiment/recovery'
import type { Backend } from './backend'
import { Evaluator } from './evaluation'
import type { Episode } from './episode'
import type { LearnedAlgorithm, Learner, Member } from './learner'
import { inShapeOf } from './policy-at-hand'
import type { Problem } from './problem'
import type { StateShape } from './state'

/** Where one of the learners starts. */
export interface StartingPoint {
  start: Start
  seed: number
  /** How its networks' features are scaled. */
  shape: StateShape
  /** The policy (bytes of `Learner.policy`) whose weights it has; random ones where none is given. */
  policy?: Uint8Array
}

/** Where a learner is. */
export interface LearnerPoint extends RecoveryPoint {
  start: Start
  seed: number
}

/** The inner model started from several points at once on a changed world, side by side in one ensemble, on the same workflows. */
export class Recovering {
  /** [learners] where each has started. */
  readonly learners: readonly Pick<StartingPoint, 'start' | 'seed'>[]
  readonly #learner: Learner
  /** [learners] the world in each learner's scales. */
  readonly #problems: Problem[]
  #evaluator: Evaluator

  /** Throws PolicyMisfitError where a start has other networks than the algorithm, naming both shapes. */
  constructor(
    backend: Backend,
    algorithm: LearnedAlgorithm,
    parameters: ParameterValues,
    problem: Problem,
    points: readonly StartingPoint[]
  ) {
    this.learners = points.map(({ start, seed }) => ({ start, seed }))
    this.#problems = points.map(({ shape }) => inShapeOf(problem, shape))
    this.#learner = algorithm.start(
      backend,
      points.map(
        ({ policy, seed }, m): Member => ({ problem: this.#problems[m], seed, parameters, ...(policy && { initialPolicy: policy }) })
      )
    )
    this.#evaluator = new Evaluator(problem)
  }

  get steps(): number {
    return this.#learner.steps
  }

  /** Mean Q* of the held-out workflows. */
  get optimumCost(): number {
    return this.#evaluator.optimum.meanCost
  }

  /** One learn step of all. */
  learn(): void {
    this.#learner.learn()
  }

  /** How all stand on the held-out workflows. */
  measure(): LearnerPoint[] {
    return this.#learner.decide(this.#problems.map(({ heldOut }) => heldOut)).map(({ placements }, m) => {
      const { gapMean, meanCost } = this.#evaluator.evaluate(placements, 0)
      return { ...this.learners[m], step: this.steps, gap: gapMean, cost: meanCost }
    })
  }

  /** How the learner of a start places workflows now, the first of several seeds. */
  decide(start: Start, episodes: readonly Episode[]): Uint8Array[] {
    const seen = this.#problems.map((problem) => episodes.map(({ chain }) => problem.episode(chain)))
    return this.#learner.decide(seen)[this.#indexOf(start)].placements
  }

  /** The world changed, but too little to be detected: learners go on as they were and are judged by what is. */
  judgeBy(problem: Problem): void {
    this.#evaluator = new Evaluator(problem)
  }

  /** What a learner has come to, as a policy; the first of several seeds unless one is named. */
  policyOf(start: Start, seed?: number): Uint8Array {
    return this.#learner.policy(this.#indexOf(start, seed))
  }

  dispose(): void {
    this.#learner.dispose()
  }

  #indexOf(start: Start, seed?: number): number {
    return this.learners.findIndex((each) => each.start === start && (seed === undefined || each.seed === seed))
  }
}
