import { type Condition, type ParsedCondition, parseCondition } from '@shared/conditions/condition'
import type { RunRow } from '@shared/contract/records'
import type { RunStatus } from '@shared/run/lifecycle'
import type { Cards } from '@shared/run/naming'

export const VIEWS = ['all', 'running', 'queue', 'attention', 'pinned', 'archived'] as const
export type View = (typeof VIEWS)[number]

/** What a person asked to see. */
export interface RunFilter {
  view: View
  /** Words that must occur in what a run is called, and conditions: `dmro gap < 1 % tag:paper`. */
  words: string
  statuses: readonly RunStatus[]
  algorithms: readonly string[]
  experimentId?: number
}

/** States in which a run continues only if somebody does something, or went wrong. */
const ATTENTION: ReadonlySet<RunStatus> = new Set(['paused', 'interrupted', 'failed', 'diverged'])

/** Archived runs stand in a view of their own. */
export function inView(view: View, row: Pick<RunRow, 'status' | 'pinned' | 'archived'>): boolean {
  if (view === 'archived') return row.archived === true
  if (row.archived) return false
  if (view === 'all') return true
  if (view === 'pinned') return row.pinned === true
  if (view === 'attention') return ATTENTION.has(row.status)
  return row.status === (view === 'running' ? 'running' : 'queued')
}

export function readCondition(words: string, cards: Cards): ParsedCondition {
  return parseCondition(words, { cards })
}

/** The runs that pass; a condition that cannot be understood keeps nothing out. */
export function filterRuns(rows: Iterable<RunRow>, filter: RunFilter, cards: Cards): RunRow[] {
  const parsed = readCondition(filter.words, cards)
  const condition: Condition | undefined = parsed.ok ? parsed.condition : undefined
  // Who asks for archived runs by name sees them.
  const archivedToo = filter.view === 'all' && condition?.fields.has('archived')
  const statuses = new Set(filter.statuses)
  const algorithms = new Set(filter.algorithms)
  const passed: RunRow[] = []
  for (const row of rows) {
    if (!archivedToo && !inView(filter.view, row)) continue
    if (filter.experimentId !== undefined && row.experimentId !== filter.experimentId) continue
    if (statuses.size > 0 && !statuses.has(row.status)) continue
    if (algorithms.size > 0 && !algorithms.has(row.algorithm)) continue
    if (condition && !condition.test(row)) continue
    passed.push(row)
  }
  return passed
}
