import type { Objective, References } from '../objective'
import type { Workflow } from '../workflow'
import type { Decision } from './order'
import { type Figures, Recorder, type Timeline } from './recording'

/** What any executor needs to know of the workflows it executes: their tasks in order, and which flows lead into each. */
export interface Decisions {
  workflows: readonly Workflow[]
  /** K. */
  places: number
  decisions: number
  order: readonly Decision[]
  /** [decisions] */
  workflowOf: Int32Array
  /** [M] s from the batch's zero, when T of each workflow starts to count. */
  release: Float64Array
}

/** Where the parts of a state stand in it, counted from its first number. */
export interface StateLayout {
  /** How many decisions were taken. */
  taken: number
  /** [M] T_x so far, s. */
  delay: number
  /** [decisions] when each placed task ends, s from the batch's zero; its place. 0 before it is placed. */
  finish: number
  place: number
  /** What an execution keeps beside that: clocks of processors and links. */
  clocks: number
  /** Numbers in a state. */
  size: number
}

/**
 * Executes placements of a batch, decision by decision. A state is `layout.size` numbers of a Float64Array from any offset on, changed in
 * place: many states are one array, and a state is copied by `set` or `copyWithin`. Nothing is allocated by `begin`, `step` and `run`.
 */
export abstract class Executor<D extends Decisions = Decisions> {
  readonly batch: D
  readonly layout: StateLayout
  /** 1 / T_ref and δ / E_ref: what a second and a joule cost. */
  readonly costPerSecond: number
  readonly costPerJoule: number
  readonly #scratch: Float64Array
  #joules = 0

  /** `clocks`: numbers that the execution keeps in a state beside tasks and workflows. */
  constructor(batch: D, objective: Objective, references: References, clocks: number) {
    this.batch = batch
    const delay = 1
    const finish = delay + batch.workflows.length
    const place = finish + batch.decisions
    this.layout = { taken: 0, delay, finish, place, clocks: place + batch.decisions, size: place + batch.decisions + clocks }
    this.costPerSecond = 1 / references.delaySeconds
    this.costPerJoule = objective.energyWeight / references.energyJoules
    this.#scratch = new Float64Array(this.layout.size)
  }

  /**
   * Books decision `i` at `place` into the state at `at`: when its data arrives, when it runs, when its results are back. Sets its finish,
   * its place and the T of its workflow; returns the joules it costs. T is Infinity where a flow has no route.
   */
  protected abstract book(states: Float64Array, at: number, i: number, place: number, recorder?: Recorder): number

  /** [K] 1 where decision `i` may go. */
  protected abstract mayGo(states: Float64Array, at: number, i: number, into: Uint8Array): void

  /** The state before the first decision. */
  begin(states: Float64Array, at = 0): void {
    states.fill(0, at, at + this.layout.size)
  }

  /** Takes the next decision: changes the state at `at`, and returns F = (T after − T before)/T_ref + δ · E_i/E_ref. */
  step(states: Float64Array, at: number, place: number): number {
    const i = states[at]
    const delay = at + this.layout.delay + this.batch.workflowOf[i]
    const before = states[delay]
    this.#joules = this.book(states, at, i, place)
    states[at] = i + 1
    const after = states[delay]
    return after === Infinity ? Infinity : (after - before) * this.costPerSecond + this.#joules * this.costPerJoule
  }

  /** Joules of the decision that was taken last. */
  get lastJoules(): number {
    return this.#joules
  }

  /** [K] writes 1 where the next decision may go, 0 elsewhere. */
  moves(states: Float64Array, at: number, into: Uint8Array): void {
    this.mayGo(states, at, states[at], into)
  }

  /** Q of a placement [decisions]; Infinity where a flow has no route. */
  run(placement: ArrayLike<number>): number {
    const states = this.#scratch
    const { decisions } = this.batch
    states.fill(0)
    let joules = 0
    for (let i = 0; i < decisions; i++) joules += this.book(states, 0, i, placement[i])
    const { delay } = this.layout
    let seconds = 0
    for (let w = 0; w < this.batch.workflows.length; w++) seconds += states[delay + w]
    return seconds === Infinity ? Infinity : seconds * this.costPerSecond + joules * this.costPerJoule
  }

  /** T and E of each workflow under a placement. */
  figures(placement: ArrayLike<number>): Figures {
    return this.#execute(placement)
  }

  /** Start and finish of every task and transfer under a placement, in seconds from the batch's zero. */
  timeline(placement: ArrayLike<number>): Timeline {
    const recorder = new Recorder()
    const figures = this.#execute(placement, recorder)
    return recorder.timeline(this.batch.workflows, this.batch.release, figures)
  }

  #execute(placement: ArrayLike<number>, recorder?: Recorder): Figures {
    const { workflows, workflowOf, decisions } = this.batch
    const states = new Float64Array(this.layout.size)
    const energyJoules = new Float64Array(workflows.length)
    for (let i = 0; i < decisions; i++) energyJoules[workflowOf[i]] += this.book(states, 0, i, placement[i], recorder)
    const delaySeconds = states.slice(this.layout.delay, this.layout.delay + workflows.length)
    return { delaySeconds, energyJoules, cost: this.run(placement) }
  }
}
