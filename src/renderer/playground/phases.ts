import type { AdaptBatch } from '@shared/contract/playground'
import { STARTS, type Start } from '@shared/experiment/recovery'

export interface PhasePoint {
  step: number
  gap: number
  cost: number
}

/** What the learners did in one world. Phases follow each other on one axis of learn steps. */
export interface Phase {
  /** What was changed, in words. */
  label: string
  /** Learn steps of all phases before. */
  from: number
  optimumCost: number
  /** Workflows per learn step. */
  round: number
  points: Readonly<Record<Start, readonly PhasePoint[]>>
  /** Learn steps until within 5 % of the optimum, of those that are. */
  recovered: Readonly<Partial<Record<Start, number>>>
}

export function newPhase(label: string, before: Phase | undefined): Phase {
  const from = before ? before.from + stepsOf(before) : 0
  return { label, from, optimumCost: Number.NaN, round: 0, points: { psi: [], old: [], random: [] }, recovered: {} }
}

/** The last learn step measured in a phase. */
export function stepsOf({ points }: Phase): number {
  return Math.max(0, ...STARTS.map((start) => points[start].at(-1)?.step ?? 0))
}

export function withBatch(phase: Phase, batch: AdaptBatch): Phase {
  const added = (start: Start) => batch.points.filter((point) => point.start === start).map(({ step, gap, cost }) => ({ step, gap, cost }))
  return {
    ...phase,
    optimumCost: batch.optimumCost,
    round: batch.round,
    points: {
      psi: [...phase.points.psi, ...added('psi')],
      old: [...phase.points.old, ...added('old')],
      random: [...phase.points.random, ...added('random')]
    },
    recovered: Object.fromEntries(batch.recovered.map(({ start, steps }) => [start, steps]))
  }
}

/** The gap at the last measurement at or before a learn step; undefined where the learner has not come so far. */
export function gapAt(points: readonly PhasePoint[], step: number): number | undefined {
  const last = points.at(-1)
  if (!last || last.step < step) return undefined
  return points.findLast((point) => point.step <= step)?.gap
}
