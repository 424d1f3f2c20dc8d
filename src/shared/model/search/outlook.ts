import type { Executor } from '../batch/executor'

/**
 * What lies ahead of a state, as far as it can be told without deciding it. Seconds count from the batch's zero.
 *
 * A task is live while one that waits for it is to be placed. The times of a state are its clocks and when its live tasks end: with the
 * places of these they decide all that is to come.
 */
export abstract class Outlook {
  readonly executor: Executor
  /** [M] after how many decisions each workflow is placed. */
  readonly ends: Int32Array
  /** How many clocks a state has, from `layout.clocks` on. */
  abstract readonly clocks: number
  /**
   * Where the [decisions] times of tasks stand in a state, each of which is written when its task is placed: when it ends, and what else the
   * executor keeps of it that never counts for more than a clock does.
   */
  abstract readonly columns: readonly number[]
  /**
   * [decisions · K] least seconds from the end of a task at a place to the end of its workflow, where nothing waits and every task chooses
   * its place for each that it follows alone.
   */
  abstract readonly tails: Float64Array
  /** [decisions + 1] δ · E/E_ref of the decisions from each on at least. */
  abstract readonly restEnergy: Float64Array
  /** [decisions] the last decision whose task waits for each; 0: none. */
  readonly #last: Int32Array
  #live: readonly Int32Array[] | undefined

  /** `from[start[i]]` … `from[start[i + 1] − 1]`: the decisions whose tasks decision `i` waits for; below 0: none. */
  constructor(executor: Executor, start: Int32Array, from: Int32Array) {
    const { decisions, workflowOf, workflows } = executor.batch
    this.executor = executor
    this.#last = new Int32Array(decisions)
    for (let i = 0; i < decisions; i++) for (let f = start[i]; f < start[i + 1]; f++) if (from[f] >= 0) this.#last[from[f]] = i
    this.ends = new Int32Array(workflows.length)
    workflowOf.forEach((workflow, i) => {
      this.ends[workflow] = i + 1
    })
  }

  /** [decisions + 1] the tasks that are live after so many decisions, in their order. Made when first asked for: of wide graphs it is large. */
  get live(): readonly Int32Array[] {
    this.#live ??= liveTasks(this.#last)
    return this.#live
  }

  /**
   * [M] writes seconds from its release below which T of no workflow can be: clocks stand as they are, and nothing else waits. Returns
   * false, with `into` as it happens to be, where they sum up to more than `limit`.
   */
  abstract delays(states: Float64Array, at: number, into: Float64Array, limit?: number): boolean

  /**
   * Does what `delays` does, and writes the times of the state from `offset` on. Each is raised to the earliest moment at which it may be
   * of effect, and clocks of the same kind are in ascending order. Two states after the same decisions whose live tasks are at the same
   * places: where no time of one is more than d ≥ 0 seconds after the other's, no workflow that is yet to be placed ends more than d
   * seconds later.
   */
  abstract times(states: Float64Array, at: number, into: Float64Array, offset: number, delays: Float64Array, limit?: number): boolean

  /** How many times `times` writes after so many decisions. */
  width(taken: number): number {
    return this.clocks + this.live[taken].length
  }

  /** Writes times, as `times` wrote them, into a state after so many decisions as it says itself. */
  restore(times: Float64Array, from: number, states: Float64Array, at: number): void {
    const { clocks, finish } = this.executor.layout
    const live = this.live[states[at]]
    let next = from
    for (let c = 0; c < this.clocks; c++) states[at + clocks + c] = times[next++]
    for (let l = 0; l < live.length; l++) states[at + finish + live[l]] = times[next++]
  }
}

function liveTasks(last: Int32Array): Int32Array[] {
  let live: number[] = []
  return Array.from({ length: last.length + 1 }, (_, taken) => {
    if (taken > 0) live = [...live, taken - 1].filter((j) => last[j] >= taken)
    return Int32Array.from(live)
  })
}

/** A time that is of effect from `use` on: no earlier than that, and 0 where it never is. */
export function raised(time: number, use: number): number {
  if (use === Infinity) return 0
  return Math.max(use, time)
}
