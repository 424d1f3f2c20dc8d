import type { RunSpec } from '@shared/run/spec'
import { type BatchProblem, type BatchSight, compileBatchProblem, isOfBatches } from './batches/problem'
import type { Episode } from './episode'
import { compileProblem, type Problem, type ProblemOptions } from './problem'

/** A problem of either kind of world: chains, whose costs are tables, or graphs and shared machines. */
export type AnyProblem = Problem | BatchProblem

/** An episode of either. */
export type AnyEpisode = Episode | BatchSight

export const isBatchProblem = (problem: AnyProblem): problem is BatchProblem => 'kind' in problem
export const isBatchSight = (episode: AnyEpisode): episode is BatchSight => !('chain' in episode)

/** Compiles what a run learns, or is placed in. Throws what compiling throws. */
export function compileAnyProblem(
  spec: Pick<RunSpec, 'scenario' | 'heldOut' | 'split' | 'environments'>,
  options: ProblemOptions
): AnyProblem {
  return isOfBatches(spec.scenario)
    ? compileBatchProblem({ ...spec, references: options.references }, options)
    : compileProblem(spec, options)
}
