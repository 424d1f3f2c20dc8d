import { oc } from '@orpc/contract'
import { z } from 'zod'
import { REFERENCE_KINDS } from '../model/world'
import { DocumentSource, INVALID, Real } from './records'

/** What a cost is measured against: the least Q lies between lower and upper (Infinity where no placement is known), and is known where the kind is "optimum". */
export const ReferenceRecord = z.object({ kind: z.enum(REFERENCE_KINDS), lower: z.number(), upper: Real })

const Cost = z.object({
  delaySeconds: z.number(),
  energyJoules: z.number(),
  cost: z.number(),
  optimalityGap: Real,
  reference: ReferenceRecord
})

const Transfer = z.object({
  from: z.string(),
  to: z.string(),
  fromNode: z.string(),
  toNode: z.string(),
  startSeconds: z.number(),
  endSeconds: z.number(),
  arrivalSeconds: z.number(),
  waitSeconds: z.number()
})

/** A placed workflow: what it costs and when everything happens, in seconds from the zero of the episode it is placed in. */
export const WorkflowScheduleRecord = z.object({
  id: z.string(),
  delaySeconds: z.number(),
  energyJoules: z.number(),
  cost: z.number(),
  releaseSeconds: z.number().optional(),
  tardinessSeconds: z.number().optional(),
  placement: z.record(z.string(), z.string()),
  tasks: z.array(
    z.object({
      id: z.string(),
      node: z.string(),
      /** Where processors are shared: which of the node's cores, and the seconds it waited for it. */
      core: z.number().int().optional(),
      waitSeconds: z.number().optional(),
      startSeconds: z.number(),
      finishSeconds: z.number(),
      transferSeconds: z.number(),
      energyJoules: z.number()
    })
  ),
  transfers: z.array(Transfer).optional()
})

/** What a placement of a scenario's own workflows costs, workflow by workflow and task by task. */
export const AssessmentRecord = z.object({
  references: z.object({ delaySeconds: z.number(), energyJoules: z.number() }),
  /** Sums over the workflows; the gap is of the sums. */
  total: Cost,
  /** How the references were found. */
  how: z.array(z.string()),
  workflows: z.array(
    WorkflowScheduleRecord.extend({
      /** Which episode it is placed in: workflows of one share machines, and its gap is theirs together. */
      episode: z.number().int(),
      optimalityGap: Real,
      reference: ReferenceRecord
    })
  )
})

const Upgrade = z.union([
  z.object({ kind: z.enum(['speed', 'core']), nodes: z.array(z.string()), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal('bandwidth'), ends: z.array(z.tuple([z.string(), z.string()])), from: z.number(), to: z.number() })
])

/** Where a sample of batches queues on shared machines, and what would help: shares of the time of a batch, sums and means of it. */
export const QueuesRecord = z.object({
  batches: z.number().int(),
  workflows: z.number().int(),
  /** Changes tried for each batch by the search that placed it. */
  evaluations: z.number().int(),
  /** Mean T of a workflow, and mean Q of a batch. */
  delaySeconds: Real,
  cost: Real,
  load: z.object({
    nodes: z.array(
      z.object({ node: z.string(), cores: z.array(z.number()), share: z.number(), tasks: z.number(), waitedSeconds: z.number() })
    ),
    directions: z.array(
      z.object({ from: z.string(), to: z.string(), share: z.number(), megabytes: z.number(), waitedSeconds: z.number() })
    ),
    endSeconds: z.number()
  }),
  /** Upgrades, the best first: how much T of a workflow changes in seconds, and Q relative to what it was, with half its 95 % interval over the batches. */
  help: z.array(z.object({ upgrade: Upgrade, delaySeconds: Real, cost: Real, costHalf: z.number().optional() }))
})
export type QueuesRecord = z.infer<typeof QueuesRecord>

const WORLD = { scenario: DocumentSource }

export const assessments = {
  /** The reference’s placement: the exact optimum where it is proven, else the best that is known. */
  optimum: oc.input(z.object(WORLD)).output(AssessmentRecord).errors(INVALID),
  /** A placement document against its scenario. */
  evaluate: oc
    .input(z.object({ ...WORLD, placement: z.unknown() }))
    .output(AssessmentRecord)
    .errors(INVALID),
  /** A sample of the scenario’s batches on shared machines, whatever its execution: what is busy, what is waited for, what would help. */
  queues: oc.input(z.object(WORLD)).output(QueuesRecord).errors(INVALID)
}
