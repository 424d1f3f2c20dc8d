import { oc } from '@orpc/contract'
import { z } from 'zod'

/** A copy of the history beside it, in the data folder. */
export const BackupRow = z.object({
  /** Its file in the folder of backups. */
  name: z.string(),
  /** Made daily, on request, before a restore replaced it, or before the schema was brought up to date. */
  kind: z.enum(['daily', 'manual', 'replaced', 'schema']),
  /** Milliseconds since 1970. */
  madeAt: z.number(),
  bytes: z.number().int(),
  /** How many it holds, deleted ones included. */
  runs: z.number().int(),
  /** Whether it matches every checksum; `unchecked`: it is large, and read through only before it is restored. */
  health: z.enum(['sound', 'damaged', 'unchecked'])
})
export type BackupRow = z.infer<typeof BackupRow>

export const BackupName = z.string().regex(/^(daily|manual|replaced|schema-\d{1,4})@[\d-]{10,30}\.sqlite$/)

const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const
const MISSING = { NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) } } as const

export const backups = {
  /** Every backup of the data folder, newest first. */
  list: oc.input(z.object({})).output(z.array(BackupRow)),
  /** Makes one now, beside what trains. */
  make: oc
    .input(z.object({}))
    .output(z.object({ name: z.string() }))
    .errors(REFUSED),
  /**
   * Puts a backup in the place of the history: runs that train stop at a checkpoint first, and what was there is kept as a backup named
   * `replaced@…`. Pages then read everything again.
   */
  restore: oc
    .input(z.object({ name: BackupName }))
    .output(z.object({ runs: z.number().int(), replaced: z.string().optional() }))
    .errors({ ...REFUSED, ...MISSING })
}
