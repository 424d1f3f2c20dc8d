import type { ParameterValues } from '../algorithms/parameters'
import { count } from '../format'
import { evaluatedOn } from './evaluated'
import type { RunSpec } from './spec'

/**
 * What the steps of a run count, along which its curves are drawn and its progress is told: learn steps of one that trains, evaluations of Q
 * for each workflow of one that searches, and of one that places by rule the workflows placed, which have no curve.
 */
export type StepUnit = 'learn steps' | 'evaluations' | 'workflows' | 'steps'

/** A run as far as its steps follow from it. */
interface Stepped {
  parameters: ParameterValues
  /** What another tracker recorded counts what it likes. */
  foreign?: object
}

/** By the parameter that says how many steps there are. */
export function stepUnitOf({ parameters, foreign }: Stepped): StepUnit {
  if (foreign) return 'steps'
  if (parameters.learnSteps !== undefined) return 'learn steps'
  return parameters.evaluations !== undefined ? 'evaluations' : 'workflows'
}

/** Whether a run trains. */
export const isTrained = (run: Stepped): boolean => stepUnitOf(run) === 'learn steps'

/** Whether a run records curves: all do but those that place by rule. */
export const hasCurves = (run: Stepped): boolean => stepUnitOf(run) !== 'workflows'

/** What curves are drawn along. */
export type CurveUnit = Exclude<StepUnit, 'workflows'>

/**
 * What the curves of several runs are drawn along together: learn steps where any of them trains, since evaluations are something else, and
 * evaluations where all that have curves search. Foreign runs are drawn along whatever the others are.
 */
export function commonUnit(runs: Iterable<Stepped>): CurveUnit {
  const units = new Set([...runs].map(stepUnitOf))
  if (units.has('learn steps')) return 'learn steps'
  if (units.has('evaluations')) return 'evaluations'
  return units.has('steps') ? 'steps' : 'learn steps'
}

/** Whether a run's curve can be drawn along this. */
export function isAlong(run: Stepped, unit: CurveUnit): boolean {
  const own = stepUnitOf(run)
  return own === unit || own === 'steps'
}

/** Steps that a run will have made in the end; a search may end before, where it finds nothing more to do. */
export function totalStepsOf({ scenario, parameters, heldOut, split }: RunSpec): number {
  const unit = stepUnitOf({ parameters })
  if (unit === 'workflows') return evaluatedOn(scenario.workload, heldOut, split).workflows
  return Number(unit === 'learn steps' ? parameters.learnSteps : parameters.evaluations)
}

const FORMS: Record<StepUnit, readonly [one: string, many: string]> = {
  'learn steps': ['learn step', 'learn steps'],
  evaluations: ['evaluation', 'evaluations'],
  workflows: ['workflow', 'workflows'],
  steps: ['step', 'steps']
}

/** "1 learn step", "20 evaluations". */
export function stepCount(unit: StepUnit, steps: number): string {
  return count(steps, ...FORMS[unit])
}

/** Where a run ends or resumes, after a verb: "at learn step 20", "from learn step 20", "after 20 evaluations". */
export function whereOf(unit: StepUnit, steps: number, from: 'at' | 'from' = 'at'): string {
  if (unit === 'steps') return `${from} step ${steps}`
  return unit === 'learn steps' ? `${from} learn step ${steps}` : `after ${stepCount(unit, steps)}`
}
