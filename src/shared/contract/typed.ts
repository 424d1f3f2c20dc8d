import { oc } from '@orpc/contract'
import { z } from 'zod'

/** A field that is typed into, e.g. `note/0a1b2c3d`: the same in every window. */
export const TypedField = z.string().min(1).max(200)

const Revision = z.number().int()

/** Text that was typed into a field and not handed in. */
export const TypedText = z.object({
  field: TypedField,
  content: z.string(),
  /** What the field held when the typing began, where it changes something that is there. */
  base: z.string().optional(),
  /** Greater with every write. */
  revision: Revision,
  /** Milliseconds since 1970. */
  editedAt: z.number()
})
export type TypedText = z.infer<typeof TypedText>

/** Another window has changed it since: nothing was written. `revision` is the one that is kept; absent: nothing is. */
export const CHANGED = { CHANGED: { status: 409, data: z.object({ revision: Revision.optional() }) } } as const
/** Nothing can be written here, or there is no room. */
export const UNWRITABLE = { UNWRITABLE: { status: 423, data: z.object({ reason: z.string() }) } } as const

export const typed = {
  /** Every text that was typed and not handed in. */
  list: oc.input(z.object({})).output(z.array(TypedText)),
  /** The text of one field; null where there is none. */
  get: oc.input(z.object({ field: TypedField })).output(TypedText.nullable()),
  /** Keeps what is typed while it is typed. `revision`: the one it replaces; absent: nothing is there yet. */
  keep: oc
    .input(
      z.object({
        field: TypedField,
        content: z.string().max(50_000),
        base: z.string().max(50_000).optional(),
        revision: Revision.optional()
      })
    )
    .output(TypedText)
    .errors({ ...CHANGED, ...UNWRITABLE }),
  /** What was typed is handed in, or given up. `revision`: only where that one is kept. */
  drop: oc
    .input(z.object({ field: TypedField, revision: Revision.optional() }))
    .output(z.object({ dropped: z.boolean() }))
    .errors({ ...CHANGED, ...UNWRITABLE })
}
