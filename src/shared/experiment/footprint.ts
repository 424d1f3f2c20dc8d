import type { ParameterValues } from './parameters'

/** The sizes of a world that a run's memory follows from. */
export interface WorldSize {
  /** K. */
  places: number
  /** N of the longest workflow. */
  tasks: number
  /** Workflows kept for the evaluation. */
  heldOut: number
}

/** What a run takes, in bytes. Estimates from above: replay filled, every curve point kept. */
export interface Footprint {
  /** Of its worker process at its fullest. */
  memoryBytes: number
  /** Added to the data folder once the run is done: curves and policy. */
  diskBytes: number
}

/** A worker process with the tensor library loaded and nothing learned (measured, `ps -o rss` of an idle worker). */
const IDLE_BYTES = 190e6
/** Objects and ids of one workflow in memory, beside its numbers. */
const WORKFLOW_OVERHEAD = 1500
/** A point of a curve in the database, its index included (DESIGN: 9 to 13). */
const POINT_BYTES = 13
/** A run without any curve: its row, its log, its evaluation. */
const ROW_BYTES = 6000
/** Points that step curves keep at most, and how many such curves there are. */
const STEP_POINTS = 1000
const STEP_CURVES = 5
const EVALUATION_CURVES = 4

/** What a run of these parameters takes. Schemes that learn nothing have no learn steps. */
export function footprintOf(parameters: ParameterValues, { places, tasks, heldOut }: WorldSize): Footprint {
  const number = (key: string) => (typeof parameters[key] === 'number' ? parameters[key] : 0)
  // Every step cost of the workflow (float64) and its features.
  const workflowBytes = tasks * places * places * 8 + (2 * tasks + 1) * 12 + WORKFLOW_OVERHEAD
  const learnSteps = number('learnSteps')
  const held = heldOut * workflowBytes
  if (learnSteps === 0) return { memoryBytes: IDLE_BYTES + held, diskBytes: ROW_BYTES + heldOut * 16 }
  const units = number('units') || 1
  const hidden = number('hidden')
  const inputs = places + 2 * tasks + 1
  const weights = units * (inputs * hidden + hidden + hidden * hidden + hidden + hidden * places + places)
  const transitions = number('memory') / (tasks * units)
  const workflows = Math.max(number('round'), number('memoryWorkflows') || transitions)
  const rows = units * (number('batchWorkflows') * tasks || number('batch'))
  // Online, target and two moments; the activations and gradients of one batch through two layers.
  const network = weights * 4 * 4 + rows * (inputs + 4 * hidden + 2 * places) * 4
  const evaluations = Math.floor(learnSteps / Math.max(1, number('evaluateEvery'))) + 2
  const unitCurves = units > 1 ? units : 0
  const points = Math.min(learnSteps, STEP_POINTS) * STEP_CURVES + evaluations * (EVALUATION_CURVES + unitCurves)
  return {
    memoryBytes: Math.round(IDLE_BYTES + held + workflows * workflowBytes + network),
    diskBytes: Math.round(ROW_BYTES + heldOut * 16 + points * POINT_BYTES + weights * 4)
  }
}
