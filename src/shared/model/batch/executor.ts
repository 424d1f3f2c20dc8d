import { weightedCost } from '../cost'
import type { Objective, References } from '../objective'
import type { Tier } from '../topology'
import type { Workflow } from '../workflow'
import type { Measured, WorkflowSchedule } from '../world'
import type { TaskDecision } from './order'
import { TimelineRecorder } from './recording'

/** What every executor knows of the workflows it executes: M workflows, K places, and the decisions in their order. */
export interface Decisions {
  workflows: readonly Workflow[]
  /** K. */
  places: number
  decisions: number
  order: readonly TaskDecision[]
  /** [decisions] */
  workflowOf: Int32Array
  /** [M] when T of each workflow starts to count, in s from the episode's zero. */
  release: Float64Array
}

/** Where the parts of a state stand, counted from its first number. */
export interface StateLayout {
  /** How many decisions were taken. */
  taken: number
  /** [M] T_x so far, s. */
  delay: number
  /** [decisions] when each placed task ends, s from the episode's zero, and its place; 0 before it is placed. */
  finish: number
  place: number
  /** What an execution keeps beside that: the clocks of processors and links. */
  clocks: number
  /** Numbers in a state. */
  size: number
}

/**
 * Executes placements of one episode, decision by decision. A state is `layout.size` numbers of a Float64Array from any offset on, changed
 * in place: many states are one array, and a state is copied by `set` or `copyWithin`. `begin`, `step`, `moves` and `run` allocate nothing.
 */
export abstract class Executor<D extends Decisions = Decisions> {
  readonly batch: D
  readonly layout: StateLayout
  readonly objective: Objective
  readonly references: References
  /** 1 / T_ref and δ / E_ref: what a second and a joule cost. */
  readonly costPerSecond: number
  readonly costPerJoule: number
  readonly #scratch: Float64Array
  #joules = 0

  /** `clocks`: numbers that the execution keeps in a state beside those of tasks and workflows. */
  constructor(batch: D, objective: Objective, references: References, clocks: number) {
    this.batch = batch
    this.objective = objective
    this.references = references
    this.costPerSecond = 1 / references.delaySeconds
    this.costPerJoule = objective.energyWeight / references.energyJoules
    const delay = 1
    const finish = delay + batch.workflows.length
    const place = finish + batch.decisions
    this.layout = { taken: 0, delay, finish, place, clocks: place + batch.decisions, size: place + batch.decisions + clocks }
    this.#scratch = new Float64Array(this.layout.size)
  }

  /**
   * Books decision `i` at `place` into the state at `at`: when its data arrives, when it runs, when its results are back. Sets its finish,
   * its place and the T of its workflow; returns the joules it costs. T is Infinity where a flow has no route.
   */
  protected abstract book(states: Float64Array, at: number, i: number, place: number, recorder?: TimelineRecorder): number

  /** [K] writes 1 where decision `i` may go, 0 elsewhere. */
  protected abstract mayGo(states: Float64Array, at: number, i: number, into: Uint8Array): void

  /** [K] the nodes that a workflow may use, in the order of places. */
  abstract locations(workflow: number): readonly { id: string; tier: Tier }[]

  /** [M] seconds below which T of no workflow can be, whatever is placed where. */
  abstract leastDelays(): Float64Array

  /** Joules below which E of all cannot be. */
  abstract leastJoules(): number

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
    const joules = this.#place(placement)
    const seconds = this.#delays()
    return seconds === Infinity ? Infinity : weightedCost(this.objective, this.references, seconds, joules)
  }

  /** Q, Σ T_x and Σ E_x of a placement [decisions]. */
  measure(placement: ArrayLike<number>): Measured {
    const cost = this.run(placement)
    return { cost, delaySeconds: this.#delays(), energyJoules: this.#place(placement) }
  }

  /** Costs and times of each workflow [M]; tasks and transfers in the order in which they are booked. */
  schedule(placement: ArrayLike<number>): WorkflowSchedule[] {
    const { batch, layout, objective, references } = this
    const states = new Float64Array(layout.size)
    this.begin(states)
    const recorder = new TimelineRecorder(batch.workflows.length)
    const joules = new Float64Array(batch.workflows.length)
    const places = batch.workflows.map((_, w) => this.locations(w))
    const placements = places.map((): [task: string, node: string][] => [])
    for (let i = 0; i < batch.decisions; i++) {
      const { workflow, task } = batch.order[i]
      joules[workflow] += this.book(states, 0, i, placement[i], recorder)
      placements[workflow].push([batch.workflows[workflow].tasks[task].id, places[workflow][placement[i]].id])
    }
    return batch.workflows.map(({ id, deadlineSeconds }, w) => {
      const delaySeconds = states[layout.delay + w]
      return {
        id,
        cost: weightedCost(objective, references, delaySeconds, joules[w]),
        delaySeconds,
        energyJoules: joules[w],
        placement: Object.fromEntries(placements[w]),
        tasks: recorder.tasks[w],
        transfers: recorder.transfers[w],
        releaseSeconds: batch.release[w],
        ...(deadlineSeconds !== undefined && { tardinessSeconds: Math.max(0, delaySeconds - deadlineSeconds) })
      }
    })
  }

  /** Executes a placement in the scratch state; returns its joules. */
  #place(placement: ArrayLike<number>): number {
    this.begin(this.#scratch)
    let joules = 0
    for (let i = 0; i < this.batch.decisions; i++) joules += this.book(this.#scratch, 0, i, placement[i])
    return joules
  }

  /** Σ T_x in the scratch state. */
  #delays(): number {
    let seconds = 0
    for (let w = 0; w < this.batch.workflows.length; w++) seconds += this.#scratch[this.layout.delay + w]
    return seconds
  }
}
