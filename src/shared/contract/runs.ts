import { eventIterator, oc } from '@orpc/contract'
import { RUN_EXPORTS } from '../run/exports'
import { TransferId } from './transfers'
import { z } from 'zod'
import { BinaryPart } from './binary'
import { InspectedBatch, InspectedWorkflow, PlacementList } from './placements'
import { GroupRow, INVALID, LiveBatch, ManyRunIds, Priority, RunDetail, RunId, RunIds, RunRow, Tag } from './records'

const MISSING = { NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) } } as const
/** What was asked makes no sense in the run's present state; nothing was changed. */
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const

/** The note was changed since its writer saw it. */
const OTHER_NOTE = { OTHER_NOTE: { status: 409, data: z.object({ note: z.string() }) } } as const
/** Runs that could go on here approximately alone, and why; nothing was changed. */
const INEXACT = { INEXACT: { status: 409, data: z.object({ ids: z.array(z.string()), reasons: z.array(z.string()) }) } } as const

/** More live streams are open than one host serves. */
const BUSY = { BUSY: { status: 429, data: z.object({ most: z.number().int() }) } } as const

const change = oc
  .input(z.object({ ids: ManyRunIds }))
  .output(z.object({ changed: z.array(RunId) }))
  .errors({ ...MISSING, ...REFUSED })

export const runs = {
  /** Every run that is not deleted, newest experiment first. */
  list: oc.input(z.object({})).output(z.array(RunRow)),
  /** One run with its scenario, optimum, machine and log. */
  get: oc
    .input(z.object({ id: RunId }))
    .output(RunDetail)
    .errors(MISSING),
  /** One curve as a flat Float64Array x, y, x, y …, thinned to the least and greatest value of each of `maxPoints / 2` stretches; 0: every point. */
  curve: oc
    .input(
      z.object({
        id: RunId,
        metric: z.string().max(250),
        maxPoints: z.number().int().min(0).max(1_000_000),
        /** Only the points of these learn steps, ends included, and one more to either side so that lines run on. */
        range: z.tuple([z.number(), z.number()]).optional()
      })
    )
    .output(BinaryPart)
    .errors(MISSING),
  /** Runs and the groups they form: runs that are alike but for their seed. */
  compare: oc
    .input(z.object({ ids: RunIds }))
    .output(z.object({ runs: z.array(RunRow), groups: z.array(GroupRow) }))
    .errors(MISSING),
  /** Holds waiting runs back and stops running ones at their next learn step, a checkpoint made. */
  pause: change,
  /**
   * Resumes from the last checkpoint. A run whose checkpoint another backend or machine has made is refused with INEXACT, since it could
   * not come to the same bits; `approximate` lets it go on, labelled so.
   */
  resume: oc
    .input(z.object({ ids: ManyRunIds, approximate: z.boolean().optional() }))
    .output(z.object({ changed: z.array(RunId) }))
    .errors({ ...MISSING, ...REFUSED, ...INEXACT }),
  /** Ends runs for good; what they have learned so far stays. */
  cancel: change,
  /** To the bin, whose entry for all of them is returned; `bin.restore` brings back the entry or single runs of it. */
  remove: oc
    .input(z.object({ ids: ManyRunIds }))
    .output(z.object({ changed: z.array(RunId), bin: z.string() }))
    .errors({ ...MISSING, ...REFUSED }),
  /** Notes things down about runs; what is absent stays as it is. */
  mark: oc
    .input(
      z.object({
        ids: ManyRunIds,
        addTags: z.array(Tag).max(20).optional(),
        removeTags: z.array(z.string().max(100)).max(100).optional(),
        /** Markdown; null takes it away. */
        note: z.string().max(20_000, 'a note has at most 20,000 characters').nullable().optional(),
        /** The note as its writer saw it, empty for none: where another stands there now, nothing is written. */
        noteBefore: z.string().optional(),
        pinned: z.boolean().optional(),
        archived: z.boolean().optional()
      })
    )
    .output(z.object({ changed: z.array(RunId) }))
    .errors({ ...MISSING, ...REFUSED, ...OTHER_NOTE }),
  /** Before others in the queue (1), as they come (0), or after them (−1). */
  prioritise: oc
    .input(z.object({ ids: ManyRunIds, priority: Priority }))
    .output(z.object({ changed: z.array(RunId) }))
    .errors({ ...MISSING, ...REFUSED }),
  /** Moves a waiting run in front of another, or, without one, to the end; it takes the priority of its new neighbour. */
  move: oc
    .input(z.object({ id: RunId, before: RunId.optional() }))
    .output(z.object({ changed: z.array(RunId) }))
    .errors({ ...MISSING, ...REFUSED }),
  /**
   * Queues the same runs again, as an experiment of their own: to the same bits on the same machine, or, with
   * `fromTheirWeights`, each starting from the policy that the first of it has learned.
   */
  again: oc
    .input(z.object({ ids: RunIds, fromTheirWeights: z.boolean().optional() }))
    .output(z.object({ experimentId: z.number().int(), name: z.string(), runs: z.array(RunId) }))
    .errors({ ...MISSING, ...REFUSED, ...INVALID }),
  /** The held-out workflows of a run that has been evaluated, and the share of tasks each place has. */
  placements: oc
    .input(z.object({ id: RunId }))
    .output(PlacementList)
    .errors({ ...MISSING, ...REFUSED }),
  /** One held-out workflow placed again by the run's stored policy or rule, beside its exact optimum. */
  inspect: oc
    .input(z.object({ id: RunId, workflow: z.string().max(200) }))
    .output(InspectedWorkflow)
    .errors({ ...MISSING, ...REFUSED }),
  /** One held-out batch of graphs or of shared machines, placed again beside its reference. */
  inspectBatch: oc
    .input(z.object({ id: RunId, batch: z.string().max(400) }))
    .output(InspectedBatch)
    .errors({ ...MISSING, ...REFUSED }),
  /** Everything kept of runs, every point and the policies included, as one JSON document. */
  export: oc
    .input(z.object({ ids: RunIds }))
    .output(BinaryPart)
    .errors(MISSING),
  /** Runs in a form of other tools, as a file that is read as a transfer: a zip where the form is a folder, else a text. */
  exportAs: oc
    .input(z.object({ ids: RunIds, form: z.enum(RUN_EXPORTS) }))
    .output(z.object({ transfer: TransferId, name: z.string(), bytes: z.number().int() }))
    .errors({ ...MISSING, ...REFUSED, ...BUSY }),
  /** Changed rows of all runs, and new points of the runs in `curves`. */
  live: oc
    .input(z.object({ curves: z.array(RunId).max(50) }))
    .output(eventIterator(LiveBatch))
    .errors(BUSY)
}
