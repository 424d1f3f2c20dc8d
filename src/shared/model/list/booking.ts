import { DEVICE } from '../batch/graph'
import { IndependentExecutor } from '../batch/independent'
import { SharedExecutor } from '../batch/shared'
import type { Outlook } from '../search/outlook'

/** Tasks booked one after another, in any order in which each comes after what it waits for. */
export interface Booking {
  /** When task `i` would end at `place`; Infinity where it cannot be there. What it waits for is booked. */
  finish(i: number, place: number): number
  book(i: number, place: number): void
}

/** Books by the world's own rule: machines and links serve in the order of booking, and nothing is booked before what is there. */
export class WorldBooking implements Booking {
  readonly #outlook: Outlook
  readonly #state: Float64Array
  readonly #clocks: Float64Array

  constructor(outlook: Outlook) {
    this.#outlook = outlook
    this.#state = new Float64Array(outlook.executor.layout.size)
    this.#clocks = new Float64Array(outlook.clocks)
    outlook.executor.begin(this.#state)
  }

  finish(i: number, place: number): number {
    const { executor, clocks, columns } = this.#outlook
    const { layout, batch } = executor
    const state = this.#state
    const delay = layout.delay + batch.workflowOf[i]
    const before = state[delay]
    for (let c = 0; c < clocks; c++) this.#clocks[c] = state[layout.clocks + c]
    const cost = this.#step(i, place)
    const finish = cost === Infinity ? Infinity : state[layout.finish + i]
    state[delay] = before
    state[layout.place + i] = 0
    for (const column of columns) state[column + i] = 0
    for (let c = 0; c < clocks; c++) state[layout.clocks + c] = this.#clocks[c]
    return finish
  }

  book(i: number, place: number): void {
    this.#step(i, place)
  }

  /** The executor books the decision whose number stands where those taken are counted. */
  #step(i: number, place: number): number {
    const { executor } = this.#outlook
    this.#state[executor.layout.taken] = i
    return executor.step(this.#state, 0, place)
  }
}

/** When a core is busy: from `starts` to `ends`, ascending. */
interface Core {
  starts: number[]
  ends: number[]
}

/**
 * Books as list heuristics are published: a task takes the first gap of a core that is long enough, also before what is booked already, and
 * flows take their routes' seconds whatever else is under way. Where nothing waits, no core is ever busy.
 */
export class InsertionBooking implements Booking {
  readonly #executor: SharedExecutor | IndependentExecutor
  readonly #finishes: Float64Array
  readonly #places: Uint8Array
  /** [nodes][cores] */
  readonly #cores: readonly (readonly Core[])[]

  constructor(executor: SharedExecutor | IndependentExecutor) {
    const { decisions, machines } = executor.batch
    this.#executor = executor
    this.#finishes = new Float64Array(decisions)
    this.#places = new Uint8Array(decisions)
    this.#cores = machines.nodes.map((_, n) =>
      Array.from({ length: machines.coreStart[n + 1] - machines.coreStart[n] }, () => ({ starts: [], ends: [] }))
    )
  }

  finish(i: number, place: number): number {
    const { batch } = this.#executor
    const seconds = batch.computeSeconds[i * batch.places + place]
    const ready = this.#ready(i, place)
    if (seconds === Infinity || ready === Infinity) return Infinity
    return this.#slot(i, place, ready, seconds).start + seconds
  }

  book(i: number, place: number): void {
    const { batch } = this.#executor
    const seconds = batch.computeSeconds[i * batch.places + place]
    const { start, core } = this.#slot(i, place, this.#ready(i, place), seconds)
    this.#places[i] = place
    this.#finishes[i] = start + seconds
    if (!core) return
    const at = core.starts.findLastIndex((other, b) => other < start || (other === start && core.ends[b] <= start)) + 1
    core.starts.splice(at, 0, start)
    core.ends.splice(at, 0, start + seconds)
  }

  /** When all that task `i` needs has arrived at `place`. */
  #ready(i: number, place: number): number {
    const { batch } = this.#executor
    const release = batch.release[batch.workflowOf[i]]
    let ready = release
    for (let f = batch.inStart[i]; f < batch.inStart[i + 1]; f++) {
      const from = batch.inFrom[f]
      const source = from === DEVICE ? 0 : this.#places[from]
      let arrival = from === DEVICE ? release : this.#finishes[from]
      if (source !== place) {
        const route = batch.between[batch.inRoutes[f] + source * batch.places + place]
        if (route < 0) return Infinity
        arrival += batch.routeSeconds[route] + batch.routeSecondsPerMegabyte[route] * batch.inMegabytes[f]
      }
      if (arrival > ready) ready = arrival
    }
    return ready
  }

  /** The earliest gap among the place's cores; of several the lowest core's. No core where nothing waits. */
  #slot(i: number, place: number, ready: number, seconds: number): { start: number; core?: Core } {
    const { batch } = this.#executor
    if (this.#executor instanceof IndependentExecutor) return { start: ready }
    let best: { start: number; core?: Core } = { start: Infinity }
    for (const core of this.#cores[batch.nodeOf[batch.workflowOf[i] * batch.places + place]]) {
      const start = firstGap(core, ready, seconds)
      if (start < best.start) best = { start, core }
    }
    return best
  }
}

/** The earliest start from `ready` on at which a core is free for `seconds`. */
function firstGap({ starts, ends }: Core, ready: number, seconds: number): number {
  // Intervals do not overlap, so that their ends ascend, too.
  let at = 0
  for (let end = ends.length; at < end; ) {
    const middle = (at + end) >> 1
    if (ends[middle] <= ready) at = middle + 1
    else end = middle
  }
  let start = ready
  for (; at < ends.length; at++) {
    if (start + seconds <= starts[at]) return start
    start = Math.max(start, ends[at])
  }
  return start
}

/** Books with insertion; on round trips, whose link is a machine of its own, by the world's rule. */
export function insertionBooking(outlook: Outlook): Booking {
  const { executor } = outlook
  return executor instanceof SharedExecutor || executor instanceof IndependentExecutor
    ? new InsertionBooking(executor)
    : new WorldBooking(outlook)
}
