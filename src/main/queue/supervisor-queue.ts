import type { ParameterValues } from '@shared/algorithms/parameters'
import { PRIORITIES, type Priority } from '@shared/run/marks'
import { hasCurves } from '@shared/run/steps'
import { DiskFullError, type Store } from '../store'
import type { RunQueue } from './queue'
import type { ChangeResult } from './supervisor-changes'

/** What the order in which runs start follows from, beside when they were queued. */
interface Startable {
  id: string
  parameters: ParameterValues
  experimentId: number
}

/** Places by rule, in milliseconds: it neither trains nor searches. */
const isInstant = (run: Startable) => !hasCurves(run)

/**
 * The order in which runs that are queued at once start: experiments in the order of their first run, of each those first that place
 * by rule, so that what learners are measured against is there before they end.
 */
export function startOrder(runs: readonly Startable[]): string[] {
  const experiments = new Map<number, Startable[]>()
  for (const run of runs) experiments.set(run.experimentId, [...(experiments.get(run.experimentId) ?? []), run])
  return [...experiments.values()].flatMap((members) =>
    [...members.filter(isInstant), ...members.filter((run) => !isInstant(run))].map(({ id }) => id)
  )
}

/** Queues runs again that were stopped, each before all others of its priority: they have waited already. */
export function queueAgain(store: Store, queue: RunQueue, ids: readonly string[]): void {
  const rows = store.runs.rows(ids)
  for (const priority of PRIORITIES) {
    const some = rows.filter((row) => (row.priority ?? 0) === priority)
    if (some.length > 0) queue.pushFirst(startOrder(some), priority)
  }
}

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
