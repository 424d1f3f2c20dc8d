import type { StartedProgram } from '../agents/started'
import { ProgramFault } from '../agents/fault'
import { type Hello, PROTOCOL } from '../agents/hello'
import { programParameters } from '../agents/card'
import { Program, type TrainingServer } from '../agents/program'
import { placedBy, Serving } from '../agents/serving'
import { worldTold } from '../agents/world'
import { defaultsOf } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import { type RandomState, RandomStream } from '@shared/model/random'
import { placementBytes } from '../learn/given-placements'
import { openStreams } from '../learn/learner'
import { pack, unpack } from '../learn/packing'
import { version } from '../version'
import { Exercises, REPORT_MS, stepInterval, type Trainee, TrainingMember } from './training-member'

/** What the worker is told of a program that runs in it. */
export interface ProgramHooks {
  /** It lives under this process id, or no longer. */
  living(pid: number, isLiving: boolean): void
  /** A line for the run's log. */
  note(text: string): void
}

/** A turn of training takes about this long, in milliseconds, so that a pause need not wait. */
const TURN_MS = 500
/** Lines that a program may write into its run's log. */
const MOST_NOTES = 100

/** Thrown where a run is cancelled while its program is waited for. */
class Cancelled extends Error {}

/**
 * Runs a registered program over a scenario: lets it train on the training stream turn by turn, keeps what it hands over as a checkpoint, and
 * judges where it places the held-out workflows. Whatever it does wrong fails the run, with the end of its stderr in the run's log; nothing of
 * it is left when this resolves. Never rejects.
 */
export async function runProgram(started: StartedProgram, trainee: Trainee, hooks: ProgramHooks): Promise<void> {
  const meanwhile = (): void => {
    advance()
    if (trainee.hooks.wanted() === 'cancel') throw new Cancelled()
  }
  let run: ProgramRun | undefined
  let program: Program | undefined
  try {
    const spec = { ...trainee.spec, parameters: { ...defaultsOf(programParameters(started.hello)), ...trainee.spec.parameters } }
    const member = new TrainingMember({ ...trainee, spec }, new Exercises().of(spec))
    program = new Program(started, started.patience, meanwhile)
    const { pid } = program
    if (pid !== undefined) hooks.living(pid, true)
    run = new ProgramRun(started, { ...trainee, spec }, member, program, hooks)
    await run.run()
    await program.end()
    if (pid !== undefined) hooks.living(pid, false)
  } catch (error) {
    const pid = program?.pid
    // One that failed by itself writes why while it ends.
    await (error instanceof Cancelled ? program?.kill() : program?.end())
    if (pid !== undefined) hooks.living(pid, false)
    if (error instanceof Cancelled && run) {
      run.cancelled()
      return
    }
    if (program?.lastWords) hooks.note(`The end of its stderr:\n${program.lastWords}`)
    trainee.hooks.fail(error instanceof ProgramFault ? new ProgramFault(`${started.name}: ${error.message}`) : error)
  }
}

/** What the lab itself keeps of a run, beside what the program handed over. */
interface Kept {
  step: number
  /** Of the training stream. */
  environment: RandomState
}

class ProgramRun {
  readonly #started: StartedProgram
  readonly #trainee: Trainee
  readonly #member: TrainingMember
  readonly #program: Program
  readonly #hooks: ProgramHooks
  readonly #environment: RandomStream
  readonly #began = performance.now()
  readonly #resume: { step: number; state: Uint8Array } | undefined
  #step = 0
  #reported = { at: performance.now(), steps: 0 }
  /** Learn steps of a turn, by the pace so far. */
  #turn = 1
  #notes = 0

  constructor(started: StartedProgram, trainee: Trainee, member: TrainingMember, program: Program, hooks: ProgramHooks) {
    this.#started = started
    this.#trainee = trainee
    this.#member = member
    this.#program = program
    this.#hooks = hooks
    const { checkpoint } = member.member()
    if (!checkpoint) {
      this.#environment = openStreams(trainee.spec.seed).environment
      return
    }
    const { data, arrays } = unpack(checkpoint)
    const { step, environment } = data as Kept
    this.#environment = new RandomStream(environment)
    this.#step = step
    this.#reported.steps = step
    this.#resume = { step, state: arrays.state as Uint8Array }
  }

