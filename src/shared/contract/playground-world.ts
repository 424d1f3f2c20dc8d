import { z } from 'zod'

const Positive = z.number().positive().max(1e15)

/** The coefficients that were changed, as what they are now; all others are the scenario's own. */
export const ChangedCoefficients = z.object({
  links: z.array(z.object({ from: z.string(), to: z.string(), bandwidthMBps: Positive })).max(10_000),
  nodes: z.array(z.object({ id: z.string(), computeMHz: Positive })).max(1000)
})
export type ChangedCoefficients = z.infer<typeof ChangedCoefficients>

/** Means over held-out workflows, and where their tasks run. */
export const PlaygroundMeans = z.object({
  cost: z.number(),
  delaySeconds: z.number(),
  energyJoules: z.number(),
  share: z.object({ device: z.number(), edge: z.number(), cloud: z.number() })
})
export type PlaygroundMeans = z.infer<typeof PlaygroundMeans>
