import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import type { AlgorithmCard } from '../algorithms/card'
import type { Metric } from '../run/metrics'

export const SystemInfo = z.object({
  version: z.string(),
  /** The data folder. */
  home: z.string(),
  databaseBytes: z.number(),
  /** Why nothing can be written, where that is so. */
  readOnly: z.string().optional(),
  /** Which stored records do not match their checksums, where there are any. */
  damaged: z.string().optional(),
  backend: z.object({
    name: z.enum(['native', 'wasm']),
    library: z.string(),
    /** Said in the window where training is slower than it could be. */
    notice: z.string().optional()
  }),
  cores: z.number().int(),
  /** When a backup was last put in the place of the history, in milliseconds since 1970: pages of before know another one. */
  restoredAt: z.number().optional(),
  /** Runs that train at the same time. */
  parallel: z.number().int()
})
export type SystemInfo = z.infer<typeof SystemInfo>

export const Catalogue = z.object({
  algorithms: z.array(z.custom<AlgorithmCard>((value) => typeof value === 'object' && value !== null)),
  metrics: z.array(z.custom<Metric>((value) => typeof value === 'object' && value !== null))
})
export type Catalogue = z.infer<typeof Catalogue>

/** Work that goes on beside training: an optimum, the placements of a run, a large document. */
export const Computation = z.object({
  id: z.number().int(),
  /** What is computed, with the name of what it is about. */
  title: z.string(),
  /** When it was asked for, in milliseconds since 1970. */
  since: z.number(),
  /** How much of it is done, from 0 to 1; absent until it is known how much there is. */
  share: z.number().optional()
})
export type Computation = z.infer<typeof Computation>

const BUSY = { BUSY: { status: 429, data: z.object({ most: z.number().int() }) } } as const

export const system = {
  /** Answered at once: whether the program is there at all. */
  ping: oc.input(z.object({})).output(z.object({})),
  /** What is being computed, oldest first: now, and again whenever it has changed, at most four times a second. */
  computations: oc
    .input(z.object({}))
    .output(eventIterator(z.array(Computation)))
    .errors(BUSY),
  /** Ends a computation; those who asked for it are told. False where it has ended by itself. */
  cancelComputation: oc.input(z.object({ id: z.number().int() })).output(z.object({ cancelled: z.boolean() })),
  /** Versions, the data folder and what trains. */
  info: oc.input(z.object({})).output(SystemInfo),
  /** What `lab doctor` prints, as text to be copied, and what is wrong; checksums are left to `lab doctor`. */
  diagnosis: oc.input(z.object({})).output(z.object({ text: z.string(), problems: z.array(z.string()) })),
  /** Every algorithm with its parameters, and every metric. */
  catalogue: oc.input(z.object({})).output(Catalogue)
}
