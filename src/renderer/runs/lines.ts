import type { RunRow } from '@shared/contract/records'
import type { Cards, TellingName } from '@shared/run/naming'
import type { GroupNode } from './groupNode'
import { type Sort, sortRuns } from './order'
import type { Branch, SectionNode } from './tree'

/** One line of the table; `level` from 1. */
export type TableLine =
  | { kind: 'section'; key: string; level: number; section: SectionNode; open: boolean }
  | { kind: 'group'; key: string; level: number; group: GroupNode; name: TellingName; open: boolean }
  /** `name`: of a run that stands by itself, not in a group. */
  | { kind: 'run'; key: string; level: number; group: GroupNode; row: RunRow; name?: TellingName }

/** What a view of the table is made with. */
export interface TableLook {
  /** Sections that were closed and groups that were opened, by their keys. */
  closed: ReadonlySet<string>
  opened: ReadonlySet<string>
  sort: Sort
  cards: Cards
  /** Runs stand by themselves. */
  isFlat: boolean
}

/** The lines in sight: sections stand open until closed, groups closed until opened. */
export function linesOf(branch: Branch, looked: TableLook, level = 1): TableLine[] {
  const lines: TableLine[] = []
  for (const section of branch.sections) {
    const open = !looked.closed.has(section.key)
    lines.push({ kind: 'section', key: section.key, level, section, open })
    if (open) lines.push(...linesOf(section, looked, level + 1))
  }
  for (const group of branch.groups) {
    const name = branch.names.get(group.key) ?? { first: group.stats.algorithm, rest: '' }
    if (looked.isFlat) {
      const [row] = group.runs
      lines.push({ kind: 'run', key: row.id, level, group, row, name })
      continue
    }
    const open = looked.opened.has(group.key)
    lines.push({ kind: 'group', key: group.key, level, group, name, open })
    if (!open) continue
    for (const row of sortRuns(group.runs, looked.sort, looked.cards))
      lines.push({ kind: 'run', key: row.id, level: level + 1, group, row })
  }
  return lines
}

export function runsOfLine(line: TableLine): readonly RunRow[] {
  if (line.kind === 'run') return [line.row]
  return line.kind === 'group' ? line.group.runs : line.section.all.flatMap((group) => group.runs)
}

/** Every group of a branch, however deep. */
export const groupsIn = (branch: Branch): readonly GroupNode[] => [...branch.groups, ...branch.sections.flatMap(({ all }) => all)]

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
