import type { Executor } from '../batch/executor'
import type { Outlook } from './outlook'

/**
 * A placement that is changed one task at a time. What the executor keeps after every decision is kept here too, so that a change is
 * executed from the changed decision on alone, and given up as soon as it is sure to cost too much.
 */
export class Incremental {
  /** [decisions] the placement as it stands. */
  readonly placement: Uint8Array
  readonly #executor: Executor
  readonly #outlook: Outlook
  /** The state that is executed: after `try`, times and places of tasks from the changed decision on are those of the change. */
  readonly #state: Float64Array
  /** [columns · decisions] the times of tasks under the placement as it stands. */
  readonly #times: Float64Array
  /**
   * After each decision: T so far [M], clocks, T at least [M], Σ of these, δ · E/E_ref so far. Two tables of decisions + 1 rows, of which
   * `side` says which one has the placement's own row; a change is written to the other.
   */
  readonly #rows: Float64Array
  readonly #side: Uint8Array
  readonly #width: number
  readonly #least: Float64Array
  #cost = Infinity
  #changed = 0
  #place = 0
  #reached = 0
  #tried = Infinity

  constructor(outlook: Outlook) {
    const { executor } = outlook
    const { layout, batch } = executor
    const { length } = batch.workflows
    this.#outlook = outlook
    this.#executor = executor
    this.#width = 2 * length + outlook.clocks + 2
    this.#rows = new Float64Array(2 * (batch.decisions + 1) * this.#width)
    this.#side = new Uint8Array(batch.decisions + 1)
    this.#state = new Float64Array(layout.size)
    this.#times = new Float64Array(outlook.columns.length * batch.decisions)
    this.#least = new Float64Array(length)
    this.placement = new Uint8Array(batch.decisions)
  }

  /** Q of the placement as it stands. */
  get cost(): number {
    return this.#cost
  }

  /** Takes a whole placement; returns its Q. Throws RangeError where a flow of it has no route. */
  set(placement: ArrayLike<number>): number {
    this.placement.set(placement)
    this.#executor.begin(this.#state)
    this.#rows.fill(0)
    this.#side.fill(0)
    this.#place = placement[0]
    this.#changed = 0
    this.#tried = this.#execute(Infinity)
    if (this.#tried === Infinity) throw new RangeError('the placement sends data where no route leads')
    this.accept()
    return this.#cost
  }

  /**
   * Q with decision `i` at `place`, which is not yet taken over; Infinity where it is not below `limit`. `accept` takes it over, `reject`
   * leaves it: one of them must follow.
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
    const { tails, restEnergy, columns } = this.#outlook
    const { workflowOf, release, decisions, places } = batch
    const state = this.#state
    const least = this.#least
    const first = this.#changed
    let energy = this.#load(first)
    let seconds = 0
    for (let w = 0; w < least.length; w++) seconds += least[w]
    for (let j = first; j < decisions; j++) {
      const place = j === first ? this.#place : this.placement[j]
      this.#reached = j + 1
      for (const column of columns) state[column + j] = 0
      if (executor.step(state, 0, place) === Infinity) return Infinity
      energy += executor.lastJoules * costPerJoule
      const w = workflowOf[j]
      const delay = state[layout.delay + w]
      const ahead = state[layout.finish + j] + tails[j * places + place] - release[w]
      const atLeast = Math.max(ahead, delay)
      if (atLeast > least[w]) {
        seconds += atLeast - least[w]
        least[w] = atLeast
      }
      if (!(seconds * costPerSecond + energy + restEnergy[j + 1] < limit)) return Infinity
      this.#save(j + 1, energy)
    }
    let total = 0
    for (let w = 0; w < least.length; w++) total += state[layout.delay + w]
    const cost = total * costPerSecond + energy
    return cost < limit ? cost : Infinity
  }

  /** Puts what was kept before decision `i` into the state; returns the energy so far. */
  #load(i: number): number {
    const { layout } = this.#executor
    const { clocks } = this.#outlook
    const { length } = this.#least
    const state = this.#state
    const rows = this.#rows
    let next = (this.#side[i] * this.#side.length + i) * this.#width
    state[layout.taken] = i
    for (let w = 0; w < length; w++) state[layout.delay + w] = rows[next++]
    for (let c = 0; c < clocks; c++) state[layout.clocks + c] = rows[next++]
    for (let w = 0; w < length; w++) this.#least[w] = rows[next++]
    return rows[next]
  }

  #save(i: number, energy: number): void {
    const { layout } = this.#executor
    const { clocks } = this.#outlook
    const { length } = this.#least
    const state = this.#state
    const rows = this.#rows
    let next = ((1 - this.#side[i]) * this.#side.length + i) * this.#width
    for (let w = 0; w < length; w++) rows[next++] = state[layout.delay + w]
    for (let c = 0; c < clocks; c++) rows[next++] = state[layout.clocks + c]
    for (let w = 0; w < length; w++) rows[next++] = this.#least[w]
    rows[next] = energy
  }
}
