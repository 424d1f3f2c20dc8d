import type { AlgorithmCard, NetworkKind } from '@shared/algorithms/card'
import type { Footprint, WorldSize } from '@shared/run/footprint'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { type RandomState, RandomStream, randomStream } from '@shared/model/random'
import type { Backend } from './backend'
import type { BatchProblem, BatchSight } from './batches/problem'
import type { Episode } from './episode'
import type { PlacingAlgorithm } from './placing'
import type { ShapedValues } from './policy'
import type { Problem } from './problem'
import type { StateShape } from './state'

export const RUN_STREAMS = ['init', 'environment', 'action', 'replay'] as const
/** The random streams of one run. */
export type Streams = Record<(typeof RUN_STREAMS)[number], RandomStream>

export function openStreams(seed: number): Streams {
  return Object.fromEntries(RUN_STREAMS.map((name) => [name, randomStream(seed, name)])) as Streams
}

export function streamStates(streams: Streams): Record<string, RandomState> {
  return Object.fromEntries(RUN_STREAMS.map((name) => [name, streams[name].state]))
}

export function restoreStreams(states: Record<string, RandomState>): Streams {
  return Object.fromEntries(RUN_STREAMS.map((name) => [name, new RandomStream(states[name])])) as Streams
}

/** One run as a learner holds it. Runs of one shape learn side by side as members of one learner. */
export interface Member<P = Problem> {
  problem: P
  seed: number
  /** Members may differ in those parameters only whose declaration says that they stack. */
  parameters: ParameterValues
  /** The run's exact state to resume from. */
  checkpoint?: Uint8Array
  /** A policy (bytes of `Learner.policy`) whose weights its networks start from, instead of random ones. */
  initialPolicy?: Uint8Array
}

/**
 * What a learn step was like, for the curves: a value for each metric (shared/run/metrics.ts) that the algorithm's card declares and that
 * is not measured by the evaluation. A `loss` that is not finite ends the run as diverged.
 */
export type StepReport = Readonly<Record<string, number>>

/** Placements of some episodes. */
export interface Decision {
  /** [episodes][tasks] location indices of the placement with the least Q. */
  placements: Uint8Array[]
  /** [units][episodes] Q of each unit's own placement. */
  unitCosts: Float64Array[]
}

/** An algorithm in training. `members` are its runs, all of one shape. */
export interface Learner<E = Episode> {
  readonly steps: number
  readonly totalSteps: number
  /** Makes one learn step; a report for each member. */
  learn(): StepReport[]
  /**
   * Places each member's episodes (the same number for each member), best of its units. With `isGlance`, for a point of a curve, as well as
   * can be done in little time, where deciding takes long.
   */
  decide(episodes: readonly (readonly E[])[], isGlance?: boolean): Decision[]
  /** The exact state of a member, to resume from. */
  checkpoint(member: number): Uint8Array
  /** The trained policy of a member: card and weights. */
  policy(member: number): Uint8Array
  dispose(): void
}

export interface LearnedAlgorithm {
  card: AlgorithmCard & { kind: 'learned'; networks: NetworkKind }
  /** The networks it would train on states of a shape. */
  network(shape: StateShape, parameters: ParameterValues): ShapedValues
  /** What a run takes at most, where it is not what `footprintOf` says of its parameters. */
  footprint?(parameters: ParameterValues, size: RunSize): Footprint
  /** Throws PolicyMisfitError where a member's initial policy has other networks. */
  start(backend: Backend, members: readonly Member[]): Learner
  /** How it learns on graphs and shared machines, where it does. */
  batches?: BatchLearning
}

/** An algorithm's part for graphs and shared machines. */
export interface BatchLearning {
  /** Throws PolicyMisfitError where a policy's networks are others than it would train. */
  checkInitial(policy: Uint8Array, problem: BatchProblem, parameters: ParameterValues): void
  start(backend: Backend, members: readonly Member<BatchProblem>[]): Learner<BatchSight>
}

/** The sizes that a run's memory follows from. */
export type RunSize = WorldSize & {
  /** Environments it learns in. */
  environments: number
}

export type Algorithm = LearnedAlgorithm | PlacingAlgorithm

export function isLearned(algorithm: Algorithm): algorithm is LearnedAlgorithm {
  return algorithm.card.kind === 'learned'
}
