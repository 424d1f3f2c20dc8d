import type { Executor } from '../batch/executor'
import type { Outlook } from './outlook'
import type { Toll } from './toll'

/** What is kept after a decision before the clocks: T of its workflow, the least that T can be, Σ T and its least, δ · E/E_ref so far. */
const OWN_DELAY = 0
const OWN_LEAST = 1
const DELAYS = 2
const LEAST = 3
const ENERGY = 4
const CLOCKS = 5

/**
 * A placement that is changed one task at a time. What the executor keeps after every decision is kept here too, so that a change is
 * executed from the changed decision on alone, and given up as soon as it is sure to cost too much.
 */
export class Incremental {
  /** [decisions] the placement. */
  readonly placement: Uint8Array
  readonly #executor: Executor
  readonly #outlook: Outlook
  readonly #toll: Toll | undefined
  /** [decisions] the decision before each that is for the same workflow; −1: none. */
  readonly #previous: Int32Array
  /** The state that is executed: after `try`, times and places of tasks from the changed decision on are those of the change. */
  readonly #state: Float64Array
  /** [columns · decisions] the times of tasks under the placement. */
  readonly #times: Float64Array
  /** Two tables of decisions + 1 rows; `side` says which has the row of the placement. A change is written to the other. */
  readonly #rows: Float64Array
  readonly #side: Uint8Array
  readonly #width: number
  /** [M] the least that each T can be. */
  readonly #least: Float64Array
  #cost = Infinity
  #changed = 0
  #place = 0
  #reached = 0
  #tried = Infinity

  /** `toll`: paid beyond Q for the machines as the placement leaves them. */
  constructor(outlook: Outlook, toll?: Toll) {
    const { executor, clocks, columns } = outlook
    const { layout, batch } = executor
    const { decisions, workflowOf, workflows } = batch
    this.#outlook = outlook
    this.#toll = toll
    this.#executor = executor
    this.#width = CLOCKS + clocks
    this.#rows = new Float64Array(2 * (decisions + 1) * this.#width)
    this.#side = new Uint8Array(decisions + 1)
    this.#state = new Float64Array(layout.size)
    this.#times = new Float64Array(columns.length * decisions)
    this.#least = new Float64Array(workflows.length)
    const last = new Int32Array(workflows.length).fill(-1)
    this.#previous = workflowOf.map((workflow, i) => {
      const previous = last[workflow]
      last[workflow] = i
      return previous
    })
    this.placement = new Uint8Array(decisions)
  }

  /** Q of the placement, and the toll. */
  get cost(): number {
    return this.#cost
  }

  /** Takes a whole placement; returns its cost. Throws RangeError where a flow of it has no route. */
  set(placement: ArrayLike<number>): number {
    const { layout } = this.#executor
    this.placement.set(placement)
    this.#executor.begin(this.#state)
    this.#side.fill(0)
    for (let c = 0; c < this.#outlook.clocks; c++) this.#rows[CLOCKS + c] = this.#state[layout.clocks + c]
    this.#tried = this.try(0, placement[0])
    if (this.#tried === Infinity) throw new RangeError('the placement sends data where no route leads')
    this.accept()
    return this.#cost
  }

  /**
   * The cost with decision `i` at `place`; Infinity where it is not below `limit`. It is not taken over yet: `accept` does that, `reject` leaves it,
   * and one of them must follow.
   */
  try(i: number, place: number, limit = Infinity): number {
    this.#changed = i
    this.#place = place
    this.#tried = this.#execute(limit)
    return this.#tried
  }

  accept(): void {
    const { columns } = this.#outlook
    const { decisions } = this.#executor.batch
    this.placement[this.#changed] = this.#place
    for (let c = 0; c < columns.length; c++) {
      for (let j = this.#changed; j < this.#reached; j++) this.#times[c * decisions + j] = this.#state[columns[c] + j]
    }
    for (let j = this.#changed; j < this.#reached; j++) this.#side[j + 1] ^= 1
    this.#cost = this.#tried
  }

  reject(): void {
    const { columns } = this.#outlook
    const { place } = this.#executor.layout
    const { decisions } = this.#executor.batch
    for (let c = 0; c < columns.length; c++) {
      for (let j = this.#changed; j < this.#reached; j++) this.#state[columns[c] + j] = this.#times[c * decisions + j]
    }
    for (let j = this.#changed; j < this.#reached; j++) this.#state[place + j] = this.placement[j]
  }

  #execute(limit: number): number {
    const executor = this.#executor
    const { layout, batch, costPerSecond, costPerJoule } = executor
    const { tails, restEnergy, columns, clocks } = this.#outlook
    const { workflowOf, release, decisions, places } = batch
    const state = this.#state
    const rows = this.#rows
    const first = this.#changed
    let row = this.#row(first)
    let delays = rows[row + DELAYS]
    let leasts = rows[row + LEAST]
    let energy = rows[row + ENERGY]
    state[layout.taken] = first
    for (let c = 0; c < clocks; c++) state[layout.clocks + c] = rows[row + CLOCKS + c]
    for (let j = first; j < decisions; j++) {
      const place = j === first ? this.#place : this.placement[j]
      const w = workflowOf[j]
      if (this.#previous[j] < first) this.#load(w, this.#previous[j])
      this.#reached = j + 1
      for (let c = 0; c < columns.length; c++) state[columns[c] + j] = 0
      const before = state[layout.delay + w]
      if (executor.step(state, 0, place) === Infinity) return Infinity
      energy += executor.lastJoules * costPerJoule
      const delay = state[layout.delay + w]
      delays += delay - before
      const ahead = Math.max(delay, state[layout.finish + j] + tails[j * places + place] - release[w])
      if (ahead > this.#least[w]) {
        leasts += ahead - this.#least[w]
        this.#least[w] = ahead
      }
      if (!(leasts * costPerSecond + energy + restEnergy[j + 1] < limit)) return Infinity
      row = ((1 - this.#side[j + 1]) * (decisions + 1) + j + 1) * this.#width
      rows[row + OWN_DELAY] = delay
      rows[row + OWN_LEAST] = this.#least[w]
      rows[row + DELAYS] = delays
      rows[row + LEAST] = leasts
      rows[row + ENERGY] = energy
      for (let c = 0; c < clocks; c++) rows[row + CLOCKS + c] = state[layout.clocks + c]
    }
    const own = delays * costPerSecond + energy
    const cost = this.#toll ? own + this.#toll(state, 0) : own
    return cost < limit ? cost : Infinity
  }

  /** Where the row after so many decisions stands. */
  #row(taken: number): number {
    return (this.#side[taken] * this.#side.length + taken) * this.#width
  }

  /** Puts T of a workflow, and its least, where they were after decision `previous`, its last one before the change. */
  #load(workflow: number, previous: number): void {
    const delay = this.#executor.layout.delay + workflow
    if (previous < 0) {
      this.#state[delay] = 0
      this.#least[workflow] = 0
      return
    }
    const row = this.#row(previous + 1)
    this.#state[delay] = this.#rows[row + OWN_DELAY]
    this.#least[workflow] = this.#rows[row + OWN_LEAST]
  }
}
