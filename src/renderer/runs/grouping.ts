import type { RunRow } from '@shared/contract/records'
import { plain } from '@shared/format'
import { text } from '../ui/text'

/** What the sections of the table are: `parameters.<key>` are the values of one parameter. */
export type Grouping = 'scenario' | 'experiment' | 'algorithm' | `parameters.${string}`
export const GROUPINGS = ['scenario', 'experiment', 'algorithm'] as const

const PARAMETER = 'parameters.'

export function isGrouping(value: string): value is Grouping {
  return GROUPINGS.some((each) => each === value) || (value.startsWith(PARAMETER) && value.length > PARAMETER.length)
}

/** A section's key, what it is called, and what it is ordered by where that is not the time. */
export interface Section {
  key: string
  name: string
  value?: number | string
}

/** The section a run stands in. */
export function sectionOf(row: RunRow, grouping: Grouping): Section {
  if (grouping === 'scenario') return { key: row.scenarioId, name: row.scenario }
  if (grouping === 'experiment') return { key: String(row.experimentId), name: row.experiment }
  if (grouping === 'algorithm') return { key: row.algorithm, name: row.algorithm, value: row.algorithm }
  const key = grouping.slice(PARAMETER.length)
  const value = row.parameters[key]
  if (value === undefined) return { key: 'none', name: text.runs.without(key), value: '\uffff' }
  const shown = typeof value === 'number' ? plain(value) : String(value)
  return { key: `= ${JSON.stringify(value)}`, name: `${key} = ${shown}`, value: typeof value === 'boolean' ? String(value) : value }
}

/** Parameters that differ among runs, those worth grouping by first. */
export function variedParameters(rows: Iterable<RunRow>): string[] {
  const seen = new Map<string, Set<unknown>>()
  for (const { parameters } of rows) {
    for (const [key, value] of Object.entries(parameters)) {
      const values = seen.get(key) ?? new Set()
      seen.set(key, values.add(value))
    }
  }
  return [...seen].sort(([a, left], [b, right]) => Number(right.size > 1) - Number(left.size > 1) || (a < b ? -1 : 1)).map(([key]) => key)
}
