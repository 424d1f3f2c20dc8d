import { z } from 'zod'
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
