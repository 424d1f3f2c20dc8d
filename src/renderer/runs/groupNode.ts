import type { EvaluationSummary, RunRow } from '@shared/contract/records'
import type { Tier } from '@shared/model/topology'
import { countedRuns, groupRuns, type RunGroup } from '@shared/run/grouping'
import { distinctRuns } from '@shared/run/identity'
import type { RunStatus } from '@shared/run/lifecycle'
import { mean } from '@shared/statistics/descriptive'

/** Runs that differ only in their seed, or one run by itself, and what they come to together. */
export interface GroupNode {
  key: string
  stats: RunGroup
  /** By seed. */
  runs: RunRow[]
  /** What the group as a whole is doing. */
  status: RunStatus
  /** Means of the latest values of seeds that still train, as long as none has finished. */
  soFar?: { gap?: number; cost?: number; seeds: number }
  share?: Record<Tier, number>
  /** Mean of finished seeds. */
  seconds?: number
  startedAt: number
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

/** What seeds that have learned something come to now; a mean over them and finished ones would be of neither. */
function meanSoFar(runs: readonly RunRow[]): GroupNode['soFar'] {
  const under = distinctRuns(runs.filter(({ latest }) => latest.gap !== undefined || latest.cost !== undefined))
  if (under.length === 0) return undefined
  const of = (value: (row: RunRow) => number | undefined) => {
    const values = under.flatMap((row) => value(row) ?? [])
    return values.length > 0 ? mean(values) : undefined
  }
  const [gap, cost] = [of(({ latest }) => latest.gap), of(({ latest }) => latest.cost)]
  return { ...(gap !== undefined && { gap }), ...(cost !== undefined && { cost }), seeds: under.length }
}

export function groupNode(key: string, unsorted: readonly RunRow[]): GroupNode {
  const runs = [...unsorted].sort((a, b) => a.seed - b.seed || a.queuedAt - b.queuedAt)
  const [stats] = groupRuns(runs)
  const done = countedRuns(runs)
  const soFar = done.length === 0 ? meanSoFar(runs) : undefined
  return {
    key,
    stats,
    runs,
    status: groupStatus(runs),
    ...(soFar && { soFar }),
    ...(done.length > 0 && {
      share: meanShare(done.flatMap((row) => (row.evaluation ? [row.evaluation] : []))),
      seconds: mean(done.map((row) => row.seconds))
    }),
    startedAt: Math.max(...runs.map((row) => row.startedAt ?? row.queuedAt))
  }
}
