import type { AlgorithmCard } from '../algorithms/card'
import { type ParameterValues, parametersOfRun } from '../algorithms/parameters'
import { isTrained } from '../run/steps'
import { type Clock, secondsAt, stepAt, valueBy } from '../curves/clock'
import type { SeedCurve } from '../curves/seedMean'
import type { Figures } from './compared'

/** What a learned group's training came to: learn steps of a run, and networks that decide together. */
export interface GroupTraining {
  learnSteps: number
  /** s; 1 of an algorithm with a single network. */
  networks: number
}

/** Undefined for what does not learn. */
export function trainingOf(card: AlgorithmCard | undefined, parameters: ParameterValues, learnSteps: number): GroupTraining | undefined {
  if (!isTrained({ parameters })) return undefined
  const { units } = card ? parametersOfRun(card, parameters) : parameters
  return { learnSteps, networks: typeof units === 'number' ? units : 1 }
}

/** What learned groups are compared by: each as it ended, or each as it stood at the same learn step, or after the same seconds of training. */
export const BASES = ['trained', 'steps', 'seconds'] as const
export type Basis = (typeof BASES)[number]

/** Where runs are read: at the end of each, or all at one learn step or second of training. */
export type ReadAt = { basis: 'trained' } | { basis: 'steps' | 'seconds'; at: number }

/** How far a run was trained; one that does not train has other steps. */
export interface TrainedRun {
  parameters: ParameterValues
  learnSteps: number
  /** Learn steps it was to make. */
  totalLearnSteps: number
  /** Of training. */
  seconds: number
}

/**
 * Where runs can all be read: the least number of learn steps that one of them was to make, or the least seconds of training that one took to
 * make them all. At the end of each where there is no such point. A run that ended before it, as one that diverged, is read where it ended.
 */
export function commonPoint(runs: readonly TrainedRun[], basis: Basis): ReadAt {
  if (basis === 'trained') return { basis }
  const learned = runs.filter(isTrained)
  const values =
    basis === 'steps'
      ? learned.map(({ totalLearnSteps }) => totalLearnSteps)
      : learned.filter((run) => run.learnSteps >= run.totalLearnSteps).map(({ seconds }) => seconds)
  return values.length === 0 ? { basis: 'trained' } : { basis, at: Math.min(...values) }
}

/** Curves that figures can be read from before a run has ended. */
export const FIGURE_CURVES = { gapMean: 'gap', cost: 'cost', delay: 'delay', energy: 'energy' } as const
type CurveFigure = keyof typeof FIGURE_CURVES

/**
 * A run's figures at a learn step or a second of training, from its curves: those of its last evaluation by then, and the seconds of training
 * at a learn step. What has no curve there has no figure.
 */
export function figuresAt(
  curves: Readonly<Record<CurveFigure, SeedCurve>>,
  clock: Clock,
  { basis, at }: Exclude<ReadAt, { basis: 'trained' }>
): Figures {
  const step = basis === 'steps' ? at : stepAt(clock, at)
  const figures: Figures = { training: basis === 'steps' ? secondsAt(clock, at) : at }
  for (const key of Object.keys(FIGURE_CURVES) as CurveFigure[]) {
    const value = valueBy(curves[key], step)
    if (value !== undefined) figures[key] = value
  }
  return figures
}

/** Of figures at the end those that can be read earlier, too: what an algorithm that does not learn is compared by there. */
export function figuresAnywhere({ gapMean, cost, delay, energy }: Figures): Figures {
  return { gapMean, cost, delay, energy }
}
