import type { RunSpec } from '@shared/run/spec'
import { parametersOfRun } from '@shared/algorithms/parameters'
import type { Algorithm, Decision, Learner, LearnedAlgorithm, Member, StepReport } from '../learn/learner'
import { ALGORITHMS } from '../algorithms'
import type { Backend } from '../learn/backend'
import type { BatchProblem } from '../learn/batches/problem'
import { type AnyEpisode, type AnyProblem, isBatchProblem } from '../learn/problems'
import { Exercises, REPORT_MS, stepInterval, type Trainee, TrainingMember } from './training-member'

/** The algorithm of a spec. Throws RangeError where the catalogue has none of that name. */
export function algorithmOf(spec: RunSpec): Algorithm {
  const algorithm = ALGORITHMS.find((candidate) => candidate.card.id === spec.algorithm)
  if (!algorithm) throw new RangeError(`unknown algorithm "${spec.algorithm}"`)
  return algorithm
}

/**
 * Trains runs of one stack key (see stacking.ts) side by side, each from scratch or from its checkpoint, all at the same learn
 * step. Whichever ends early leaves at once and the others continue. Everything of a run but the speed curve and the seconds
 * repeats to the bit on the same machine and backend, whatever trains beside it. Resolves when all have ended; rejects where
 * the group cannot continue.
 */
export async function train(backend: Backend, algorithm: LearnedAlgorithm, trainees: readonly Trainee[]): Promise<void> {
  const members = membersOf(algorithm, trainees)
  if (members.length === 0) return
  const group = new Group(backend, algorithm, members)
  try {
    await group.train()
  } finally {
    group.dispose()
  }
}

/** Those that can be trained; the others are told why not. */
function membersOf({ card }: LearnedAlgorithm, trainees: readonly Trainee[]): TrainingMember[] {
  const exercises = new Exercises()
  return trainees.flatMap((trainee) => {
    try {
      const spec = { ...trainee.spec, parameters: parametersOfRun(card, trainee.spec.parameters) }
      return [new TrainingMember({ ...trainee, spec }, exercises.of(spec))]
    } catch (error) {
      trainee.hooks.fail(error)
      return []
    }
  })
}

/** Starts a learner for the kind of world that its members, who are of one scenario's shape, are in. */
function learnerOf(
  backend: Backend,
  { card, start, batches }: LearnedAlgorithm,
  members: readonly Member<AnyProblem>[]
): Learner<AnyEpisode> {
  if (!isBatchProblem(members[0].problem)) return start(backend, members as Member[]) as Learner<AnyEpisode>
  if (!batches) throw new RangeError(`${card.title} learns on chains alone`)
  return batches.start(backend, members as Member<BatchProblem>[]) as Learner<AnyEpisode>
}

/** Runs that share a learner, and their clock. */
class Group {
  readonly #backend: Backend
  readonly #algorithm: LearnedAlgorithm
  #members: TrainingMember[]
  #learner: Learner<AnyEpisode>
  /** Seconds of this attempt that each member counts: wall-clock seconds over the members there were. */
  #share = 0
  #sharedAt = performance.now()
  #reported = { at: performance.now(), steps: 0 }

  constructor(backend: Backend, algorithm: LearnedAlgorithm, members: TrainingMember[]) {
    this.#backend = backend
    this.#algorithm = algorithm
    this.#members = members
    this.#learner = this.#start(members.map((each) => each.member()))
    this.#reported.steps = this.#learner.steps
  }

