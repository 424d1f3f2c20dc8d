import { z } from 'zod'
import { REFERENCE_KINDS } from '../model/world'
import { ReferenceRecord, WorkflowScheduleRecord } from './assessments'
import { Real } from './records'

/** How the held-out workflows of a run were placed: what is listed, and what is looked at one by one. */

const Place = z.object({ id: z.string(), tier: z.enum(['device', 'edge', 'cloud']) })

export const PlacementList = z.object({
  workflows: z.array(
    z.object({
      id: z.string(),
      /** The device that owns it. */
      device: z.string(),
      tasks: z.number().int(),
      /** Workflows placed together, where this is a batch of graphs or of shared machines; absent for a chain. */
      together: z.number().int().optional(),
      /** The kind of reference that the gap is to; absent: the optimum. */
      reference: z.enum(REFERENCE_KINDS).optional(),
      cost: z.number(),
      /** Q/Q* − 1. */
      gap: Real
    })
  ),
  /** The share of all tasks that each place has, by this run and by the optimum; "own device" stands for every workflow's own. */
  places: z.array(Place.extend({ share: z.number(), optimumShare: z.number() }))
})
export type PlacementList = z.infer<typeof PlacementList>

/** One placement of one workflow, to be drawn over time. */
const PlacedWorkflow = z.object({
  delaySeconds: z.number(),
  energyJoules: z.number(),
  cost: z.number(),
  tasks: z.array(
    z.object({
      id: z.string(),
      node: z.string(),
      startSeconds: z.number(),
      finishSeconds: z.number(),
      transferSeconds: z.number(),
      energyJoules: z.number()
    })
  ),
  /** Seconds of the transfer back to the device; 0 where it is not counted. */
  returnSeconds: z.number()
})
export type PlacedWorkflow = z.infer<typeof PlacedWorkflow>

export const InspectedWorkflow = z.object({
  id: z.string(),
  device: z.string(),
  /** K places in the order of the networks' outputs: own device, edges, clouds. */
  places: z.array(Place),
  tasks: z.array(z.object({ id: z.string(), megacycles: z.number() })),
  /** [N + 1] MB into each task and, last, back; null where nothing is sent. */
  megabytes: z.array(z.number().nullable()),
  gap: Real,
  policy: PlacedWorkflow,
  optimum: PlacedWorkflow,
  /** What each network of the policy proposed; empty for algorithms that place by rule. */
  units: z.array(
    z.object({
      cost: z.number(),
      gap: Real,
      /** [N] indices into `places`. */
      placement: z.array(z.number().int()),
      /** [N][K] value of each place along the unit's own placement, in the networks' own units; null where no route leads. */
      values: z.array(z.array(z.number().nullable()))
    })
  ),
  /** The unit whose placement has the least Q; undefined without units. */
  winner: z.number().int().optional()
})
export type InspectedWorkflow = z.infer<typeof InspectedWorkflow>

/** One placement of one batch, to be drawn over time: seconds count from the batch's zero. */
export const PlacedBatch = z.object({ cost: z.number(), workflows: z.array(WorkflowScheduleRecord) })
export type PlacedBatch = z.infer<typeof PlacedBatch>

/** A batch of graphs or of shared machines, placed by a run, beside its reference. */
export const InspectedBatch = z.object({
  id: z.string(),
  workflows: z.array(
    z.object({
      id: z.string(),
      device: z.string(),
      tasks: z.array(z.object({ id: z.string(), megacycles: z.number() })),
      flows: z.array(z.object({ from: z.string(), to: z.string(), megabytes: z.number() })),
      releaseSeconds: z.number().optional(),
      deadlineSeconds: z.number().optional(),
      /** K places: own device, edges, clouds. */
      places: z.array(Place)
    })
  ),
  /** [decisions] the workflow and the task (indices) that each decision is for. */
  order: z.array(z.object({ workflow: z.number().int(), task: z.number().int() })),
  gap: Real,
  reference: ReferenceRecord.extend({ how: z.string() }),
  policy: PlacedBatch,
  /** Absent where no placement is known to reach the reference. */
  best: PlacedBatch.optional()
})
export type InspectedBatch = z.infer<typeof InspectedBatch>
