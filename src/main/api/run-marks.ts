import type { ChangeResult } from '../queue/supervisor-changes'
import type { Supervisor } from '../queue/supervisor'
import { DiskFullError, type Store } from '../store'

export interface MarkRequest {
  ids: readonly string[]
  addTags?: readonly string[]
  removeTags?: readonly string[]
  note?: string | null
  /** The note as its writer saw it; empty: none. */
  noteBefore?: string
  pinned?: boolean
  archived?: boolean
}

/** Notes things down about runs, all or nothing, and tells every window. Nothing where another note stands than its writer saw. */
export function markRuns(
  store: Store,
  supervisor: Supervisor,
  { ids, addTags = [], removeTags = [], note, noteBefore, ...flags }: MarkRequest
): ChangeResult | { otherNote: string } {
  const unique = [...new Set(ids)]
  const rows = new Map(store.runs.rows(unique).map((row) => [row.id, row]))
  const missing = unique.filter((id) => !rows.has(id))
  if (missing.length > 0) return { missing }
  const other = noteBefore === undefined ? undefined : [...rows.values()].find((row) => (row.note ?? '') !== noteBefore)
  if (other) return { otherNote: other.note ?? '' }
  const retagged = addTags.length > 0 || removeTags.length > 0
  const removed = new Set(removeTags)
  try {
    store.write(() => {
      for (const [id, row] of rows) {
        const tags = [...(row.tags ?? []).filter((tag) => !removed.has(tag)), ...addTags]
        // An empty note is none.
        store.marks.update(id, { ...(retagged && { tags }), ...(note !== undefined && { note: note?.trim() ? note : null }), ...flags })
      }
    })
  } catch (error) {
    if (!(error instanceof DiskFullError)) throw error
    return { refused: [`${error.message} Nothing can be changed until there is space.`] }
  }
  supervisor.changed(unique)
  return { changed: unique }
}
