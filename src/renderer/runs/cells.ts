import type { RunRow } from '@shared/contract/records'
import type { RunStatus } from '@shared/run/lifecycle'
import { referenceKindOf } from '@shared/run/evaluation'
import { hasCurves } from '@shared/run/steps'
import type { Tier } from '@shared/model/topology'
import { amount, cost, costHalf, duration, gap, gapHalf, integer, NONE } from '@shared/format'
import { text } from '../ui/text'
import type { GroupNode } from './groupNode'
import { when } from '../ui/when'

/** What a group's or a run's line shows, column by column. */
export interface Cells {
  status: RunStatus
  /** 0 … 1 of a run that has steps to go. */
  progress?: number
  steps: string
  forest: { mean?: number; low?: number; high?: number; seeds: readonly number[] }
  gap: string
  gapHalf: string
  p95: string
  cost: string
  costHalf: string
  delay: string
  energy: string
  /** Gap and cost are means over so many seeds that still train. */
  soFar?: number
  share?: Record<Tier, number>
  time: string
  started: string
}

const half = (interval: [number, number] | undefined) => (interval ? (interval[1] - interval[0]) / 2 : undefined)

/** Stands before a gap to a lower bound: the gap to the optimum is at most that. */
const atMost = (evaluation: RunRow['evaluation']) => (evaluation && referenceKindOf(evaluation) === 'bound' ? '≤ ' : '')

export function runCells(row: RunRow, now: number): Cells {
  const { evaluation, latest } = row
  // A run that is still learning shows its latest held-out values; they are what it would come to if it stopped now.
  const gapNow = evaluation?.gapMean ?? latest.gap
  const isUnder = row.status !== 'completed' && row.learnSteps < row.totalLearnSteps
  return {
    status: row.status,
    progress: isUnder ? row.learnSteps / row.totalLearnSteps : undefined,
    // Of a rule only how far it is, while it is under way.
    steps: hasCurves(row) || isUnder ? integer(row.learnSteps) : NONE,
    forest: { mean: gapNow, seeds: [] },
    gap: atMost(evaluation) + gap(gapNow),
    gapHalf: '',
    p95: gap(evaluation?.gapP95),
    cost: cost(evaluation?.meanCost ?? latest.cost),
    costHalf: '',
    delay: amount(evaluation?.meanDelaySeconds),
    energy: amount(evaluation?.meanEnergyJoules),
    share: evaluation?.share,
    time: row.startedAt === undefined ? NONE : duration(row.seconds),
    started: when(row.startedAt, now)
  }
}

/** What is active in a group, or how many steps its seeds made where all is done. */
function groupSteps(runs: readonly RunRow[]): string {
  const count = (status: RunStatus) => runs.filter((row) => row.status === status).length
  const [running, paused, queued] = [count('running'), count('paused'), count('queued')]
  if (running > 0) return text.runs.liveCount(running)
  if (paused > 0) return text.runs.pausedCount(paused)
  if (queued > 0) return text.runs.queuedCount(queued)
  const steps = Math.max(...runs.map((row) => row.learnSteps))
  return runs.some(hasCurves) ? integer(steps) : NONE
}

export function groupCells(group: GroupNode, now: number): Cells {
  const { stats, runs, soFar } = group
  const [low, high] = stats.gapCI95 ?? []
  const most = atMost(runs.find((row) => row.evaluation)?.evaluation)
  const gapNow = stats.gapMean ?? soFar?.gap
  return {
    status: group.status,
    progress: meanProgress(runs),
    steps: groupSteps(runs),
    forest: { mean: gapNow, low, high, seeds: runs.flatMap((row) => row.evaluation?.gapMean ?? (soFar && row.latest.gap) ?? []) },
    gap: most + gap(gapNow),
    gapHalf: gapHalf(stats.gapMean, half(stats.gapCI95)),
    p95: gap(stats.gapP95),
    cost: cost(stats.costMean ?? soFar?.cost),
    costHalf: costHalf(stats.costMean, half(stats.costCI95)),
    delay: amount(stats.delayMean),
    energy: amount(stats.energyMean),
    ...(soFar && { soFar: soFar.seeds }),
    share: group.share,
    time: duration(group.seconds),
    started: when(group.startedAt, now)
  }
}

function meanProgress(runs: readonly RunRow[]): number | undefined {
  const all = runs.reduce((sum, row) => sum + row.totalLearnSteps, 0)
  const made = (row: RunRow) => (row.status === 'completed' ? row.totalLearnSteps : row.learnSteps)
  return all > 0 ? runs.reduce((sum, row) => sum + made(row), 0) / all : undefined
}
