import { z } from 'zod'

export const DocumentId = z.string().regex(/^[0-9a-f]{8}$/, 'a document id is eight hexadecimal digits')

/** What a run came from: as its scenario calls it, or, where that is a document of the library, as the document is called now. */
export const Source = z.object({
  name: z.string(),
  /** The document and its version; absent where it is none of the library. */
  id: DocumentId.optional(),
  version: z.number().int().optional(),
  /** It was not recorded: this version alone has the run's content. */
  byContent: z.literal(true).optional(),
  /** The document was deleted for good. */
  isGone: z.literal(true).optional()
})
export type Source = z.infer<typeof Source>

/** From what a run came, as far as it is known. */
export const Sources = z.object({
  topology: Source,
  workload: Source,
  /** The saved experiment it was started from. */
  experiment: Source.optional(),
  /** The environment set it learns over. */
  environments: Source.optional()
})
export type Sources = z.infer<typeof Sources>
