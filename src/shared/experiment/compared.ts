import type { Evaluation } from '../run/evaluation'
import { interquartileMean } from '../statistics/descriptive'

export const FIGURES = [
  { key: 'gapMean', label: 'Gap mean', unit: '%', better: 'lower' },
  { key: 'gapIqm', label: 'Gap IQM', unit: '%', better: 'lower' },
  { key: 'gapP95', label: 'Gap p95', unit: '%', better: 'lower' },
  { key: 'gapMax', label: 'Gap max', unit: '%', better: 'lower' },
  { key: 'cost', label: 'Cost Q', unit: '', better: 'lower' },
  { key: 'delay', label: 'Delay', unit: 's', better: 'lower' },
  { key: 'energy', label: 'Energy', unit: 'J', better: 'lower' },
  { key: 'exact', label: 'Exact', unit: '%', better: 'higher' },
  { key: 'decision', label: 'Decision', unit: 'ms', better: 'lower' },
  { key: 'training', label: 'Training', unit: 's', better: 'lower' },
  { key: 'stepsTo5', label: 'Steps to 5 %', unit: 'learn steps', better: 'lower' },
  { key: 'stepsTo1', label: 'Steps to 1 %', unit: 'learn steps', better: 'lower' }
] as const
export type FigureKey = (typeof FIGURES)[number]['key']

/** One number a figure; absent where there is none. */
export type Figures = Partial<Record<FigureKey, number>>

/** [workflows] of the evaluation, in its order. */
export interface ComparedWorkflows {
  /** Q/Q* − 1. */
  gaps: ArrayLike<number>
  /** Q. */
  costs: ArrayLike<number>
}

/** A run that was evaluated, as it is kept. */
export interface FinishedRun extends ComparedWorkflows {
  seed: number
  /** Of training. */
  seconds: number
  evaluation: Omit<Evaluation, keyof ComparedWorkflows>
  /** Learn steps to a gap within 5 % and 1 % that lasts to the end; undefined where never, or where nothing is learned. */
  stepsTo5?: number
  stepsTo1?: number
}

/** A run as it is compared. */
export interface ComparedRun {
  seed: number
  figures: Figures
  /** Absent where only means are known. */
  workflows?: ComparedWorkflows
}

/** Gaps below this are placements as good as the optimum. */
const EXACT = 1e-9

/** 1 for each workflow that is placed as well as can be, else 0. */
export function exactOf({ gaps }: ComparedWorkflows): Float64Array {
  return Float64Array.from(gaps, (gap) => (gap < EXACT ? 1 : 0))
}

/** A run as it ended. */
export function comparedRun({ seed, seconds, evaluation, gaps, costs, stepsTo5, stepsTo1 }: FinishedRun): ComparedRun {
  return {
    seed,
    figures: {
      gapMean: evaluation.gapMean,
      gapIqm: interquartileMean(gaps),
      gapP95: evaluation.gapP95,
      gapMax: evaluation.gapMax,
      cost: evaluation.meanCost,
      delay: evaluation.meanDelaySeconds,
      energy: evaluation.meanEnergyJoules,
      exact: evaluation.exactMatches / (evaluation.batches ?? evaluation.workflows),
      decision: evaluation.decisionMs,
      training: seconds,
      ...(stepsTo5 !== undefined && { stepsTo5 }),
      ...(stepsTo1 !== undefined && { stepsTo1 })
    },
    workflows: { gaps, costs }
  }
}
