import { oc } from '@orpc/contract'
import { z } from 'zod'

/** One way of looking at the table of runs. The page knows what its keys mean and leaves out what it does not know. */
export const ViewState = z.object({
  /** The filter as the page's address holds it. */
  query: z.record(z.string().max(40), z.string().max(2000)),
  /** What the sections of the table are, from the outermost in. */
  group: z.string().max(500),
  /** In order; absent: those that there is room for. */
  columns: z.array(z.string().max(100)).max(200).optional(),
  /** Of columns somebody made wider or narrower, in pixels of the design. */
  widths: z.record(z.string().max(100), z.number()).optional(),
  /** The chart above the table; the page knows what its words mean. */
  chart: z.string().max(250).optional(),
  sort: z.object({ key: z.string().max(100), descending: z.boolean() })
})
export type ViewState = z.infer<typeof ViewState>

export const SavedView = z.object({ id: z.number().int(), name: z.string(), state: ViewState })
export type SavedView = z.infer<typeof SavedView>

const MISSING = { NOT_FOUND: { status: 404 } } as const
const REFUSED = { REFUSED: { status: 409, data: z.object({ reasons: z.array(z.string()) }) } } as const

export const views = {
  /** Saved views, oldest first, and how the table was looked at last. */
  list: oc.input(z.object({})).output(z.object({ views: z.array(SavedView), last: ViewState.optional() })),
  /** Keeps a view under a name; one of the same name is replaced. */
  save: oc
    .input(
      z.object({ name: z.string().trim().min(1, 'a view needs a name').max(60, 'a name has at most 60 characters'), state: ViewState })
    )
    .output(SavedView)
    .errors(REFUSED),
  /** To the bin, whose entry is returned; `bin.restore` undoes it. */
  remove: oc
    .input(z.object({ id: z.number().int() }))
    .output(z.object({ bin: z.string() }))
    .errors({ ...MISSING, ...REFUSED }),
  /** Remembers how the table is looked at, for the next start. */
  keepLast: oc
    .input(z.object({ state: ViewState }))
    .output(z.object({}))
    .errors(REFUSED)
}
