import { type CurvePoints, unitGapMetric } from '@shared/run/metrics'
import { mean } from '@shared/statistics/descriptive'
import type { RunSpec } from '@shared/run/spec'
import { Evaluator } from '../learn/evaluation'
import type { Decision, Member, StepReport } from '../learn/learner'
import { problemOptionsOf } from '../learn/problem'
import type { Reference } from '@shared/model/world'
import type { BatchProblem } from '../learn/batches/problem'
import { type AnyProblem, compileAnyProblem, isBatchProblem } from '../learn/problems'
import type { RunEnd } from '../processes/protocol'

/** What became of a run, as far as training knows: the rest of the message is the worker's. */
export type TrainingEnd = Pick<RunEnd, 'outcome' | 'learnSteps' | 'seconds' | 'evaluation' | 'policy' | 'message'>

/** What a run has come to since it last reported. */
export interface MemberProgress {
  learnSteps: number
  seconds: number
  points: CurvePoints[]
  checkpoint?: Uint8Array
}

/** How a run in the hands of a worker talks to the world. */
export interface TrainingHooks {
  /** Asked after every learn step, and after every progress of a placing. */
  wanted(): 'go' | 'pause' | 'cancel'
  /** New points and, now and then, the exact state they lead to. Resolves once the receiver has room for more. */
  report(progress: MemberProgress): Promise<void>
  end(end: TrainingEnd): void
  /** The run cannot be trained; others of its group can. */
  fail(error: unknown): void
}

/** A run to be trained or placed, from scratch or from a checkpoint, which carries the seconds of earlier attempts. */
export interface Trainee {
  spec: RunSpec
  checkpoint?: Uint8Array
  /** A policy it starts from instead of random weights, where it has no checkpoint. */
  initialPolicy?: Uint8Array
  hooks: TrainingHooks
}

/**
 * How often, in milliseconds, a run reports and listens that is alone with its worker; each more of its group adds some, up to the most,
 * with which no more than a second of metrics waits to be written.
 */
export const REPORT_MS = { alone: 250, more: 25, most: 800 }

/** Points of the step curves (loss, reward, ε) a run keeps, about. */
const STEP_POINTS = 1000

/** The steps between two points of the step curves, from the run's length alone so that a resumed run keeps to it. */
export function stepInterval(totalSteps: number): number {
  return Math.max(1, Math.round(totalSteps / STEP_POINTS))
}

/** A problem with its evaluator, which runs that differ in their seed share. */
export interface Exercise {
  problem: AnyProblem
  evaluator: Evaluator
}

/** References of held-out batches, by their world and number: finding them takes longer than placing by most rules. */
const references = new Map<string, readonly Reference[]>()
/** Worlds whose references a worker keeps. */
const MOST_WORLDS = 8

/** Lets the held-out batches of a problem have the references that an earlier run of this process found. */
function shareReferences({ heldOut }: BatchProblem, key: string): void {
  const known = references.get(key)
  if (known) {
    heldOut.forEach(({ model }, x) => {
      model.adopt(known[x])
    })
    return
  }
  const [oldest] = references.keys()
  if (references.size >= MOST_WORLDS) references.delete(oldest)
  references.set(
    key,
    heldOut.map(({ model }) => model.reference())
  )
}

/** Compiles the problems of runs, each once. */
export class Exercises {
  #known = new Map<string, Exercise>()

  /** Throws what compiling throws. */
  of(spec: RunSpec): Exercise {
    const { scenario, heldOut, split, environments, parameters } = spec
    const options = problemOptionsOf(parameters)
    const key = JSON.stringify([scenario, heldOut, split, environments, options])
    const known = this.#known.get(key)
    if (known) return known
    const problem = compileAnyProblem(spec, options)
    if (isBatchProblem(problem)) shareReferences(problem, JSON.stringify([scenario, heldOut]))
    const exercise = { problem, evaluator: new Evaluator(problem) }
    this.#known.set(key, exercise)
    return exercise
  }
}

/** How all held-out workflows are placed. */
type Placements = Pick<Decision, 'placements'> & Partial<Decision>

