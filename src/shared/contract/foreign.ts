import { oc } from '@orpc/contract'
import { z } from 'zod'
import { FOREIGN_SOURCES } from '../algorithms/foreign'
import { INVALID, RunId } from './records'
import { FileName, TransferId } from './transfers'

/** A run of another tracker as it was read, without its points. */
export const ForeignLook = z.object({
  source: z.enum(FOREIGN_SOURCES),
  name: z.string(),
  experiment: z.string(),
  /** The folder it was read from, below what was given. */
  place: z.string(),
  /** Names of its curves. */
  metrics: z.array(z.string()),
  points: z.number().int(),
  parameters: z.number().int(),
  /** What of it could not be read or is left out, a sentence each. */
  notes: z.array(z.string()),
  /** Whether it is in the lab: as it was read, or from when it had not come as far. */
  here: z.enum(['no', 'same', 'older'])
})
export type ForeignLook = z.infer<typeof ForeignLook>

export const ForeignLooks = z.object({
  runs: z.array(ForeignLook),
  /** What of the whole is left out. */
  notes: z.array(z.string())
})
export type ForeignLooks = z.infer<typeof ForeignLooks>

const GONE = { GONE: { status: 404 } } as const
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const

/** Names of metrics here by their names there: curves are laid over each other where their metrics have one name. */
const Rename = z.record(z.string().max(250), z.string().trim().min(1).max(250)).default({})

/** Runs of TensorBoard and MLflow: a zip file of their folders, or one event file. */
export const foreign = {
  /** Reads a file through and keeps nothing; `isForeign` is false of a zip that is a bundle of the lab's own. */
  look: oc
    .input(z.object({ transfer: TransferId }))
    .output(ForeignLooks.extend({ isForeign: z.boolean() }))
    .errors({ ...INVALID, ...GONE }),
  /** Keeps its runs, all or none; what is here as it was read is left alone, what has gone on since gets its curves again. */
  import: oc
    .input(z.object({ transfer: TransferId, name: FileName, rename: Rename }))
    .output(ForeignLooks.extend({ ids: z.array(RunId) }))
    .errors({ ...INVALID, ...GONE, ...REFUSED })
}
