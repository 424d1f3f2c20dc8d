import type { RunSpec } from '@shared/experiment/experiment'
import { type CurvePoints, unitGapMetric } from '@shared/experiment/metrics'
import { mean } from '@shared/experiment/statistics'
import { randomStream } from '@shared/model/random'
import { environmentOf } from '@shared/model/scenario'
import type { Learner, LearnedAlgorithm, RuleAlgorithm, StepReport } from '../learn/learner'
import { ALGORITHMS } from '../algorithms'
import type { Backend } from '../learn/backend'
import { Evaluator } from '../learn/evaluation'
import { compileProblem, type Problem, problemOptionsOf } from '../learn/problem'
import type { RunEnd } from './protocol'

/** What became of a run, as far as training knows: the rest of the message is the worker's. */
export type TrainingEnd = Pick<RunEnd, 'outcome' | 'learnSteps' | 'seconds' | 'evaluation' | 'policy' | 'message'>

/** How a run in training talks to the world. */
export interface TrainingHooks {
  /** Asked after every learn step. */
  wanted(): 'go' | 'pause' | 'cancel'
  /** New points and, now and then, the exact state they lead to. Resolves once the receiver has room for more. */
  report(progress: { learnSteps: number; seconds: number; points: CurvePoints[]; checkpoint?: Uint8Array }): Promise<void>
}

/** At least this often, in milliseconds, a run reports and listens. */
const REPORT_MS = 250

/** Points of the step curves (loss, reward, ε) a run keeps, about. */
const STEP_POINTS = 1000

/** Points not yet reported. */
class Pending {
  #curves = new Map<string, { steps: number[]; values: number[] }>()

  add(metric: string, step: number, value: number): void {
    let curve = this.#curves.get(metric)
    if (!curve) {
      curve = { steps: [], values: [] }
      this.#curves.set(metric, curve)
    }
    curve.steps.push(step)
    curve.values.push(value)
  }

  take(): CurvePoints[] {
    const points = [...this.#curves].map(([metric, { steps, values }]) => ({
      metric,
      steps: Float64Array.from(steps),
      values: Float64Array.from(values)
    }))
    this.#curves.clear()
    return points
  }
}

/** Runs a scheme that places by rule: no curves, only its evaluation. */
export function place(algorithm: RuleAlgorithm, spec: RunSpec): TrainingEnd {
  const problem = compileProblem(spec, { training: 'fixed', jitter: 0 })
  const evaluator = new Evaluator(problem)
  const rule = algorithm.rule(spec.parameters)
  const random = randomStream(spec.seed, 'action')
  const began = performance.now()
  const placements = problem.heldOut.map((episode) =>
    rule(episode, environmentOf(problem.compiled.environments, episode.chain).locations, random)
  )
  const ms = performance.now() - began
  return { outcome: 'completed', learnSteps: 0, seconds: ms / 1000, evaluation: evaluator.evaluate(placements, ms) }
}

/** The steps between two points of the step curves, from the run's length alone so that a resumed run keeps to it. */
function stepInterval(totalSteps: number): number {
  return Math.max(1, Math.round(totalSteps / STEP_POINTS))
}

/** Puts what a learn step was like on the curves. */
function recordStep(pending: Pending, step: number, report: StepReport): void {
  pending.add('loss', step, report.loss)
  pending.add('reward', step, report.reward)
  if (report.epsilon !== undefined) pending.add('epsilon', step, report.epsilon)
  pending.add('learningRate', step, report.learningRate)
}

function recordEvaluation(pending: Pending, step: number, learner: Learner, problem: Problem, evaluator: Evaluator): void {
  const [decision] = learner.decide([problem.heldOut])
  const evaluation = evaluator.evaluate(decision.placements, 0)
  pending.add('cost', step, evaluation.meanCost)
  pending.add('gap', step, evaluation.gapMean)
  pending.add('delay', step, evaluation.meanDelaySeconds)
  pending.add('energy', step, evaluation.meanEnergyJoules)
  if (decision.unitCosts.length > 1) {
    decision.unitCosts.forEach((costs, unit) => pending.add(unitGapMetric(unit), step, mean(evaluator.gaps(costs))))
  }
}

