import { MOST_SEEDS } from '@shared/contract/playground'
import { ChangedGraphs } from '@shared/contract/playground-graphs'
import type { RemovableRef } from '@vueuse/core'
import { z } from 'zod'
import { kept } from '../services/kept'

/** How a run's playground was left. */
const Settings = z.object({
  /** Those of chains are coefficients alone. */
  changes: ChangedGraphs,
  label: z.string(),
  psi: z.string().optional(),
  seeds: z.number().int().min(1).max(MOST_SEEDS).optional()
})
type Settings = z.infer<typeof Settings>
const Stored = z.array(z.tuple([z.string(), Settings]))

/** Of so many runs, the last ones. */
export const MOST_KEPT = 30

/** By run, oldest first; found again after a reload and a restart. */
export function keptSettings(): RemovableRef<ReadonlyMap<string, Settings>> {
  return kept<ReadonlyMap<string, Settings>>(
    'playground',
    new Map(),
    (stored) => {
      const read = Stored.safeParse(stored)
      return read.success ? new Map(read.data) : undefined
    },
    (value) => [...value]
  )
}
