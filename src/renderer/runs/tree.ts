import type { EvaluationSummary, RunRow } from '@shared/contract/records'
import { groupRuns, type RunGroup } from '@shared/experiment/grouping'
import type { RunStatus } from '@shared/experiment/lifecycle'
import { mean } from '@shared/experiment/statistics'
import type { Tier } from '@shared/model/topology'

/** Runs alike but for their seed, and what they come to together. */
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

/** A scenario and the groups of schemes tried on it. */
export interface ScenarioNode {
  key: string
  scenarioId: string
  name: string
  note?: string
  facts?: RunRow['facts']
  /** Known once a run of the scenario has been evaluated. */
  evaluation?: EvaluationSummary
  groups: GroupNode[]
  /** When something of it was asked for last. */
  queuedAt: number
}

// Keys and groups are kept by identity: a live batch changes a few rows of ten thousand, and only theirs are made anew.
const keys = new WeakMap<RunRow, string>()

/** Names the group a run belongs to. */
export function groupKeyOf(row: RunRow): string {
  let key = keys.get(row)
  if (key === undefined) {
    const parameters = Object.entries(row.parameters).sort(([a], [b]) => (a < b ? -1 : 1))
    key = JSON.stringify([row.scenarioId, row.algorithm, parameters])
    keys.set(row, key)
  }
  return key
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
  const done = runs.filter((row) => row.evaluation !== undefined)
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

/** Builds the table's tree, reusing groups whose runs have not changed since the last time. */
export function treeBuilder(): (rows: readonly RunRow[]) => ScenarioNode[] {
  let known = new Map<string, { members: readonly RunRow[]; node: GroupNode }>()
  return (rows) => {
    const members = new Map<string, RunRow[]>()
    for (const row of rows) {
      const key = groupKeyOf(row)
      const group = members.get(key)
      if (group) group.push(row)
      else members.set(key, [row])
    }
    const next: typeof known = new Map()
    const scenarios = new Map<string, ScenarioNode>()
    for (const [key, group] of members) {
      const before = known.get(key)
      const entry = before && sameRows(before.members, group) ? before : { members: group, node: groupNode(key, group) }
      next.set(key, entry)
      addGroup(scenarios, entry.node)
    }
    known = next
    return [...scenarios.values()]
  }
}

function addGroup(scenarios: Map<string, ScenarioNode>, node: GroupNode): void {
  const [first] = node.runs
  let scenario = scenarios.get(first.scenarioId)
  if (!scenario) {
    scenario = {
      key: `scenario ${first.scenarioId}`,
      scenarioId: first.scenarioId,
      name: first.scenario,
      note: first.scenarioNote,
      groups: [],
      queuedAt: 0
    }
    scenarios.set(first.scenarioId, scenario)
  }
  scenario.groups.push(node)
  scenario.facts ??= node.runs.find((row) => row.facts)?.facts
  scenario.evaluation ??= node.runs.find((row) => row.evaluation)?.evaluation
  scenario.queuedAt = Math.max(scenario.queuedAt, ...node.runs.map((row) => row.queuedAt))
}
