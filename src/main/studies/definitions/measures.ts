import { aligned, type SeedsAtStep } from '@shared/curves/seedMean'
import { count, fixed, gapUnit } from '@shared/format'
import { meanInterval95 } from '@shared/statistics/intervals'
import { mean } from '@shared/statistics/descriptive'
import type { ClaimFinding, RunRule, StudyRun, Verdict } from '@shared/studies/study'

/** A mean over seeds and its 95 % interval (Student's t); both ends are the mean where there are under two seeds. */
export interface SeedEstimate {
  mean: number
  low: number
  high: number
  seeds: number
}

export function estimate(values: readonly number[]): SeedEstimate {
  const centre = mean(values)
  const [low, high] = meanInterval95(values) ?? [centre, centre]
  return { mean: centre, low, high, seeds: values.length }
}

/** The runs a rule means. */
export function runsOfRule(
  runs: readonly StudyRun[],
  { algorithm, parameters = {}, stage, experiment, world, start }: RunRule
): StudyRun[] {
  return runs.filter(
    (run) =>
      (algorithm === undefined || run.algorithm === algorithm) &&
      (stage === undefined || run.stage === stage) &&
      (experiment === undefined || run.experiment === experiment) &&
      (world === undefined || run.world === world) &&
      (start === undefined || (run.start ?? null) === start) &&
      Object.entries(parameters).every(([key, value]) => run.parameters[key] === value)
  )
}

/**
 * The final value of every seed: over all of its runs that have one, where there are several, as over δ. Seeds are what intervals are
 * over; the worlds are the same for every one of them.
 */
export function finals(runs: readonly StudyRun[], of: 'gapMean' | 'meanCost' | 'decisionMs'): number[] {
  const bySeed = new Map<number, number[]>()
  for (const { seed, evaluation } of runs) {
    if (evaluation && !Number.isNaN(evaluation[of])) bySeed.set(seed, [...(bySeed.get(seed) ?? []), evaluation[of]])
  }
  return [...bySeed.values()].map((values) => mean(values))
}

/** The weights of energy that runs were done at, in order. */
export function weightsOf(runs: readonly StudyRun[]): number[] {
  return [...new Set(runs.map((run) => run.energyWeight))].sort((a, b) => a - b)
}

export const atWeight = (runs: readonly StudyRun[], energyWeight: number) => runs.filter((run) => run.energyWeight === energyWeight)

/** A curve of a run as pairs; empty where it was not recorded. */
export function curveOf(run: StudyRun, metric: string): { step: number; value: number }[] {
  const curve = run.curves[metric]
  return curve ? Array.from(curve.steps, (step, i) => ({ step, value: curve.values[i] })) : []
}

/** The values of all seeds at every step they share; none where a run did not record it. */
export function meanCurve(runs: readonly StudyRun[], metric: string): SeedsAtStep[] {
  return aligned(runs.map((run) => run.curves[metric] ?? { steps: [], values: [] }))
}

/** The first recorded step from which a curve is at `level` or below; undefined where it never gets there. */
export function stepsTo(run: StudyRun, metric: string, level: number): number | undefined {
  return curveOf(run, metric).find(({ value }) => value <= level)?.step
}

/** Learn steps to a level over seeds: the median, with runs that never got there counted as later than all others. */
export function medianSteps(runs: readonly StudyRun[], metric: string, level: number): number {
  const steps = runs.map((run) => stepsTo(run, metric, level) ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  return steps.length === 0 ? Number.NaN : steps[Math.floor((steps.length - 1) / 2)]
}

export const stepsText = (steps: number) => (Number.isFinite(steps) ? count(steps, 'step', 'steps') : 'not in these runs')

/** Whether all of `a` is below all of `b`: their intervals do not overlap. */
export const below = (a: SeedEstimate, b: SeedEstimate) => a.high < b.low

/** An interval is told from two seeds on, where no value is infinite. */
export const hasInterval = ({ low, high, seeds }: SeedEstimate) => seeds >= 2 && Number.isFinite(low) && Number.isFinite(high)

/** 0.91 % (0.62 to 1.2 %, n 5). */
export function gapText(estimate: SeedEstimate): string {
  const { mean: centre, low, high, seeds } = estimate
  return !hasInterval(estimate) ? gapUnit(centre) : `${gapUnit(centre)} (${gapUnit(low)} to ${gapUnit(high)}, n ${seeds})`
}

/** 0.7213 (0.7198 to 0.7228, n 5). */
export function numberText(estimate: SeedEstimate, digits = 4): string {
  const { mean: centre, low, high, seeds } = estimate
  return !hasInterval(estimate)
    ? fixed(centre, digits)
    : `${fixed(centre, digits)} (${fixed(low, digits)} to ${fixed(high, digits)}, n ${seeds})`
}

/** A finding the runs do not allow yet. */
export const OPEN: ClaimFinding = { verdict: 'open', text: 'The runs do not show this yet.' }

/** One verdict of several: all hold, none does, or some do. Open ones count for nothing unless all are. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const told = verdicts.filter((verdict) => verdict !== 'open')
  if (told.length === 0) return 'open'
  if (told.every((verdict) => verdict === 'holds')) return 'holds'
  return told.every((verdict) => verdict === 'does not hold') ? 'does not hold' : 'in part'
}

/** `holds` where every one of `conditions` is true, `does not hold` where none is. */
export function verdictOf(conditions: readonly boolean[]): Verdict {
  return together(conditions.map((condition) => (condition ? 'holds' : 'does not hold')))
}

export const listed = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`
