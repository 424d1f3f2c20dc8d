import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DocumentSource, INVALID, RunId } from './records'

export const PresetCard = z.object({
  id: z.string(),
  name: z.string(),
  /** What it is for and what it assumes. */
  note: z.string().optional(),
  scenarios: z.array(
    z.object({
      name: z.string(),
      note: z.string().optional(),
      locations: z.number().int(),
      tasks: z.number().int(),
      energyWeight: z.number()
    })
  ),
  algorithms: z.array(z.string()),
  seeds: z.array(z.number().int()),
  runs: z.number().int(),
  /** Learn steps of all these runs together, by algorithm; those that learn nothing are left out. */
  learnSteps: z.record(z.string(), z.number())
})
export type PresetCard = z.infer<typeof PresetCard>

export const experiments = {
  presets: oc.input(z.object({})).output(z.array(PresetCard)),
  start: oc
    .input(
      z.object({
        source: DocumentSource,
        seeds: z
          .array(
            z
              .number()
              .int()
              .min(0)
              .max(2 ** 31)
          )
          .min(1)
          .max(100)
          .optional()
      })
    )
    .output(z.object({ experimentId: z.number().int(), name: z.string(), runs: z.array(RunId) }))
    .errors(INVALID)
}
