import type { RunRow } from '@shared/contract/records'
import type { ParameterValue } from '@shared/algorithms/parameters'
import { countedRuns } from '@shared/run/grouping'
import { mean } from '@shared/statistics/descriptive'
import { gap, integer, milliseconds, NONE, plain } from '@shared/format'
import { paceOf } from './pace'

/** Columns that are not shown until somebody asks for them. */
export const FURTHER = ['meanGap', 'logMeanGap', 'bestGap', 'bestStep', 'max', 'exact', 'decision', 'speed', 'experiment', 'tags'] as const
export type FurtherKey = (typeof FURTHER)[number]

type Value = number | string | undefined

const PARAMETER = 'parameters.'

function simple(value: ParameterValue | undefined): Value {
  return typeof value === 'boolean' ? String(value) : value
}

/** What a run is sorted by and shows in a further column. */
export function furtherOfRun(row: RunRow, key: string): Value {
  if (key.startsWith(PARAMETER)) return simple(row.parameters[key.slice(PARAMETER.length)])
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
    case 'experiment':
      return row.experiment
    case 'tags':
      return row.tags?.join(' ')
    default:
      return undefined
  }
}

/** Of a group: the mean of numbers, what all runs share of words. */
export function furtherOfGroup(runs: readonly RunRow[], key: string): Value {
  const values = runs.map((row) => furtherOfRun(row, key))
  const [first] = values
  if (values.every((value) => value === first)) return first
  const numbers = countedRuns(runs)
    .flatMap((row) => furtherOfRun(row, key) ?? [])
    .filter((value) => typeof value === 'number')
  return numbers.length > 0 ? mean(numbers) : undefined
}

/** A further column's value as it is read; its unit stands in the head. */
export function furtherText(value: Value, key: string): string {
  if (value === undefined) return NONE
  if (typeof value === 'string') return value
  if (key === 'max' || key.endsWith('Gap')) return gap(value)
  if (key === 'decision') return milliseconds(value)
  if (key === 'speed') return integer(value)
  return plain(Number(value.toPrecision(5)))
}
