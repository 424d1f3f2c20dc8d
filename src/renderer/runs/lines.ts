import type { RunRow } from '@shared/contract/records'
import { type Sort, sortRuns } from './order'
import type { GroupNode, ScenarioNode } from './tree'

/** One line of the table. */
export type TableLine =
  | { kind: 'scenario'; key: string; level: 1; scenario: ScenarioNode; open: boolean }
  | { kind: 'group'; key: string; level: 2; scenario: ScenarioNode; group: GroupNode; open: boolean }
  | { kind: 'run'; key: string; level: 3; group: GroupNode; row: RunRow }

/** The lines in sight: scenarios stand open until closed, groups closed until opened. */
export function linesOf(
  scenarios: readonly ScenarioNode[],
  closed: ReadonlySet<string>,
  opened: ReadonlySet<string>,
  sort: Sort
): TableLine[] {
  const lines: TableLine[] = []
  for (const scenario of scenarios) {
    const open = !closed.has(scenario.key)
    lines.push({ kind: 'scenario', key: scenario.key, level: 1, scenario, open })
    if (!open) continue
    for (const group of scenario.groups) {
      const expanded = opened.has(group.key)
      lines.push({ kind: 'group', key: group.key, level: 2, scenario, group, open: expanded })
      if (!expanded) continue
      for (const row of sortRuns(group.runs, sort)) lines.push({ kind: 'run', key: row.id, level: 3, group, row })
    }
  }
  return lines
}

export function runsOfLine(line: TableLine): readonly RunRow[] {
  if (line.kind === 'run') return [line.row]
  return line.kind === 'group' ? line.group.runs : line.scenario.groups.flatMap((group) => group.runs)
}

export type TickState = 'none' | 'some' | 'all'

export function tickOf(runs: readonly RunRow[], selected: ReadonlySet<string>): TickState {
  if (selected.size === 0) return 'none'
  let chosen = 0
  for (const row of runs) if (selected.has(row.id)) chosen += 1
  return chosen === 0 ? 'none' : chosen === runs.length ? 'all' : 'some'
}

/** Selecting a partly or not selected set takes all of it; a wholly selected one is deselected. */
export function toggleRuns(selected: ReadonlySet<string>, runs: readonly RunRow[]): Set<string> {
  const next = new Set(selected)
  if (tickOf(runs, selected) === 'all') for (const row of runs) next.delete(row.id)
  else for (const row of runs) next.add(row.id)
  return next
}