/** One run in the hands of a worker: its curves, what it is asked, and what it reports. */
export class TrainingMember {
  readonly hooks: TrainingHooks
  readonly #spec: RunSpec
  readonly #exercise: Exercise
  readonly #state: Uint8Array | undefined
  readonly #initialPolicy: Uint8Array | undefined
  /** Trained in earlier attempts. */
  readonly #seconds: number
  #curves = new Map<string, { steps: number[]; values: number[] }>()

  constructor({ spec, checkpoint, initialPolicy, hooks }: Trainee, exercise: Exercise) {
    const saved = checkpoint ? splitCheckpoint(checkpoint) : { seconds: 0, state: undefined }
    this.hooks = hooks
    this.#spec = spec
    this.#exercise = exercise
    this.#seconds = saved.seconds
    this.#state = saved.state
    this.#initialPolicy = initialPolicy
  }

  get problem(): AnyProblem {
    return this.#exercise.problem
  }

  get isFresh(): boolean {
    return this.#state === undefined
  }

  /** What a learner takes of it; `state` instead of the one it came with. */
  member(state = this.#state): Member<AnyProblem> {
    const { seed, parameters } = this.#spec
    return { problem: this.problem, seed, parameters, checkpoint: state, initialPolicy: this.#initialPolicy }
  }

  add(metric: string, step: number, value: number): void {
    const curve = this.#curves.get(metric) ?? { steps: [], values: [] }
    this.#curves.set(metric, curve)
    curve.steps.push(step)
    curve.values.push(value)
  }

  /** Puts what a learn step was like on the curves. */
  addStep(step: number, report: StepReport): void {
    for (const [metric, value] of Object.entries(report)) this.add(metric, step, value)
  }

  /** Puts how the held-out workflows were placed on the curves; `unitCosts` where several units did. */
  addEvaluation(step: number, { placements, unitCosts = [] }: Placements): void {
    const { evaluator } = this.#exercise
    const evaluation = evaluator.evaluate(placements, 0)
    this.add('cost', step, evaluation.meanCost)
    this.add('gap', step, evaluation.gapMean)
    this.add('delay', step, evaluation.meanDelaySeconds)
    this.add('energy', step, evaluation.meanEnergyJoules)
    if (unitCosts.length > 1) {
      unitCosts.forEach((costs, unit) => this.add(unitGapMetric(unit), step, mean(evaluator.gaps(costs))))
    }
  }

  /** Reports all points since the last report. `seconds`: its share of this attempt. `state`: the learner's, for a checkpoint. */
  report(learnSteps: number, seconds: number, state?: Uint8Array): Promise<void> {
    const all = this.#seconds + seconds
    const progress = { learnSteps, seconds: all, points: this.#take() }
    return this.hooks.report(state ? { ...progress, checkpoint: joinCheckpoint(all, state) } : progress)
  }

  end(outcome: 'paused' | 'cancelled' | 'diverged', learnSteps: number, seconds: number, message?: string): void {
    this.hooks.end({ outcome, learnSteps, seconds: this.#seconds + seconds, ...(message !== undefined && { message }) })
  }

  /** `decisionMs`: its share of deciding all held-out workflows. `policy`: where it trained one; of a program, what it placed. */
  complete(learnSteps: number, seconds: number, { placements }: Placements, decisionMs: number, policy?: Uint8Array): void {
    const evaluation = this.#exercise.evaluator.evaluate(placements, decisionMs)
    this.hooks.end({ outcome: 'completed', learnSteps, seconds: this.#seconds + seconds, evaluation, ...(policy && { policy }) })
  }

  #take(): CurvePoints[] {
    const points = [...this.#curves].map(([metric, { steps, values }]) => ({
      metric,
      steps: Float64Array.from(steps),
      values: Float64Array.from(values)
    }))
    this.#curves.clear()
    return points
  }
}

/** A checkpoint is the seconds spent so far (f64) and the state of the learner or the placing. */
function joinCheckpoint(seconds: number, state: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + state.length)
  new DataView(bytes.buffer).setFloat64(0, seconds, true)
  bytes.set(state, 8)
  return bytes
}

function splitCheckpoint(bytes: Uint8Array): { seconds: number; state: Uint8Array } {
  return { seconds: new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true), state: bytes.subarray(8) }
}
