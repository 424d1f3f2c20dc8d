import { oc } from '@orpc/contract'
import { z } from 'zod'
import { FIGURES, type FigureKey } from '../experiment/compared'
import { BASES } from '../experiment/training'
import { TIERS } from '../model/topology'
import { SEED_TESTS } from '../statistics/intervals'
import { BinaryPart } from './binary'
import { EvaluatedOn, GroupRow, Real, RunId, RunIds } from './records'

const Interval = z.tuple([Real, Real])

/** How a comparison is looked at; the page knows what it means. */
export const ComparisonLook = z.object({
  metric: z.string().max(250).optional(),
  band: z.enum(['interval', 'range', 'seeds']).optional(),
  x: z.enum(['steps', 'seconds', 'clock']).optional(),
  basis: z.enum(BASES).optional(),
  bestOf: z.literal('seeds').optional(),
  /** A chart of one's own below the others. */
  chart: z.string().max(250).optional()
})
export type ComparisonLook = z.infer<typeof ComparisonLook>

export const SavedComparison = z.object({
  id: z.number().int(),
  name: z.string(),
  note: z.string().optional(),
  runs: z.array(RunId),
  /** A run of the group that others are compared against. */
  against: RunId.optional(),
  look: ComparisonLook,
  savedAt: z.number()
})
export type SavedComparison = z.infer<typeof SavedComparison>

const FigureCell = z.object({
  mean: Real.optional(),
  interval: Interval.optional(),
  n: z.number().int(),
  difference: Real.optional(),
  differenceInterval: Interval.optional(),
  p: z.number().optional(),
  test: z.enum(SEED_TESTS).optional(),
  workflowP: z.number().optional(),
  improvement: z.number().optional(),
  cliffsDelta: z.number().optional()
})

/** [documents] values of each line. */
const Lines = z.array(z.object({ path: z.string(), values: z.array(z.string().optional()), isEqual: z.boolean() }))

export const ComparisonAnalysis = z.object({
  /** Groups in the order their first run was asked for in; every list of groups below has this order. */
  groups: z.array(GroupRow),
  evaluatedOn: z.array(EvaluatedOn),
  /** [groups] learn steps of a run and networks that decide together; absent for what does not learn. */
  training: z.array(z.object({ learnSteps: z.number().int(), networks: z.number().int() }).optional()),
  /** Index of the group that others are compared against. */
  reference: z.number().int(),
  /** Where figures are read: at the end of each run, or all at one learn step or second of training. */
  read: z.discriminatedUnion('basis', [
    z.object({ basis: z.literal('trained') }),
    z.object({ basis: z.enum(['steps', 'seconds']), at: z.number() })
  ]),
  /** Seeds of a group taken together, the best of them for each workflow; figures, chances and profiles of these follow those of the groups. */
  bestOf: z.array(z.object({ group: z.number().int(), size: z.number().int(), n: z.number().int(), leftOver: z.number().int() })),
  figures: z.array(
    z.object({
      key: z.enum(FIGURES.map(({ key }) => key) as [FigureKey, ...FigureKey[]]),
      /** [groups, bestOf]. */
      cells: z.array(FigureCell),
      /** Indices of those with the best mean; several tie. */
      best: z.array(z.number().int())
    })
  ),
  /** [groups, bestOf] chance to place a workflow better than the reference does. */
  improvement: z.array(z.number().optional()),
  /** [groups, bestOf] the least p that an exact permutation test of so few seeds could come to; absent for the reference. */
  leastP: z.array(z.number().optional()),
  /** Whether all groups share one world; figures of different worlds are not subtracted. */
  isOneWorld: z.boolean(),
  /** Gaps at which profiles are read, as fractions, and the share of runs × workflows within each at the end of training, [groups, bestOf]. */
  profile: z.object({ thresholds: z.array(z.number()), shares: z.array(z.array(z.number())) }),
  /** What the exact optimum comes to over weights δ of energy; empty where worlds differ. */
  front: z.array(z.object({ energyWeight: z.number(), delaySeconds: z.number(), energyJoules: z.number() })),
  /** [groups] which of the documents below is its world's: groups of one world share it. */
  documents: z.array(z.number().int()),
  /** The documents of the groups' worlds, line by line. */
  topology: Lines,
  workload: Lines,
  objective: Lines
})
export type ComparisonAnalysis = z.infer<typeof ComparisonAnalysis>

