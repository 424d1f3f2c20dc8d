import { parameterOfRun } from '@shared/algorithms/parameters'
import type { RunRow } from '@shared/contract/records'
import { type Cards, parameterName, namedParameter, valueText } from '@shared/run/naming'
import { plain } from '@shared/format'
import { text } from '../ui/text'

export const GROUP_KEYS = ['scenario', 'topology', 'delta', 'algorithm', 'experiment', 'tag'] as const
/** `parameters.<key>` are the values of one parameter. */
export type GroupKey = (typeof GROUP_KEYS)[number] | `parameters.${string}`

/** What the sections of the table are, from the outermost in, and whether each run stands by itself in them. */
export interface Grouping {
  keys: readonly GroupKey[]
  /** Not the seeds of one setting together, but each run by itself. */
  isFlat: boolean
}

export const DEFAULT_GROUPING: Grouping = { keys: ['scenario'], isFlat: false }
/** More levels than these nobody could follow. */
export const MOST_KEYS = 4

export const PARAMETER = 'parameters.'
const FLAT = 'runs'
const NONE = 'none'

function isKey(value: string): value is GroupKey {
  return GROUP_KEYS.some((each) => each === value) || (value.startsWith(PARAMETER) && value.length > PARAMETER.length)
}

/** A grouping as it is kept: `scenario,parameters.units`, `none`, `delta,runs`. What it cannot mean is left out. */
export function readGrouping(kept: string): Grouping {
  const words = kept.split(',')
  const keys = [...new Set(words.filter(isKey))].slice(0, MOST_KEYS)
  const isFlat = words.includes(FLAT)
  return keys.length > 0 || isFlat || words.includes(NONE) ? { keys, isFlat } : DEFAULT_GROUPING
}

export function groupingText({ keys, isFlat }: Grouping): string {
  return [...keys, ...(isFlat ? [FLAT] : [])].join() || NONE
}

/** What runs are grouped by, in words. */
export function groupKeyName(key: GroupKey, cards: Cards): string {
  return key.startsWith(PARAMETER)
    ? parameterName(key.slice(PARAMETER.length), cards)
    : text.runs.groups[key as (typeof GROUP_KEYS)[number]]
}

/** A section's key, what it is called, and what it is ordered by where that is not the time. */
export interface Section {
  key: string
  name: string
  value?: number | string
}

/** Behind everything that has a value. */
const LAST = '\uffff'

/** The section a run stands in. Runs with several tags stand with those that have the same. */
export function sectionOf(row: RunRow, by: GroupKey, cards: Cards): Section {
  const { scenarioId, scenario, experimentId, experiment, algorithm, topology, facts, tags } = row
  if (by === 'scenario') return { key: scenarioId, name: scenario }
  if (by === 'experiment') return { key: String(experimentId), name: experiment }
  if (by === 'algorithm') return { key: algorithm, name: algorithm, value: algorithm }
  if (by === 'topology')
    return topology === undefined ? without(text.runs.groups.topology) : { key: `= ${topology}`, name: topology, value: topology }
  if (by === 'delta') {
    if (!facts) return without('δ')
    return { key: `= ${facts.energyWeight}`, name: text.algorithm.weight(plain(facts.energyWeight)), value: facts.energyWeight }
  }
  if (by === 'tag') {
    if (!tags || tags.length === 0) return without(text.runs.groups.tag)
    const name = [...tags].sort().join(' + ')
    return { key: `= ${name}`, name, value: name }
  }
  const key = by.slice(PARAMETER.length)
  const called = parameterName(key, cards)
  const value = parameterOfRun(cards.get(algorithm), row.parameters, key)
  if (value === undefined) return without(called)
  const shown = valueText(value, namedParameter(key, cards))
  return { key: `= ${JSON.stringify(value)}`, name: `${called} = ${shown}`, value: typeof value === 'boolean' ? String(value) : value }
}

const without = (what: string): Section => ({ key: 'none', name: text.runs.without(what.toLowerCase()), value: LAST })

/** Parameters that runs have, those that differ among them first, as those are worth grouping by. */
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
