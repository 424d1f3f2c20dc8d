import type { EvaluationSummary, RunRow } from '@shared/contract/records'
import type { EvaluatedOn } from '@shared/run/evaluated'
import type { RunStatus } from '@shared/run/lifecycle'
import type { Tier } from '@shared/model/topology'
import { countedRuns, groupRuns, type RunGroup } from '@shared/run/grouping'
import { mean } from '@shared/statistics/descriptive'
import { type Grouping, type Section, sectionOf } from './grouping'

/** Runs that differ only in their seed, and what they come to together. */
export interface GroupNode {
  key: string
  stats: RunGroup
  /** By seed. */
  runs: RunRow[]
  /** What the group as a whole is doing. */
  status: RunStatus
  share?: Record<Tier, number>
  /** Mean of finished seeds. */
  seconds?: number
  startedAt: number
}

/** In what the groups of a section differ, so that no mean over them says anything. */
export type Unlike = 'algorithms' | 'worlds' | 'settings'

function unlikeOf(groups: readonly GroupNode[]): Unlike[] {
  const several = (of: (row: RunRow) => string) => new Set(groups.map(({ runs: [row] }) => of(row))).size > 1
  const found: Unlike[] = []
  if (several((row) => row.algorithm)) found.push('algorithms')
  if (several((row) => row.world)) found.push('worlds')
  return found.length === 0 && groups.length > 1 ? ['settings'] : found
}

/** A section of the table – a scenario, unless another grouping is chosen – and the groups of runs in it. */
export interface ScenarioNode {
  key: string
  grouping: Grouping
  name: string
  /** What sections are ordered by where that is not the time. */
  value?: number | string
  /** Why its groups have no mean in common; none where the section is a scenario, whose groups stand side by side. */
  unlike?: readonly Unlike[]
  note?: string
  facts?: RunRow['facts']
  /** Known once a run of the scenario has been evaluated. */
  evaluation?: EvaluationSummary
  /** What its finished runs were evaluated on, each once. */
  evaluatedOn: EvaluatedOn[]
  groups: GroupNode[]
  /** When something of it was asked for last. */
  queuedAt: number
}

/** The most urgent state wins: what moves, then what waits for somebody, then what went wrong, then what is done. */
const URGENCY: readonly RunStatus[] = ['running', 'paused', 'interrupted', 'queued', 'failed', 'diverged', 'cancelled', 'completed']

function groupStatus(runs: readonly RunRow[]): RunStatus {
  const present = new Set(runs.map((row) => row.status))
  // One seed that diverged or failed does not make the others undone; a group of nothing else says so.
  const living = URGENCY.slice(0, 4).find((status) => present.has(status))
  return living ?? (present.has('completed') ? 'completed' : (URGENCY.find((status) => present.has(status)) ?? 'queued'))
}

function meanShare(finished: readonly EvaluationSummary[]): Record<Tier, number> {
  const of = (tier: Tier) => mean(finished.map((evaluation) => evaluation.share[tier]))
  return { device: of('device'), edge: of('edge'), cloud: of('cloud') }
}

function groupNode(key: string, unsorted: readonly RunRow[]): GroupNode {
  const runs = [...unsorted].sort((a, b) => a.seed - b.seed || a.queuedAt - b.queuedAt)
  const [stats] = groupRuns(runs)
  const done = countedRuns(runs)
  return {
    key,
    stats,
    runs,
    status: groupStatus(runs),
    ...(done.length > 0 && {
      share: meanShare(done.flatMap((row) => (row.evaluation ? [row.evaluation] : []))),
      seconds: mean(done.map((row) => row.seconds))
    }),
    startedAt: Math.max(...runs.map((row) => row.startedAt ?? row.queuedAt))
  }
}

const sameRows = (a: readonly RunRow[], b: readonly RunRow[]) => a.length === b.length && a.every((row, i) => row === b[i])

/**
 * Builds the table's tree by sections, reusing groups whose runs have not changed since the last time: a live batch changes a few rows
 * of ten thousand, and only theirs are made again.
 */
export function treeBuilder(grouping: Grouping = 'scenario'): (rows: readonly RunRow[]) => ScenarioNode[] {
  let known = new Map<string, { members: readonly RunRow[]; node: GroupNode }>()
  return (rows) => {
    const members = new Map<string, { section: Section; runs: RunRow[] }>()
    for (const row of rows) {
      const section = sectionOf(row, grouping)
      const key = `${section.key} ${row.alike}`
      const group = members.get(key)
      if (group) group.runs.push(row)
      else members.set(key, { section, runs: [row] })
    }
    const next: typeof known = new Map()
    const sections = new Map<string, ScenarioNode>()
    for (const [key, { section, runs }] of members) {
      const before = known.get(key)
      const entry = before && sameRows(before.members, runs) ? before : { members: runs, node: groupNode(key, runs) }
      next.set(key, entry)
      addGroup(sections, section, grouping, entry.node)
    }
    known = next
    if (grouping !== 'scenario') for (const node of sections.values()) node.unlike = unlikeOf(node.groups)
    return [...sections.values()]
  }
}

function addGroup(sections: Map<string, ScenarioNode>, section: Section, grouping: Grouping, node: GroupNode): void {
  const [first] = node.runs
  let scenario = sections.get(section.key)
  if (!scenario) {
    scenario = { ...section, key: `section ${section.key}`, grouping, evaluatedOn: [], groups: [], queuedAt: 0 }
    if (grouping === 'scenario') scenario.note = first.scenarioNote
    sections.set(section.key, scenario)
  }
  scenario.groups.push(node)
  scenario.queuedAt = Math.max(scenario.queuedAt, ...node.runs.map((row) => row.queuedAt))
  // What the optimum comes to is a scenario's own.
  if (grouping !== 'scenario') return
  scenario.facts ??= node.runs.find((row) => row.facts)?.facts
  for (const { evaluation } of node.runs) {
    const isNew =
      evaluation && !scenario.evaluatedOn.some((on) => on.workflows === evaluation.workflows && on.inSample === evaluation.inSample)
    if (isNew) scenario.evaluatedOn.push(evaluation)
  }
  scenario.evaluation ??= node.runs.find((row) => row.evaluation)?.evaluation
}
