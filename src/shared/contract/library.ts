import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { INVALID } from './records'
import { DocumentId } from './sources'
import { CHANGED, TypedField, UNWRITABLE } from './typed'

/** What users make by hand and the lab keeps, every save as a version. */
export const DOCUMENT_KINDS = ['topology', 'workload', 'experiment', 'environments'] as const
export const DocumentKind = z.enum(DOCUMENT_KINDS)
export type DocumentKind = z.infer<typeof DocumentKind>

const DocumentIds = z.array(DocumentId).min(1).max(1000)
/** Stands in lists and in other documents, as a preset's name does. */
export const DocumentName = z.string().trim().min(1, 'a name must not be empty').max(200, 'a name has 200 characters at most')
const Version = z.number().int().min(1)

/** Counts that lists show, by kind: devices, edges, clouds, links; workflows, tasks; scenarios, algorithms, seeds. */
const Facts = z.record(z.string(), z.number())

export const DocumentCard = z.object({
  id: DocumentId,
  kind: DocumentKind,
  name: z.string(),
  /** The newest version; versions count from 1. */
  version: z.number().int(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  savedAt: z.number(),
  /** Of the newest version. */
  facts: Facts,
  /** How much its format finds wrong with it: unfinished work is kept too. */
  faults: z.number().int(),
  /** Names what of its content decides numbers; of topologies and workloads that can be read. */
  contentId: z.string().optional(),
  /** What it was called before, the last first; such a name still means it, as long as no other has it. */
  formerly: z.array(z.string()).optional()
})
export type DocumentCard = z.infer<typeof DocumentCard>

export const VersionRow = z.object({
  version: z.number().int(),
  savedAt: z.number(),
  /** Where it came from, if not from the hand. */
  note: z.string().optional(),
  facts: Facts,
  faults: z.number().int(),
  contentId: z.string().optional()
})
export type VersionRow = z.infer<typeof VersionRow>

/** Unsaved edits of a document, or of one that was never saved. */
export const DraftRow = z.object({
  id: DocumentId,
  kind: DocumentKind,
  name: z.string(),
  /** The version the edits began with; absent where there is none yet. */
  base: z.number().int().optional(),
  editedAt: z.number(),
  /** Greater with every write; a write names the one it replaces. */
  revision: z.number().int()
})
export type DraftRow = z.infer<typeof DraftRow>

/** Documents and drafts that have changed, by id, fields that were typed into, and whether the bin has changed: open pages read them again. */
export const LibraryNotice = z.object({
  documents: z.array(DocumentId),
  drafts: z.array(DocumentId),
  typed: z.array(TypedField),
  bin: z.literal(true).optional()
})
export type LibraryNotice = z.infer<typeof LibraryNotice>

const MISSING = { NOT_FOUND: { status: 404, data: z.object({ ids: z.array(z.string()) }) } } as const
/** A document of this kind, or a preset, is called so already. */
const TAKEN = { NAME_TAKEN: { status: 409, data: z.object({ name: z.string() }) } } as const
/** It is in the bin: nothing can be kept of it before it is restored. */
const DELETED = { DELETED: { status: 410, data: z.object({ id: z.string() }) } } as const
/** Someone saved a newer version since `base`: save without `base` to add one on top, or under another name. */
const STALE = { STALE: { status: 409, data: z.object({ version: z.number().int() }) } } as const
const BUSY = { BUSY: { status: 429, data: z.object({ most: z.number().int() }) } } as const

export const library = {
  /** What is kept, of one kind or of all; by name. */
  list: oc.input(z.object({ kind: DocumentKind.optional() })).output(z.array(DocumentCard)),
  /** A version; without `version` the newest. */
  read: oc
    .input(z.object({ id: DocumentId, version: Version.optional() }))
    .output(z.object({ card: DocumentCard, version: VersionRow, content: z.unknown() }))
    .errors(MISSING),
  /** Newest first. */
  versions: oc
    .input(z.object({ id: DocumentId }))
    .output(z.array(VersionRow))
    .errors(MISSING),
  /**
   * Keeps a version and drops the draft of that id. Without `id`, or with one that was never saved, a new document is made.
   * `base`: the version the content was made from. `draft`: the revision of the draft that goes with it, null for none; where
   * another is kept, nothing is saved. Content with faults is kept; content of another format is refused.
   */
  save: oc
    .input(
      z.object({
        id: DocumentId.optional(),
        kind: DocumentKind,
        name: DocumentName,
        content: z.unknown(),
        base: Version.optional(),
        draft: z.number().int().nullable().optional(),
        note: z.string().max(200).optional()
      })
    )
    .output(DocumentCard)
    .errors({ ...INVALID, ...MISSING, ...DELETED, ...TAKEN, ...STALE, ...CHANGED, ...UNWRITABLE }),
  /** Gives a document another name. */
  rename: oc
    .input(z.object({ id: DocumentId, name: DocumentName }))
    .output(DocumentCard)
    .errors({ ...MISSING, ...TAKEN, ...UNWRITABLE }),
  /** A new document with the newest version's content; without `name` one is found. */
  duplicate: oc
    .input(z.object({ id: DocumentId, name: DocumentName.optional() }))
    .output(DocumentCard)
    .errors({ ...MISSING, ...TAKEN, ...UNWRITABLE }),
  /** To the bin, each with its unsaved edits, or edits that were never saved. `bin` names the entries, in order; `bin.restore` undoes it. */
  remove: oc
    .input(z.object({ ids: DocumentIds }))
    .output(z.object({ changed: z.array(DocumentId), bin: z.array(z.string()) }))
    .errors({ ...MISSING, ...UNWRITABLE }),
  /** An older version's content as a new version; what is between is kept. */
  revert: oc
    .input(z.object({ id: DocumentId, version: Version }))
    .output(DocumentCard)
    .errors({ ...MISSING, ...UNWRITABLE }),
  /** Unsaved edits, of one kind or of all. */
  drafts: oc.input(z.object({ kind: DocumentKind.optional() })).output(z.array(DraftRow)),
  /** Unsaved edits of one document; null where there are none. */
  draft: oc.input(z.object({ id: DocumentId })).output(z.object({ draft: DraftRow, content: z.unknown() }).nullable()),
  /** All that an editor begins with, as of one moment: the newest version, the unsaved edits, and whether it was deleted. */
  open: oc.input(z.object({ id: DocumentId })).output(
    z.object({
      saved: z.object({ card: DocumentCard, content: z.unknown() }).optional(),
      draft: z.object({ draft: DraftRow, content: z.unknown() }).optional(),
      isDeleted: z.boolean()
    })
  ),
  /** Keeps unsaved edits, as the page holds them; called while someone edits. `revision`: the one they replace; absent: there are none yet. */
  keepDraft: oc
    .input(
      z.object({
        id: DocumentId,
        kind: DocumentKind,
        name: z.string().max(200),
        content: z.unknown(),
        base: Version.optional(),
        revision: z.number().int().optional()
      })
    )
    .output(DraftRow)
    .errors({ ...INVALID, ...DELETED, ...CHANGED, ...UNWRITABLE }),
  /** Gives unsaved edits up. `revision`: only where that one is kept. */
  dropDraft: oc
    .input(z.object({ id: DocumentId, revision: z.number().int().optional() }))
    .output(z.object({ dropped: z.boolean() }))
    .errors({ ...CHANGED, ...UNWRITABLE }),
  /** Says what has changed, for as long as someone listens; the first notice comes at once and is empty. */
  changes: oc.input(z.object({})).output(eventIterator(LibraryNotice)).errors(BUSY)
}
