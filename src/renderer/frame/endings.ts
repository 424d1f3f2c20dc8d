import type { RunRow } from '@shared/contract/records'
import { isActive, type RunStatus } from '@shared/run/lifecycle'

/** An experiment of which nothing trains nor waits any more. */
export interface Ending {
  experimentId: number
  name: string
  /** Of its runs that ended by themselves. */
  runs: number
  completed: number
  failed: number
  diverged: number
}

type Rows = ReadonlyMap<string, RunRow>

const ENDS: readonly RunStatus[] = ['completed', 'failed', 'diverged']

/** The experiments that ended between two moments. What someone paused or cancelled is not an ending to report. */
export function endingsBetween(before: Rows, after: Rows): Ending[] {
  const candidates = new Map<number, string>()
  for (const row of after.values()) {
    const was = before.get(row.id)
    if (row !== was && was && isActive(was.status) && ENDS.includes(row.status)) candidates.set(row.experimentId, row.experiment)
  }
  if (candidates.size === 0) return []
  const going = new Set<number>()
  const counts = new Map([...candidates.keys()].map((id) => [id, { completed: 0, failed: 0, diverged: 0 }]))
  for (const { experimentId, status } of after.values()) {
    if (isActive(status)) going.add(experimentId)
    const count = counts.get(experimentId)
    if (count && (status === 'completed' || status === 'failed' || status === 'diverged')) count[status]++
  }
  return [...counts].flatMap(([experimentId, count]) => {
    if (going.has(experimentId)) return []
    const runs = count.completed + count.failed + count.diverged
    return [{ experimentId, name: candidates.get(experimentId) ?? '', runs, ...count }]
  })
}
