import type { ParameterValues } from '../algorithms/parameters'
import { type WorldSize, workflowBytes } from './footprint'

/** How many runs train side by side in one worker: the same for who hands them out and for who says how long that takes. */

/** Workers that have nothing to do, and those that still train what they were given before. */
export interface Workers {
  free: number
  busy: number
}

/** Fewer than this cost nearly as much as this many: a learn step is as many operations however many take part. */
const LEAST_SHARE = 8

/**
 * How many of `alike` runs the next group takes: equal shares for the workers that are free. At the end, with nothing else waiting, a
 * share is kept for the workers that are busy still, so that none of them stands idle while the last group trains.
 */
export function shareOf(alike: number, othersWait: boolean, { free, busy }: Workers): number {
  const equal = Math.ceil(alike / Math.max(1, free))
  return othersWait ? equal : Math.min(equal, Math.max(LEAST_SHARE, Math.ceil(alike / Math.max(1, free + busy))))
}

/** What a member adds to a group, as a share of what one process may hold; a group's members come to 1 at most. */
export function stackLoad(parameters: ParameterValues, { tasks, places }: Pick<WorldSize, 'tasks' | 'places'>): number {
  const number = (key: string, otherwise: number) => Number(parameters[key] ?? otherwise)
  const units = number('units', 1)
  const rows = number('batch', number('batchWorkflows', 1) * tasks)
  const workflows = number('memoryWorkflows', number('memory', 0) / (tasks * units))
  const bytes = workflows * workflowBytes({ tasks, places })
  return Math.max(units / MOST_UNITS, (units * rows) / MOST_ROWS, bytes / MOST_BYTES)
}

/** Networks of a group. */
const MOST_UNITS = 240
/** Rows of states in a learn step; with 128 hidden units each tensor of activations then is 16 MB. */
const MOST_ROWS = 32_768
/** Of the members' memory pools. */
const MOST_BYTES = 512e6