  async train(): Promise<void> {
    const learner = () => this.#learner
    const { totalSteps } = learner()
    const { evaluateEvery, checkpointEvery } = this.#members[0].member().parameters
    const every = stepInterval(totalSteps)
    if (this.#members[0].isFresh) this.#evaluate()
    while (learner().steps < totalSteps) {
      const reports = learner().learn()
      const step = learner().steps
      // Looked at every step, not only at those the curves keep: nothing comes back from a loss that is not a number.
      const finite = this.#members.map((_, m) => hasFiniteLoss(reports[m]))
      const isKept = step % every === 0 || step === 1 || step === totalSteps
      this.#members.forEach((member, m) => {
        if (isKept || !finite[m]) member.addStep(step, reports[m])
      })
      if (step % Number(evaluateEvery) === 0 || step === totalSteps) this.#evaluate()
      const due = step % Number(checkpointEvery) === 0 && step < totalSteps
      if (due || performance.now() - this.#reported.at > this.#interval()) await this.#report(due)
      await this.#dismiss(finite)
      if (this.#members.length === 0) return
    }
    await this.#report(false)
    this.#complete()
  }

  dispose(): void {
    this.#learner.dispose()
  }

  #start(members: Member<AnyProblem>[]): Learner<AnyEpisode> {
    return learnerOf(this.#backend, this.#algorithm, doubled(members, members))
  }

  #decide(isGlance = false): Decision[] {
    const members = this.#members.map((each) => each.member())
    return this.#learner.decide(
      doubled(
        members,
        members.map(({ problem }) => problem.heldOut as readonly AnyEpisode[])
      ),
      isGlance
    )
  }

  #evaluate(): void {
    const decisions = this.#decide(true)
    this.#members.forEach((member, m) => member.addEvaluation(this.#learner.steps, decisions[m]))
  }

  /** The members' share of the seconds until now. */
  #elapsed(): number {
    const now = performance.now()
    this.#share += (now - this.#sharedAt) / 1000 / Math.max(1, this.#members.length)
    this.#sharedAt = now
    return this.#share
  }

  #interval(): number {
    return Math.min(REPORT_MS.most, REPORT_MS.alone + REPORT_MS.more * (this.#members.length - 1))
  }

  async #report(withCheckpoint: boolean): Promise<void> {
    const { steps } = this.#learner
    const now = performance.now()
    // Each run's own pace in wall-clock time: their sum is what the worker learns.
    const speed = ((steps - this.#reported.steps) * 1000) / (now - this.#reported.at)
    const seconds = this.#elapsed()
    await Promise.all(
      this.#members.map((member, m) => {
        if (steps > this.#reported.steps) member.add('speed', steps, speed)
        return member.report(steps, seconds, withCheckpoint ? this.#learner.checkpoint(m) : undefined)
      })
    )
    this.#reported = { at: performance.now(), steps }
  }

  /** Lets those go that diverged or are asked to stop; the others resume from where they are, with a learner of their own. */
  async #dismiss(finite: readonly boolean[]): Promise<void> {
    const wanted = this.#members.map(({ hooks }, m) => (finite[m] ? hooks.wanted() : 'diverged'))
    if (wanted.every((each) => each === 'go')) return
    const { steps } = this.#learner
    const seconds = this.#elapsed()
    const staying: TrainingMember[] = []
    const states: Uint8Array[] = []
    for (const [m, member] of this.#members.entries()) {
      if (wanted[m] === 'go') {
        staying.push(member)
        states.push(this.#learner.checkpoint(m))
      } else if (wanted[m] === 'diverged') {
        await member.report(steps, seconds)
        member.end('diverged', steps, seconds, `the loss is not a finite number at learn step ${steps}; try a lower learning rate`)
      } else {
        await member.report(steps, seconds, this.#learner.checkpoint(m))
        member.end(wanted[m] === 'pause' ? 'paused' : 'cancelled', steps, seconds)
      }
    }
    this.#members = staying
    if (staying.length === 0) return
    this.#learner.dispose()
    this.#learner = this.#start(staying.map((member, m) => member.member(states[m])))
  }

  #complete(): void {
    const { steps } = this.#learner
    const began = performance.now()
    const decisions = this.#decide()
    const ms = (performance.now() - began) / this.#members.length
    const seconds = this.#elapsed()
    this.#members.forEach((member, m) => member.complete(steps, seconds, decisions[m], ms, this.#learner.policy(m)))
  }
}

/** An algorithm need not report a loss. */
function hasFiniteLoss({ loss = 0 }: StepReport): boolean {
  return Number.isFinite(loss)
}

/**
 * A single network alone is multiplied by other code than several and would come to other bits, so it learns beside a double of
 * itself: `each` member's thing, twice where that is needed.
 */
function doubled<Thing>(members: readonly Member<AnyProblem>[], each: Thing[]): Thing[] {
  const isSingle = members.length === 1 && Number(members[0].parameters.units ?? 1) === 1
  return isSingle ? [...each, ...each] : each
}
