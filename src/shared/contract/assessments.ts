import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DocumentSource, INVALID, Real } from './records'

const Cost = z.object({ delaySeconds: z.number(), energyJoules: z.number(), cost: z.number(), optimalityGap: Real })

/** What a placement of a scenario's own workflows costs, workflow by workflow and task by task. */
export const AssessmentRecord = z.object({
  references: z.object({ delaySeconds: z.number(), energyJoules: z.number() }),
  /** Sums over the workflows; the gap is of the sums. */
  total: Cost,
  workflows: z.array(
    Cost.extend({
      id: z.string(),
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
  /** The exact optimum, by dynamic programming. */
  optimum: oc.input(z.object(WORLD)).output(AssessmentRecord).errors(INVALID),
  /** A placement document against its scenario. */
  evaluate: oc
    .input(z.object({ ...WORLD, placement: z.unknown() }))
    .output(AssessmentRecord)
    .errors(INVALID)
}
