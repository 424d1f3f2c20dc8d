import type { RunRow } from '@shared/contract/records'
import { RUN_STATUSES } from '@shared/run/lifecycle'
import { type FurtherKey, furtherOfGroup, furtherOfRun } from './further'
import type { GroupNode, ScenarioNode } from './tree'

export const SORTABLE = ['name', 'status', 'steps', 'gap', 'p95', 'cost', 'delay', 'energy', 'time', 'started'] as const
/** Those above, a further column's key, or `parameters.<key>`. */
export type SortKey = (typeof SORTABLE)[number] | FurtherKey | `parameters.${string}`

export interface Sort {
  key: SortKey
  descending: boolean
}

/** Best first. */
export const DEFAULT_SORT: Sort = { key: 'gap', descending: false }

/** A sort that was stored; undefined where it is none of ours. */
export function readSort(stored: unknown): Sort | undefined {
  if (typeof stored !== 'object' || stored === null || !('key' in stored) || !('descending' in stored)) return undefined
  const key = SORTABLE.find((candidate) => candidate === stored.key)
  return key && typeof stored.descending === 'boolean' ? { key, descending: stored.descending } : undefined
}

type SortValue = number | string | undefined

/** A group stands for its mean. */
function groupValue(node: GroupNode, key: SortKey): SortValue {
  const { stats } = node
  switch (key) {
    case 'name':
      return stats.algorithm
    case 'status':
      return RUN_STATUSES.indexOf(node.status)
    case 'steps':
      return Math.max(...node.runs.map((row) => row.learnSteps))
    case 'gap':
      return stats.gapMean
    case 'p95':
      return stats.gapP95
    case 'cost':
      return stats.costMean
    case 'delay':
      return stats.delayMean
    case 'energy':
      return stats.energyMean
    case 'time':
      return node.seconds
    case 'started':
      return node.startedAt
    default:
      return furtherOfGroup(node.runs, key)
  }
}

function runValue(row: RunRow, key: SortKey): SortValue {
  switch (key) {
    case 'name':
      return row.seed
    case 'status':
      return RUN_STATUSES.indexOf(row.status)
    case 'steps':
      return row.learnSteps
    case 'gap':
      return row.evaluation?.gapMean ?? row.latest.gap
    case 'p95':
      return row.evaluation?.gapP95
    case 'cost':
      return row.evaluation?.meanCost ?? row.latest.cost
    case 'delay':
      return row.evaluation?.meanDelaySeconds
    case 'energy':
      return row.evaluation?.meanEnergyJoules
    case 'time':
      return row.seconds
    case 'started':
      return row.startedAt ?? row.queuedAt
    default:
      return furtherOfRun(row, key)
  }
}

const missing = (value: SortValue) => value === undefined || value === null || Number.isNaN(value)

/** Whatever the direction, what has no value comes last. */
function compare(a: SortValue, b: SortValue, descending: boolean): number {
  if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b))
  const order = typeof a === 'string' && typeof b === 'string' ? (a < b ? -1 : a > b ? 1 : 0) : Number(a) - Number(b)
  return descending ? -order : order
}

function bySection(a: ScenarioNode, b: ScenarioNode, sort: Sort): number {
  if (a.value !== undefined && b.value !== undefined) {
    if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value
    return String(a.value).localeCompare(String(b.value), 'en', { numeric: true })
  }
  return sort.key === 'started' && !sort.descending ? a.queuedAt - b.queuedAt : b.queuedAt - a.queuedAt
}

/** A tree in order: newest scenario first, its groups by the chosen column. Seeds keep their number's order but for columns of their own. */
export function sortTree(scenarios: readonly ScenarioNode[], sort: Sort): ScenarioNode[] {
  return [...scenarios]
    .sort((a, b) => bySection(a, b, sort))
    .map((scenario) => ({
      ...scenario,
      groups: [...scenario.groups].sort((a, b) => compare(groupValue(a, sort.key), groupValue(b, sort.key), sort.descending))
    }))
}

export function sortRuns(runs: readonly RunRow[], sort: Sort): readonly RunRow[] {
  return sort.key === 'gap' && !sort.descending
    ? runs
    : [...runs].sort((a, b) => compare(runValue(a, sort.key), runValue(b, sort.key), sort.descending))
}

/**
 * The tree in the order it had, with what is new at its end: rows must not move away under a pointer.
 * `before` holds the keys of scenarios and groups in the order last shown.
 */
export function keepOrder(scenarios: readonly ScenarioNode[], before: readonly string[]): ScenarioNode[] {
  const place = new Map(before.map((key, i) => [key, i]))
  const at = (key: string) => place.get(key) ?? Number.MAX_SAFE_INTEGER
  return [...scenarios]
    .sort((a, b) => at(a.key) - at(b.key))
    .map((scenario) => ({ ...scenario, groups: [...scenario.groups].sort((a, b) => at(a.key) - at(b.key)) }))
}
