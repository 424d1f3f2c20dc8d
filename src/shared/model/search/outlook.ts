import type { Executor } from '../batch/executor'

/**
 * What lies ahead of a state, as far as it can be told without deciding it. Seconds count from the batch's zero.
 *
 * A task is live while one that waits for it is to be placed. The times of a state are its clocks and those of its live tasks, such as when
 * they end: with the places of these they decide all that is to come.
 */
export abstract class Outlook {
  readonly executor: Executor
  /** [decisions + 1] the tasks that are live after so many decisions, in their order. */
  readonly live: readonly Int32Array[]
  /** [M] after how many decisions each workflow is placed. */
  readonly ends: Int32Array
  /** How many clocks a state has, from `layout.clocks` on. */
  abstract readonly clocks: number
  /** Where the [decisions] times of tasks stand in a state, each of which is written when its task is placed. */
  abstract readonly columns: readonly number[]
  /**
   * [decisions · K] least seconds from the end of a task at a place to the end of its workflow, where nothing waits and every task chooses
   * its place anew for each that it follows.
   */
  abstract readonly tails: Float64Array
  /** [decisions + 1] δ · E/E_ref of the decisions from each on at least. */
  abstract readonly restEnergy: Float64Array

  /** `from[start[i]]` … `from[start[i + 1] − 1]`: the decisions whose tasks decision `i` waits for; below 0: none. */
  constructor(executor: Executor, start: Int32Array, from: Int32Array) {
    const { decisions, workflowOf, workflows } = executor.batch
    this.executor = executor
    this.live = liveTasks(decisions, start, from)
    this.ends = new Int32Array(workflows.length)
    workflowOf.forEach((workflow, i) => {
      this.ends[workflow] = i + 1
    })
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
    return this.clocks + this.columns.length * this.live[taken].length
  }

  /** Writes times, as `times` wrote them, into a state after so many decisions as it says itself. */
  restore(times: Float64Array, from: number, states: Float64Array, at: number): void {
    const first = at + this.executor.layout.clocks
    const live = this.live[states[at]]
    let next = from
    for (let c = 0; c < this.clocks; c++) states[first + c] = times[next++]
    for (let l = 0; l < live.length; l++)
      for (let c = 0; c < this.columns.length; c++) states[at + this.columns[c] + live[l]] = times[next++]
  }
}

function liveTasks(decisions: number, start: Int32Array, from: Int32Array): Int32Array[] {
  const last = new Int32Array(decisions)
  for (let i = 0; i < decisions; i++) for (let f = start[i]; f < start[i + 1]; f++) if (from[f] >= 0) last[from[f]] = i
  let live: number[] = []
  return Array.from({ length: decisions + 1 }, (_, taken) => {
    if (taken > 0) live = [...live, taken - 1].filter((j) => last[j] >= taken)
    return Int32Array.from(live)
  })
}

/** A time that is of effect from `use` on: no earlier than that, and 0 where it never is. */
export function raised(time: number, use: number): number {
  if (use === Infinity) return 0
  return Math.max(use, time)
}
