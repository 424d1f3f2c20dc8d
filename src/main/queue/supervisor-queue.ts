import type { Priority } from '@shared/run/marks'
import { DiskFullError, type Store } from '../store'
import type { RunQueue } from './queue'
import type { ChangeResult } from './supervisor-changes'

/** Moves a waiting run in front of another, or to the end; it takes the priority of its new neighbour. */
export function moveInQueue(store: Store, queue: RunQueue, id: string, before: string | undefined): ChangeResult {
  const asked = before === undefined ? [id] : [id, before]
  const missing = asked.filter((each) => !store.runs.row(each))
  if (missing.length > 0) return { missing }
  const refused = asked.filter((each) => !queue.has(each)).map((each) => `Run ${each} does not wait in the queue.`)
  if (refused.length > 0) return { refused }
  const kept = queue.priorityOf(id)
  const priority = queue.move(id, before)
  return orRefused(() => {
    if (priority !== undefined && priority !== kept) store.marks.update(id, { priority })
    return { changed: [id] }
  })
}

/** Gives runs a priority: those that wait move at once, others have it when they are next queued. */
export function prioritise(store: Store, queue: RunQueue, ids: readonly string[], priority: Priority): ChangeResult {
  const unique = [...new Set(ids)]
  const there = new Set(store.runs.rows(unique).map((row) => row.id))
  const missing = unique.filter((id) => !there.has(id))
  if (missing.length > 0) return { missing }
  return orRefused(() => {
    store.write(() => {
      for (const id of unique) store.marks.update(id, { priority })
    })
    queue.prioritise(unique, priority)
    return { changed: unique }
  })
}

function orRefused(work: () => ChangeResult): ChangeResult {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof DiskFullError)) throw error
    return { refused: [`${error.message} Nothing can be changed until there is space.`] }
  }
}
