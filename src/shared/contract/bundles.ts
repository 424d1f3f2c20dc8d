import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DocumentKind } from './library'
import { INVALID, RunId } from './records'
import { DocumentId } from './sources'
import { FileName, TransferId } from './transfers'

const Named = z.object({ kind: DocumentKind, name: z.string() })

/** What a bundle holds, and what importing it would do. */
export const BundleLook = z.object({
  /** Version of the program that made it, and when: milliseconds since 1970. */
  app: z.string(),
  bundledAt: z.number(),
  bytes: z.number().int(),
  /** Runs that are not here yet, and those that are. */
  runs: z.number().int(),
  runsHere: z.number().int(),
  experiments: z.array(z.string()),
  documents: z.array(Named),
  comparisons: z.array(z.string()),
  policies: z.array(z.string())
})
export type BundleLook = z.infer<typeof BundleLook>

const Pair = z.object({ from: RunId, id: RunId })

/** What importing a bundle did. Of runs: the id in the bundle and the id here. */
export const BundleOutcome = z.object({
  runs: z.array(Pair),
  /** Here already; nothing was changed about them. */
  here: z.array(Pair),
  experiments: z.array(z.object({ id: z.number().int(), name: z.string() })),
  documents: z.array(Named.extend({ id: DocumentId })),
  documentsHere: z.number().int(),
  comparisons: z.array(z.object({ id: z.number().int(), name: z.string() })),
  comparisonsHere: z.number().int(),
  policies: z.array(z.string()),
  policiesHere: z.number().int()
})
export type BundleOutcome = z.infer<typeof BundleOutcome>

const MISSING = { NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) } } as const
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const
const BUSY = { BUSY: { status: 429, data: z.object({ most: z.number().int() }) } } as const
const GONE = { GONE: { status: 404 } } as const

export const bundles = {
  /** Bundles runs with everything of theirs, and of the library what is named. The file is read as a transfer. */
  export: oc
    .input(
      z.object({
        runs: z.array(RunId).max(1000),
        documents: z.array(DocumentId).max(500).default([]),
        /** Their runs come along. */
        comparisons: z.array(z.number().int()).max(100).default([]),
        /** Names of kept policies. */
        policies: z.array(z.string().max(100)).max(200).default([])
      })
    )
    .output(z.object({ transfer: TransferId, name: z.string(), bytes: z.number().int(), runs: z.number().int() }))
    .errors({ ...MISSING, ...REFUSED, ...BUSY }),
  /** Reads a bundle through, in a process of its own that `system.cancelComputation` ends, without keeping anything of it. */
  look: oc
    .input(z.object({ transfer: TransferId }))
    .output(BundleLook)
    .errors({ ...INVALID, ...GONE, ...REFUSED }),
  /** Keeps what is not here yet: all of it, or nothing. `name`: what its file is called. */
  import: oc
    .input(z.object({ transfer: TransferId, name: FileName }))
    .output(BundleOutcome)
    .errors({ ...INVALID, ...GONE, ...REFUSED })
}