  async run(): Promise<void> {
    const { problem } = this.#member
    this.#sameAs(await this.#program.hello(version))
    const { parameters, seed, scenario } = this.#trainee.spec
    const total = parameters.learnSteps === undefined ? undefined : Number(parameters.learnSteps)
    const resume = this.#resume
    if (resume && !this.#started.isExact) {
      this.#hooks.note(
        `Two resumes of this program were not seen to agree: what follows learn step ${resume.step} may differ from an uninterrupted run.`
      )
    }
    const world = worldTold(problem, scenario)
    await this.#program.start({ seed, parameters, world, ...(total !== undefined && { learnSteps: total }), ...(resume && { resume }) })
    if (total === undefined || (await this.#train(total))) await this.#complete()
  }

  cancelled(): void {
    this.#member.end('cancelled', this.#step, this.#seconds)
  }

  get #seconds(): number {
    return (performance.now() - this.#began) / 1000
  }

  /** Throws ProgramFault where the program is no longer the one that was asked for. */
  #sameAs({ parameters, learnSteps, metrics }: Hello): void {
    const { hello, name } = this.#started
    const [now, before] = [{ parameters, learnSteps, metrics }, hello].map((each) =>
      JSON.stringify([each.parameters, each.learnSteps, each.metrics])
    )
    if (now === before) return
    throw new ProgramFault(
      `It declares other parameters than when it was last checked; have it checked again: lab agents check ${name} (${PROTOCOL})`
    )
  }

  /** Trains to the end; false where it was paused before. */
  async #train(total: number): Promise<boolean> {
    const { parameters } = this.#trainee.spec
    const trainer = this.#trainer(total)
    const [evaluateEvery, checkpointEvery] = [Number(parameters.evaluateEvery), Number(parameters.checkpointEvery)]
    const next = (every: number) => (Math.floor(this.#step / every) + 1) * every
    if (this.#member.isFresh) await this.#evaluate()
    while (this.#step < total) {
      const until = Math.min(total, next(evaluateEvery), next(checkpointEvery), this.#step + this.#turn)
      const began = performance.now()
      await this.#program.train(this.#step, until, trainer)
      advance()
      this.#pace(until - this.#step, performance.now() - began)
      this.#step = until
      if (until % evaluateEvery === 0 || until === total) await this.#evaluate()
      const due = until % checkpointEvery === 0 && until < total
      if (due || performance.now() - this.#reported.at > REPORT_MS.alone) await this.#report(due)
      const wanted = this.#member.hooks.wanted()
      if (wanted === 'cancel') throw new Cancelled()
      if (wanted === 'pause' && until < total) {
        await this.#report(true)
        this.#member.end('paused', this.#step, this.#seconds)
        return false
      }
    }
    await this.#report(false)
    return true
  }

  #pace(steps: number, ms: number): void {
    this.#turn = Math.max(1, Math.min(2 * this.#turn, Math.round((steps * TURN_MS) / Math.max(1, ms))))
  }

  #trainer(total: number): TrainingServer {
    const serving = new Serving(this.#member.problem, this.#environment)
    const every = stepInterval(total)
    const { metrics } = this.#started.hello
    return {
      reset: (request) => {
        advance()
        return serving.reset(request)
      },
      step: (actions) => serving.step(actions),
      metrics: (step, values) => {
        const stray = Object.keys(values).find((key) => !metrics.includes(key))
        if (stray !== undefined) {
          throw new ProgramFault(`It reported "${stray}", which is not among the metrics it declared: ${metrics.join(', ') || 'none'}.`)
        }
        if (step % every === 0 || step === 1 || step === total) this.#member.addStep(step, values)
      },
      log: (text) => {
        if (this.#notes++ < MOST_NOTES) this.#hooks.note(text)
      }
    }
  }

  async #place(): Promise<Uint8Array[]> {
    return placedBy(this.#program, this.#member.problem, this.#member.problem.heldOut)
  }

  async #evaluate(): Promise<void> {
    this.#member.addEvaluation(this.#step, { placements: await this.#place() })
  }

  async #report(withCheckpoint: boolean): Promise<void> {
    const now = performance.now()
    if (this.#step > this.#reported.steps) {
      this.#member.add('speed', this.#step, ((this.#step - this.#reported.steps) * 1000) / (now - this.#reported.at))
    }
    const state = withCheckpoint ? pack({ data: this.#kept(), arrays: { state: await this.#state() } }) : undefined
    await this.#member.report(this.#step, this.#seconds, state)
    this.#reported = { at: performance.now(), steps: this.#step }
  }

  /** What the lab itself needs to continue from here. A rollout under way is not kept: what follows begins with a reset. */
  #kept(): Kept {
    return { step: this.#step, environment: this.#environment.state }
  }

  async #state(): Promise<Uint8Array> {
    const state = await this.#program.checkpoint()
    // Packed arrays are named by their type, which a Buffer is not.
    return new Uint8Array(state.buffer, state.byteOffset, state.length)
  }

  async #complete(): Promise<void> {
    const began = performance.now()
    const placements = await this.#place()
    const ms = performance.now() - began
    const workflows = this.#member.problem.heldOut.reduce((sum, { model }) => sum + model.workflows.length, 0)
    const steps = this.#trainee.spec.parameters.learnSteps === undefined ? workflows : this.#step
    // It cannot be asked again what it would do: what it did is kept, to be looked at.
    this.#member.complete(steps, this.#seconds, { placements }, ms, placementBytes(placements))
  }
}
