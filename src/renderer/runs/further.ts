import { type ParameterValue, parameterOfRun } from '@shared/algorithms/parameters'
import type { RunRow } from '@shared/contract/records'
import { countedRuns } from '@shared/run/grouping'
import { type Cards, namedParameter, valueText } from '@shared/run/naming'
import { mean } from '@shared/statistics/descriptive'
import { gap, integer, milliseconds, NONE, plain } from '@shared/format'
import { PARAMETER } from './grouping'
import { paceOf } from './pace'

/** Columns that are not shown until somebody asks for them. */
export const FURTHER = [
  'meanGap',
  'logMeanGap',
  'bestGap',
  'bestStep',
  'max',
  'exact',
  'decision',
  'speed',
  'delta',
  'tasks',
  'places',
  'topology',
  'experiment',
  'tags'
] as const
export type FurtherKey = (typeof FURTHER)[number]

type Value = ParameterValue | undefined

/** What a run is sorted by and shows in a further column. */
export function furtherOfRun(row: RunRow, key: string, cards: Cards): Value {
  if (key.startsWith(PARAMETER)) return parameterOfRun(cards.get(row.algorithm), row.parameters, key.slice(PARAMETER.length))
  switch (key) {
    case 'meanGap':
    case 'logMeanGap':
    case 'bestGap':
    case 'bestStep':
      return row.evaluation?.course?.[key]
    case 'max':
      return row.evaluation?.gapMax
    case 'exact':
      return row.evaluation?.exactMatches
    case 'decision':
      return row.evaluation?.decisionMs
    case 'speed':
      return paceOf(row)
    case 'delta':
      return row.facts?.energyWeight
    case 'tasks':
      return row.facts?.tasks
    case 'places':
      return row.facts?.locations
    case 'topology':
      return row.topology
    case 'experiment':
      return row.experiment
    case 'tags':
      return row.tags?.join(' ')
    default:
      return undefined
  }
}

/** Of a group: the mean of numbers, what all runs share of words. */
export function furtherOfGroup(runs: readonly RunRow[], key: string, cards: Cards): Value {
  const values = runs.map((row) => furtherOfRun(row, key, cards))
  const [first] = values
  if (values.every((value) => value === first)) return first
  const numbers = countedRuns(runs)
    .flatMap((row) => furtherOfRun(row, key, cards) ?? [])
    .filter((value) => typeof value === 'number')
  return numbers.length > 0 ? mean(numbers) : undefined
}

/** A further column's value as it is read; its unit stands in the head. */
export function furtherText(value: Value, key: string, cards: Cards): string {
  if (value === undefined) return NONE
  if (typeof value !== 'number')
    return key.startsWith(PARAMETER) ? valueText(value, namedParameter(key.slice(PARAMETER.length), cards)) : String(value)
  if (key === 'max' || key.endsWith('Gap')) return gap(value)
  if (key === 'decision') return milliseconds(value)
  if (key === 'speed') return integer(value)
  return plain(Number(value.toPrecision(5)))
}
