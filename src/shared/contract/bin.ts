import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DOCUMENT_KINDS } from './library'
import { RunId } from './records'

export const BIN_KINDS = ['run', ...DOCUMENT_KINDS, 'comparison', 'policy', 'view'] as const
export const BinKind = z.enum(BIN_KINDS)
export type BinKind = z.infer<typeof BinKind>

/** What may use another thing: saved documents, runs, saved comparisons, studies. */
export const USER_KINDS = ['experiment', 'environments', 'run', 'comparison', 'study'] as const

/** Users of one kind. Nothing that is in the bin itself counts. */
export const BinUse = z.object({
  by: z.enum(USER_KINDS),
  count: z.number().int(),
  /** Of the first few. */
  names: z.array(z.string())
})
export type BinUse = z.infer<typeof BinUse>

/** What was deleted by one request: runs together, everything else by itself. */
export const BinEntry = z.object({
  /** Names it here and on the command line, e.g. `topology-1a2b3c4d`. */
  id: z.string(),
  kind: BinKind,
  name: z.string(),
  /** Milliseconds since 1970. */
  deletedAt: z.number(),
  keptUntil: z.number(),
  /** What it takes of the database. */
  bytes: z.number(),
  /** Of runs: all of them, oldest first. */
  runs: z.array(RunId).optional(),
  /** Of documents: how many versions there are; 0 where it was never saved. */
  versions: z.number().int().optional(),
  /** Of documents with unsaved edits: when they were made. */
  editedAt: z.number().optional(),
  usedBy: z.array(BinUse)
})
export type BinEntry = z.infer<typeof BinEntry>

/** What came back, and what it was called before where its name had been taken. */
export const Restored = z.object({ id: z.string(), kind: BinKind, name: z.string(), before: z.string().optional() })
export type Restored = z.infer<typeof Restored>

/** An entry's id, or that of a run in one. */
const EntryIds = z.array(z.string().max(100)).min(1).max(10_000)
const MISSING = { NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) } } as const
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const

export const bin = {
  /** Newest first. */
  list: oc.input(z.object({})).output(z.object({ entries: z.array(BinEntry), bytes: z.number() })),
  /** How many entries it has and how much of the database they hold. */
  summary: oc.input(z.object({})).output(z.object({ count: z.number().int(), bytes: z.number() })),
  /** What uses things that are not deleted, by their ids: of policies their names, of the rest what their lists call them by. */
  uses: oc.input(z.object({ kind: BinKind, ids: z.array(z.string().max(200)).min(1).max(1000) })).output(z.array(BinUse)),
  /** All or none. A thing whose name has been taken since comes back as "name (restored)". */
  restore: oc
    .input(z.object({ ids: EntryIds }))
    .output(z.object({ restored: z.array(Restored) }))
    .errors({ ...MISSING, ...REFUSED }),
  /**
   * Deletes for good: the entries of `ids`, or all; with `olderThanDays` only what was deleted longer ago. `left` are runs whose
   * worker has not stopped yet; they can go in a moment.
   */
  empty: oc
    .input(z.object({ ids: EntryIds.optional(), olderThanDays: z.number().min(0).max(36_500).optional() }))
    .output(z.object({ gone: z.array(z.string()), bytes: z.number(), left: z.array(z.string()) }))
    .errors({ ...MISSING, ...REFUSED })
}
