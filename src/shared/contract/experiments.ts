import { oc } from '@orpc/contract'
import { z } from 'zod'
import { FaultRow, RunId } from './records'

export const PresetCard = z.object({
  id: z.string(),
  name: z.string(),
  /** What it is for and what it assumes. */
  note: z.string().optional(),
  scenarios: z.array(z.object({ name: z.string(), note: z.string().optional(), locations: z.number().int(), tasks: z.number().int(), energyWeight: z.number() })),
  algorithms: z.array(z.string()),
  seeds: z.array(z.number().int()),
  runs: z.number().int()
})
export type PresetCard = z.infer<typeof PresetCard>

/** Bad input: every fault at once, with its place. */
export const INVALID = { INVALID: { status: 422, data: z.object({ faults: z.array(FaultRow) }) } } as const

/** A preset's name, or a document in the experiment format (any text field may come from a file). */
const Source = z.union([z.object({ preset: z.string().max(100) }), z.object({ document: z.unknown() })])

export const experiments = {
  presets: oc.input(z.object({})).output(z.array(PresetCard)),
  start: oc
    .input(z.object({ source: Source, seeds: z.array(z.number().int().min(0).max(2 ** 31)).min(1).max(100).optional() }))
    .output(z.object({ experimentId: z.number().int(), name: z.string(), runs: z.array(RunId) }))
    .errors(INVALID)
}