const TierName = z.enum(TIERS)
const LossRecord = z.object({
  workflows: z.number().int(),
  gap: Real,
  tasks: z.array(z.object({ task: z.number().int(), compute: Real, transfer: Real })),
  hops: z.array(
    z.object({
      from: TierName,
      to: TierName,
      hops: z.number(),
      optimumHops: z.number(),
      seconds: z.number(),
      optimumSeconds: z.number(),
      excess: Real
    })
  )
})

const QueueLossRecord = z.object({
  batches: z.number().int(),
  gap: Real,
  queues: z.array(
    z.object({
      from: z.string().optional(),
      to: z.string(),
      share: z.number(),
      referenceShare: z.number(),
      waitedSeconds: Real,
      referenceSeconds: Real
    })
  ),
  tasks: z.array(z.object({ task: z.number().int(), core: Real, referenceCore: Real, data: Real, referenceData: Real }))
})

/** Where a group's cost exceeds the optimum's; of graphs and shared machines, where it waits beside its reference; `missing` says why where its workflows cannot be placed again. */
export const GroupLosses = z.object({
  runs: z.array(RunId),
  losses: LossRecord.optional(),
  queues: QueueLossRecord.optional(),
  missing: z.string().optional()
})
export type GroupLosses = z.infer<typeof GroupLosses>

const NAME = z.string().trim().min(1, 'a comparison needs a name').max(120, 'a name has at most 120 characters')
const MISSING = { NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) } } as const
const GONE = { GONE: { status: 404 } } as const
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const
/** What a comparison is written as. */
export const ReportKind = z.enum(['html', 'latex', 'csv'])
export type ReportKind = z.infer<typeof ReportKind>

const COMPARED = z.object({
  ids: RunIds,
  against: RunId.optional(),
  /** Where figures are read; at the end of each run where absent. */
  basis: z.enum(BASES).optional(),
  /** Whether seeds of single networks are also taken together, the best of them for each workflow. */
  bestOf: z.boolean().optional()
})

export const comparisons = {
  /** Newest first. */
  list: oc.input(z.object({})).output(z.array(SavedComparison)),
  /** One saved comparison. */
  get: oc
    .input(z.object({ id: z.number().int() }))
    .output(SavedComparison)
    .errors(GONE),
  /** Keeps a comparison, or what has changed of the one called `id`. Names may repeat. */
  save: oc
    .input(
      z.object({
        id: z.number().int().optional(),
        name: NAME,
        note: z.string().max(20_000).optional(),
        runs: RunIds,
        against: RunId.optional(),
        look: ComparisonLook
      })
    )
    .output(SavedComparison)
    .errors({ ...GONE, ...REFUSED }),
  /** To the bin, whose entry is returned; `bin.restore` undoes it. */
  remove: oc
    .input(z.object({ id: z.number().int() }))
    .output(z.object({ bin: z.string() }))
    .errors({ ...GONE, ...REFUSED }),
  /** Of the runs that have a scenario, which foreign ones do not (REFUSED where all are): figures with intervals and tests, profiles, the front, and how the groups' worlds differ. */
  analyse: oc
    .input(COMPARED)
    .output(ComparisonAnalysis)
    .errors({ ...MISSING, ...REFUSED }),
  /** Held-out workflows placed again by stored policies or rules: what costs more than in the optimum, by task and by hop. */
  losses: oc
    .input(z.object({ ids: RunIds }))
    .output(z.array(GroupLosses))
    .errors({ ...MISSING, ...REFUSED }),
  /** The whole comparison as one file: a page that needs no network and no script, LaTeX, or CSV. */
  report: oc
    .input(
      COMPARED.extend({
        kind: ReportKind,
        /** Its title. */
        name: NAME.optional(),
        /** Charts of one's own, drawn by the page, that a report shows. */
        pictures: z
          .array(z.object({ title: z.string().max(200), svg: z.string().max(2_000_000) }))
          .max(8)
          .optional(),
        /** What algorithms and groups are called in it, by what the lab calls them. */
        published: z.record(z.string().max(200), z.string().trim().min(1).max(120)).optional()
      })
    )
    .output(BinaryPart)
    .errors({ ...MISSING, ...REFUSED })
}
