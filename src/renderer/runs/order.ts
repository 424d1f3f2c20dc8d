import type { RunRow } from '@shared/contract/records'
import { RUN_STATUSES } from '@shared/run/lifecycle'
import type { Cards } from '@shared/run/naming'
import { FURTHER, type FurtherKey, furtherOfGroup, furtherOfRun } from './further'
import type { GroupNode } from './groupNode'
import { PARAMETER } from './grouping'
import type { Branch, SectionNode } from './tree'

export const SORTABLE = ['name', 'status', 'steps', 'gap', 'p95', 'cost', 'delay', 'energy', 'share', 'time', 'started'] as const
/** Those above, a further column's key, or `parameters.<key>`. */
export type SortKey = (typeof SORTABLE)[number] | FurtherKey | `parameters.${string}`

export interface Sort {
  key: SortKey
  descending: boolean
}

/** Best first. */
export const DEFAULT_SORT: Sort = { key: 'gap', descending: false }

function isSortKey(key: unknown): key is SortKey {
  if (typeof key !== 'string') return false
  return [...SORTABLE, ...FURTHER].some((each) => each === key) || (key.startsWith(PARAMETER) && key.length > PARAMETER.length)
}

/** A sort that was stored; undefined where it is none of ours. */
export function readSort(stored: unknown): Sort | undefined {
  if (typeof stored !== 'object' || stored === null || !('key' in stored) || !('descending' in stored)) return undefined
  return isSortKey(stored.key) && typeof stored.descending === 'boolean' ? { key: stored.key, descending: stored.descending } : undefined
}

type SortValue = number | string | boolean | undefined

/** A group stands for its mean, as long as no seed has finished for the mean so far. */
function groupValue(node: GroupNode, key: SortKey, cards: Cards): SortValue {
  const { stats, soFar, share } = node
  switch (key) {
    case 'name':
      return stats.algorithm
    case 'status':
      return RUN_STATUSES.indexOf(node.status)
    case 'steps':
      return Math.max(...node.runs.map((row) => row.learnSteps))
    case 'gap':
      return stats.gapMean ?? soFar?.gap
    case 'p95':
      return stats.gapP95
    case 'cost':
      return stats.costMean ?? soFar?.cost
    case 'delay':
      return stats.delayMean
    case 'energy':
      return stats.energyMean
    case 'share':
      return share && 1 - share.device
    case 'time':
      return node.seconds
    case 'started':
      return node.startedAt
    default:
      return furtherOfGroup(node.runs, key, cards)
  }
}

function runValue(row: RunRow, key: SortKey, cards: Cards): SortValue {
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
    case 'share':
      return row.evaluation && 1 - row.evaluation.share.device
    case 'time':
      return row.seconds
    case 'started':
      return row.startedAt ?? row.queuedAt
    default:
      return furtherOfRun(row, key, cards)
  }
}

const { compare: compareWords } = new Intl.Collator('en', { numeric: true })

const isMissing = (value: SortValue) => value === undefined || value === null || Number.isNaN(value)

/** Whatever the direction, what has no value comes last. */
function compare(a: SortValue, b: SortValue, descending: boolean): number {
  if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b))
  const order = typeof a === 'string' && typeof b === 'string' ? compareWords(a, b) : Number(a) - Number(b)
  return descending ? -order : order
}

function bySection(a: SectionNode, b: SectionNode, sort: Sort): number {
  if (a.value !== undefined && b.value !== undefined) {
    if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value
    return compareWords(String(a.value), String(b.value))
  }
  return sort.key === 'started' && !sort.descending ? a.queuedAt - b.queuedAt : b.queuedAt - a.queuedAt
}

/** Values are looked up once for each, not once for each comparison. */
function sorted<T>(all: readonly T[], sortValueOf: (each: T) => SortValue, descending: boolean): T[] {
  return all
    .map((each) => ({ each, value: sortValueOf(each) }))
    .sort((a, b) => compare(a.value, b.value, descending))
    .map(({ each }) => each)
}

/** A tree in order: newest scenario first, its groups by the chosen column. Seeds keep their number's order but for columns of their own. */
export function sortTree<B extends Branch>(branch: B, sort: Sort, cards: Cards): B {
  const sortValueOf = (node: GroupNode) => {
    // By name, groups of one algorithm stand in the order of what sets them apart.
    if (sort.key !== 'name') return groupValue(node, sort.key, cards)
    const name = branch.names.get(node.key)
    return `${node.stats.algorithm} ${name?.first} ${name?.rest}`
  }
  return {
    ...branch,
    sections: [...branch.sections].sort((a, b) => bySection(a, b, sort)).map((section) => sortTree(section, sort, cards)),
    groups: sorted(branch.groups, sortValueOf, sort.descending)
  }
}

export function sortRuns(runs: readonly RunRow[], sort: Sort, cards: Cards): readonly RunRow[] {
  if (sort.key === 'gap' && !sort.descending) return runs
  return sorted(runs, (row) => runValue(row, sort.key, cards), sort.descending)
}

/** The keys of sections and groups in their order. */
export function keysOf(branch: Branch): string[] {
  return [...branch.sections.flatMap((section) => [section.key, ...keysOf(section)]), ...branch.groups.map(({ key }) => key)]
}

/**
 * The tree in the order it had, with what is new at its end: rows must not move away under a pointer.
 * `before` holds the keys of sections and groups in the order last shown.
 */
export function keepOrder<B extends Branch>(branch: B, before: readonly string[]): B {
  const place = new Map(before.map((key, i) => [key, i]))
  const at = ({ key }: { key: string }) => place.get(key) ?? Number.MAX_SAFE_INTEGER
  const keep = <Inner extends Branch>(inner: Inner): Inner => ({
    ...inner,
    sections: [...inner.sections].sort((a, b) => at(a) - at(b)).map(keep),
    groups: [...inner.groups].sort((a, b) => at(a) - at(b))
  })
  return keep(branch)
}
