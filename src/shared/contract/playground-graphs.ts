import { z } from 'zod'
import { REFERENCE_KINDS } from '../model/world'
import { InspectedBatch, PlacedBatch } from './placements'
import { ChangedCoefficients, PlaygroundMeans } from './playground-world'
import { Real } from './records'

/** What was changed of a world of graphs or shared machines; what is absent is the scenario's own. */
export const ChangedGraphs = ChangedCoefficients.extend({
  /** Workflows that are released together, and the mean gap between releases of a stream in s, where the workload is generated. */
  together: z.number().int().min(1).max(1000).optional(),
  gapSeconds: z.number().positive().max(1e15).optional(),
  /** δ. */
  energyWeight: z.number().min(0).max(1e15).optional()
})
export type ChangedGraphs = z.infer<typeof ChangedGraphs>

/** What one of those that place does on the held-out batches. */
const PlayedMeans = z.object({
  /** The policy's own where it is absent. */
  algorithm: z.string().optional(),
  means: PlaygroundMeans,
  /** Mean over the batches whose reference is known so far; absent before the first. */
  gap: Real.optional()
})
export type PlayedMeans = z.infer<typeof PlayedMeans>

/** A batch as the policy places it, beside its reference once that is found, and as rules place it. */
const PlayedSample = InspectedBatch.omit({ gap: true, reference: true, best: true }).extend({
  found: InspectedBatch.pick({ gap: true, reference: true, best: true }).optional(),
  beside: z.array(z.object({ algorithm: z.string(), placed: PlacedBatch }))
})
export type PlayedSample = z.infer<typeof PlayedSample>

/**
 * What a policy does in a changed world of graphs, as far as it is known: its own placements at once, then batch after batch what is the best
 * known there. Every answer replaces the one before.
 */
export const GraphPlay = z.object({
  /** The scenario's own batches (the first hundred). */
  batches: z.array(z.string()),
  /** One of them; absent where it is as in the answer before. */
  sample: PlayedSample.optional(),
  heldOut: z.object({
    batches: z.number().int(),
    workflows: z.number().int(),
    inSample: z.boolean(),
    /** The policy first, then rules; empty until all batches are placed. */
    placed: z.array(PlayedMeans),
    /** The references of the first `measured` batches, by kind, and their mean Q; absent before the first. */
    reference: z
      .object({ measured: z.number().int(), cost: z.number(), kinds: z.record(z.enum(REFERENCE_KINDS), z.number().int()) })
      .optional()
  }),
  /** Milliseconds of deciding the batch that is shown. */
  decisionMs: z.number(),
  /** Nothing more is to be found. */
  ended: z.boolean()
})
export type GraphPlay = z.infer<typeof GraphPlay>
/** An answer with the batch it shows. */
export type WholeGraphPlay = GraphPlay & { sample: PlayedSample }

/** What can be changed of a workload, where something can. */
export const GraphLimits = z.object({
  /** Workflows together at most: what the policy was trained for. Absent where their number cannot be changed. */
  together: z.number().int().optional(),
  /** Releases are drawn, with this mean gap in s. */
  gapSeconds: z.number().optional()
})
export type GraphLimits = z.infer<typeof GraphLimits>
