import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { BinaryPart } from './binary'
import { GroupRow, LiveBatch, RunDetail, RunId, RunIds, RunRow } from './records'

const MISSING = { NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) } } as const
/** What was asked makes no sense in the run's present state; nothing was changed. */
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const

/** More live streams are open than one host serves. */
const BUSY = { BUSY: { status: 429, data: z.object({ most: z.number().int() }) } } as const

const change = oc
  .input(z.object({ ids: RunIds }))
  .output(z.object({ changed: z.array(RunId) }))
  .errors({ ...MISSING, ...REFUSED })

export const runs = {
  list: oc.input(z.object({})).output(z.array(RunRow)),
  get: oc
    .input(z.object({ id: RunId }))
    .output(RunDetail)
    .errors(MISSING),
  /** One curve as a flat Float64Array x, y, x, y …, thinned to the least and greatest value of each of `maxPoints / 2` stretches; 0: every point. */
  curve: oc
    .input(z.object({ id: RunId, metric: z.string().max(64), maxPoints: z.number().int().min(0).max(1_000_000) }))
    .output(BinaryPart)
    .errors(MISSING),
  compare: oc
    .input(z.object({ ids: RunIds }))
    .output(z.object({ runs: z.array(RunRow), groups: z.array(GroupRow) }))
    .errors(MISSING),
  pause: change,
  resume: change,
  cancel: change,
  /** Out of sight at once; `restore` undoes it until the program next starts. */
  remove: change,
  restore: change,
  /** Everything kept of runs, every point and the policies included, as one JSON document. */
  export: oc
    .input(z.object({ ids: RunIds }))
    .output(BinaryPart)
    .errors(MISSING),
  /** Changed rows of all runs, and new points of the runs in `curves`. */
  live: oc
    .input(z.object({ curves: z.array(RunId).max(50) }))
    .output(eventIterator(LiveBatch))
    .errors(BUSY)
}