/**
 * Trains a learned scheme from scratch or from a checkpoint, which carries the seconds of earlier attempts.
 * Everything but the speed curve and the seconds repeats to the bit on the same machine and backend.
 */
export async function train(
  backend: Backend,
  algorithm: LearnedAlgorithm,
  spec: RunSpec,
  checkpoint: Uint8Array | undefined,
  hooks: TrainingHooks,
  initialPolicy?: Uint8Array
): Promise<TrainingEnd> {
  const { parameters } = spec
  const problem = compileProblem(spec, problemOptionsOf(parameters))
  const evaluator = new Evaluator(problem)
  const saved = checkpoint ? splitCheckpoint(checkpoint) : { seconds: 0, state: undefined }
  const learner = algorithm.start(backend, [{ problem, seed: spec.seed, parameters, checkpoint: saved.state, initialPolicy }])
  const pending = new Pending()
  const { totalSteps } = learner
  const every = stepInterval(totalSteps)
  const began = performance.now()
  const elapsed = () => saved.seconds + (performance.now() - began) / 1000
  let reported = performance.now()
  let reportedSteps = learner.steps
  const report = async (withCheckpoint: boolean): Promise<void> => {
    const now = performance.now()
    if (learner.steps > reportedSteps) pending.add('speed', learner.steps, ((learner.steps - reportedSteps) * 1000) / (now - reported))
    const progress = { learnSteps: learner.steps, seconds: elapsed(), points: pending.take() }
    await hooks.report(withCheckpoint ? { ...progress, checkpoint: joinCheckpoint(elapsed(), learner.checkpoint(0)) } : progress)
    reported = performance.now()
    reportedSteps = learner.steps
  }
  try {
    if (!checkpoint) recordEvaluation(pending, 0, learner, problem, evaluator)
    while (learner.steps < totalSteps) {
      const [stepReport] = learner.learn()
      const step = learner.steps
      // Looked at every step, not only at those the curves keep: nothing comes back from a loss that is no number.
      const finite = Number.isFinite(stepReport.loss)
      if (step % every === 0 || step === 1 || step === totalSteps || !finite) recordStep(pending, step, stepReport)
      if (step % Number(parameters.evaluateEvery) === 0 || step === totalSteps) recordEvaluation(pending, step, learner, problem, evaluator)
      if (!finite) {
        await report(false)
        return {
          outcome: 'diverged',
          learnSteps: step,
          seconds: elapsed(),
          message: `the loss is no number any more at learn step ${step}; try a lower learning rate`
        }
      }
      const due = step % Number(parameters.checkpointEvery) === 0 && step < totalSteps
      if (due || performance.now() - reported > REPORT_MS) await report(due)
      const wanted = hooks.wanted()
      if (wanted === 'go') continue
      await report(true)
      return { outcome: wanted === 'pause' ? 'paused' : 'cancelled', learnSteps: step, seconds: elapsed() }
    }
    await report(false)
    const decideBegan = performance.now()
    const [decision] = learner.decide([problem.heldOut])
    const ms = performance.now() - decideBegan
    return {
      outcome: 'completed',
      learnSteps: learner.steps,
      seconds: elapsed(),
      evaluation: evaluator.evaluate(decision.placements, ms),
      policy: learner.policy(0)
    }
  } finally {
    learner.dispose()
  }
}

/** A checkpoint is the seconds trained so far (f64) and the learner's state. */
function joinCheckpoint(seconds: number, state: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + state.length)
  new DataView(bytes.buffer).setFloat64(0, seconds, true)
  bytes.set(state, 8)
  return bytes
}

function splitCheckpoint(bytes: Uint8Array): { seconds: number; state: Uint8Array } {
  return { seconds: new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true), state: bytes.subarray(8) }
}

/** The algorithm of a spec. Throws RangeError where the catalogue has none of that name. */
export function algorithmOf(spec: RunSpec): RuleAlgorithm | LearnedAlgorithm {
  const algorithm = ALGORITHMS.find((candidate) => candidate.card.id === spec.algorithm)
  if (!algorithm) throw new RangeError(`no algorithm is called "${spec.algorithm}"`)
  return algorithm
}
