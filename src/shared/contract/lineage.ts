import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DocumentKind } from './library'
import { RunId } from './records'
import { DocumentId } from './sources'

/** A version that a document holds or a run came from. */
const Held = z.object({
  id: DocumentId,
  version: z.number().int(),
  /** It is named without its version: what it means is the newest one. */
  byName: z.literal(true).optional(),
  /** It was not recorded: this version alone has the run's content. */
  byContent: z.literal(true).optional()
})

/** A document and all of its versions, oldest first. */
export const LineageDocument = z.object({
  id: DocumentId,
  kind: DocumentKind,
  name: z.string(),
  isDeleted: z.literal(true).optional(),
  /** When it was edited last, where edits are not saved yet: milliseconds since 1970. */
  editedAt: z.number().optional(),
  versions: z.array(
    z.object({
      version: z.number().int(),
      savedAt: z.number(),
      note: z.string().optional(),
      /** Versions of other documents that it holds, each once. */
      holds: z.array(Held)
    })
  )
})
export type LineageDocument = z.infer<typeof LineageDocument>

/** Runs that were queued together and came from the same versions. */
export const LineageRuns = z.object({
  key: z.string(),
  experimentId: z.number().int(),
  experiment: z.string(),
  queuedAt: z.number(),
  runs: z.number().int(),
  algorithms: z.array(z.object({ algorithm: z.string(), runs: z.number().int() })),
  from: z.array(Held)
})
export type LineageRuns = z.infer<typeof LineageRuns>

export const Lineage = z.object({
  documents: z.array(LineageDocument),
  /** Newest first. */
  runs: z.array(LineageRuns),
  comparisons: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      savedAt: z.number(),
      /** How many of its runs there are in each of `runs`, by key. */
      of: z.array(z.object({ key: z.string(), runs: z.number().int() })),
      /** All of its runs. */
      ids: z.array(RunId)
    })
  )
})
export type Lineage = z.infer<typeof Lineage>

const MISSING = { NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) } } as const

export const lineage = {
  /**
   * What a document is used by and what it holds: experiments and environment sets, version by version, runs that came from it, comparisons
   * of these. Of a run: the versions it came from, the runs queued with it, their comparisons.
   */
  near: oc
    .input(z.union([z.object({ document: DocumentId }), z.object({ run: RunId })]))
    .output(Lineage)
    .errors(MISSING),
  /** In what scenarios of one name differ, each by its own values; those that are not here or damaged are left out. */
  apart: oc
    .input(z.object({ scenarios: z.array(z.string().max(64)).min(2).max(50) }))
    .output(z.array(z.object({ scenario: z.string(), text: z.string() })))
}
