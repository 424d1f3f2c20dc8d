import type { AdaptBatch } from '@shared/contract/playground'
import { STARTS, type Start } from '@shared/experiment/recovery'
import type { AxisUnit } from '../charts/curve'

/** What phases are drawn over. */
export const PHASE_AXES = ['learn steps', 'seconds', 'clock'] as const satisfies readonly AxisUnit[]
export type PhaseAxis = (typeof PHASE_AXES)[number]

type BatchPoint = AdaptBatch['points'][number]
export type PhasePoint = Omit<BatchPoint, 'start' | 'seed'>

/** A learner's way in one world, one of each seed. */
export interface Learned {
  seed: number
  points: readonly PhasePoint[]
  /** Learn steps until within 5 % of the optimum, once it is. */
  recovered?: number
}

/** Where something stands on each axis. */
type Place = Readonly<Record<PhaseAxis, number>>

/** What the learners did in one world. Phases follow each other on one axis. */
export interface Phase {
  /** What was changed, in words. */
  label: string
  /** Where all phases before it end. */
  from: Place
  optimumCost: number
  /** Workflows per learn step. */
  round: number
  learned: Readonly<Record<Start, readonly Learned[]>>
}

const BEGIN: Place = { 'learn steps': 0, seconds: 0, clock: 0 }

const placeOf = ({ step, seconds, elapsed }: PhasePoint): Place => ({ 'learn steps': step, seconds, clock: elapsed })

/** Where a point stands within its phase. */
export function placeOn(axis: PhaseAxis, point: PhasePoint): number {
  return placeOf(point)[axis]
}

/** How long a phase is on an axis: up to the last point measured. */
export function lengthOf({ learned }: Phase, axis: PhaseAxis): number {
  const ends = STARTS.flatMap((start) => learned[start].flatMap(({ points }) => points.at(-1) ?? []))
  return Math.max(0, ...ends.map((point) => placeOn(axis, point)))
}

export function newPhase(label: string, before: Phase | undefined): Phase {
  const end = (axis: PhaseAxis) => (before ? before.from[axis] + lengthOf(before, axis) : 0)
  const from = before ? { 'learn steps': end('learn steps'), seconds: end('seconds'), clock: end('clock') } : BEGIN
  return { label, from, optimumCost: Number.NaN, round: 0, learned: { psi: [], old: [], random: [] } }
}

export function withBatch(phase: Phase, batch: AdaptBatch): Phase {
  const grown = (start: Start): Learned[] => {
    const before = phase.learned[start]
    const own = batch.points.filter((point) => point.start === start)
    const seeds = new Set([...before, ...own].map(({ seed }) => seed))
    return [...seeds].map((seed) => ({
      seed,
      points: [
        ...(before.find((each) => each.seed === seed)?.points ?? []),
        ...own
          .filter((point) => point.seed === seed)
          .map(({ step, gap, cost, seconds, elapsed }) => ({ step, gap, cost, seconds, elapsed }))
      ],
      recovered: batch.recovered.find((each) => each.start === start && each.seed === seed)?.steps
    }))
  }
  const learned = { psi: grown('psi'), old: grown('old'), random: grown('random') }
  return { ...phase, optimumCost: batch.optimumCost, round: batch.round, learned }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** The mean gap over seeds at a learn step, each at its last measurement by then; undefined where one has not come so far. */
export function gapAt(learned: readonly Learned[], step: number): number | undefined {
  const gaps = learned.map(({ points }) =>
    (points.at(-1)?.step ?? -1) < step ? undefined : points.findLast((point) => point.step <= step)?.gap
  )
  return gaps.length > 0 && gaps.every((gap) => gap !== undefined) ? meanOf(gaps) : undefined
}

/** The mean gap over seeds now, and the learn step it stands at; undefined before the first measurement. */
export function reachedBy(learned: readonly Learned[]): { gap: number; step: number } | undefined {
  const last = learned.flatMap(({ points }) => points.at(-1) ?? [])
  return last.length > 0 ? { gap: meanOf(last.map(({ gap }) => gap)), step: Math.max(...last.map(({ step }) => step)) } : undefined
}

/** Of how many seeds a start has recovered, and after how many learn steps on average over these. */
export function recoveryIn(learned: readonly Learned[]): { seeds: number; recovered: number; steps: number | undefined } {
  const steps = learned.flatMap(({ recovered }) => recovered ?? [])
  return { seeds: learned.length, recovered: steps.length, steps: steps.length > 0 ? meanOf(steps) : undefined }
}
