import { oc } from '@orpc/contract'
import { z } from 'zod'
import { REFERENCE_KINDS } from '../model/world'
import { DocumentSource, INVALID, Real } from './records'

/** What a cost is measured against: the least Q lies between lower and upper, and is known where the kind is "optimum". */
export const ReferenceRecord = z.object({ kind: z.enum(REFERENCE_KINDS), lower: z.number(), upper: z.number() })

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

/** What a placement of a scenario's own workflows costs, workflow by workflow and task by task. */
export const AssessmentRecord = z.object({
  references: z.object({ delaySeconds: z.number(), energyJoules: z.number() }),
  /** Sums over the workflows; the gap is of the sums. */
  total: Cost,
  /** How the references were found. */
  how: z.array(z.string()),
  workflows: z.array(
    Cost.extend({
      id: z.string(),
      /** Which episode it is placed in: workflows of one share machines, and its gap is theirs together. */
      episode: z.number().int(),
      releaseSeconds: z.number().optional(),
      tardinessSeconds: z.number().optional(),
      transfers: z.array(Transfer).optional(),
      placement: z.record(z.string(), z.string()),
      tasks: z.array(
        z.object({
          id: z.string(),
          node: z.string(),
          startSeconds: z.number(),
          finishSeconds: z.number(),
          transferSeconds: z.number(),
          energyJoules: z.number()
        })
      )
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
