import type { Workflow } from '../workflow'
import type { Measured, Reference, Step, WorkflowSchedule, WorldEpisode } from '../world'
import type { Executor } from './executor'
import type { TaskDecision } from './order'

/** Finds the reference of an episode. */
export type Ruler = (executor: Executor) => Reference

/**
 * An episode over an executor. Its states are the executor's, an array each; what handles many states at once works on `executor` itself.
 */
export class BatchEpisode implements WorldEpisode<Float64Array> {
  readonly executor: Executor
  readonly #ruler: Ruler
  #reference: Reference | undefined

  constructor(executor: Executor, ruler: Ruler) {
    this.executor = executor
    this.#ruler = ruler
  }

  get workflows(): readonly Workflow[] {
    return this.executor.batch.workflows
  }

  get decisions(): number {
    return this.executor.batch.decisions
  }

  get places(): number {
    return this.executor.batch.places
  }

  get order(): readonly TaskDecision[] {
    return this.executor.batch.order
  }

  start(): Float64Array {
    const state = new Float64Array(this.executor.layout.size)
    this.executor.begin(state)
    return state
  }

  moves(state: Float64Array): Uint8Array {
    const moves = new Uint8Array(this.places)
    this.executor.moves(state, 0, moves)
    return moves
  }

  step(state: Float64Array, place: number): Step<Float64Array> {
    const next = state.slice()
    return { cost: this.executor.step(next, 0, place), next }
  }

  total(placement: ArrayLike<number>): number {
    return this.executor.run(placement)
  }

  locations(workflow: number): ReturnType<Executor['locations']> {
    return this.executor.locations(workflow)
  }

  measure(placement: ArrayLike<number>): Measured {
    return this.executor.measure(placement)
  }

  schedule(placement: ArrayLike<number>): WorkflowSchedule[] {
    return this.executor.schedule(placement)
  }

  /** Takes a reference over that was found for the same workflows in the same world. */
  adopt(reference: Reference): void {
    this.#reference = reference
  }

  reference(): Reference {
    this.#reference ??= this.#ruler(this.executor)
    return this.#reference
  }
}
