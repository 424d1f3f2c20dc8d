import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { AlgorithmCard } from '../experiment/algorithm'
import type { Metric } from '../experiment/metrics'

export const SystemInfo = z.object({
  version: z.string(),
  /** The data folder. */
  home: z.string(),
  databaseBytes: z.number(),
  /** Why nothing can be written, where that is so. */
  readOnly: z.string().optional(),
  backend: z.object({
    name: z.enum(['native', 'wasm']),
    library: z.string(),
    /** Said in the window where training is slower than it could be. */
    notice: z.string().optional()
  }),
  cores: z.number().int(),
  /** Runs that train at the same time. */
  parallel: z.number().int()
})
export type SystemInfo = z.infer<typeof SystemInfo>

export const Catalogue = z.object({
  algorithms: z.array(z.custom<AlgorithmCard>((value) => typeof value === 'object' && value !== null)),
  metrics: z.array(z.custom<Metric>((value) => typeof value === 'object' && value !== null))
})
export type Catalogue = z.infer<typeof Catalogue>

export const system = {
  /** Answered at once: whether the program is there at all. */
  ping: oc.input(z.object({})).output(z.object({})),
  /** Versions, the data folder and what trains. */
  info: oc.input(z.object({})).output(SystemInfo),
  /** What `lab doctor` prints, as text to be copied, and what is wrong; checksums are left to `lab doctor`. */
  diagnosis: oc.input(z.object({})).output(z.object({ text: z.string(), problems: z.array(z.string()) })),
  /** Every algorithm with its parameters, and every metric. */
  catalogue: oc.input(z.object({})).output(Catalogue)
}
