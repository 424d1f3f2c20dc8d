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

const WORLD = { scenario: DocumentSource }

export const assessments = {
  /** The reference’s placement: the exact optimum where it is proven, else the best that is known. */
  optimum: oc.input(z.object(WORLD)).output(AssessmentRecord).errors(INVALID),
  /** A placement document against its scenario. */
  evaluate: oc
    .input(z.object({ ...WORLD, placement: z.unknown() }))
    .output(AssessmentRecord)
    .errors(INVALID)
}
