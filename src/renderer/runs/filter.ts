import type { RunRow } from '@shared/contract/records'
import type { RunStatus } from '@shared/experiment/lifecycle'

export const VIEWS = ['all', 'running', 'attention'] as const
export type View = (typeof VIEWS)[number]

/** What a person asked to see. */
export interface RunFilter {
  view: View
  /** Words that must all occur in a run's name, scheme, scenario, experiment or id. */
  words: string
  statuses: readonly RunStatus[]
  algorithms: readonly string[]
  experimentId?: number
}

/** States in which a run goes on only if somebody does something, or went wrong. */
const ATTENTION: ReadonlySet<RunStatus> = new Set(['paused', 'interrupted', 'failed', 'diverged'])
const RUNNING: ReadonlySet<RunStatus> = new Set(['running', 'queued'])

export function inView(view: View, status: RunStatus): boolean {
  return view === 'all' || (view === 'running' ? RUNNING : ATTENTION).has(status)
}

// Rows are replaced when they change, so what was read of one stays true for it.
const searched = new WeakMap<RunRow, string>()

function searchText(row: RunRow): string {
  let found = searched.get(row)
  if (found === undefined) {
    found = `${row.id} ${row.experiment} ${row.scenario} ${row.algorithm} ${row.message ?? ''} seed ${row.seed} `.toLowerCase()
    searched.set(row, found)
  }
  return found
}

/** The words to look for. A seed is one word with its number, so that seed 1 is not seed 12. */
function wordsOf(written: string): string[] {
  return (written.toLowerCase().match(/seed\s+\d+|\S+/g) ?? []).map((word) =>
    /^seed\s/.test(word) ? `${word.replace(/\s+/, ' ')} ` : word
  )
}

/** The runs that pass. */
export function filterRuns(rows: Iterable<RunRow>, filter: RunFilter): RunRow[] {
  const words = wordsOf(filter.words)
  const statuses = new Set(filter.statuses)
  const algorithms = new Set(filter.algorithms)
  const passed: RunRow[] = []
  for (const row of rows) {
    if (!inView(filter.view, row.status)) continue
    if (filter.experimentId !== undefined && row.experimentId !== filter.experimentId) continue
    if (statuses.size > 0 && !statuses.has(row.status)) continue
    if (algorithms.size > 0 && !algorithms.has(row.algorithm)) continue
    if (words.length > 0) {
      const text = searchText(row)
      if (!words.every((word) => text.includes(word))) continue
    }
    passed.push(row)
  }
  return passed
}
