import type { Batch } from '../batch/batch'
import { DEVICE } from '../batch/graph'
import type { IndependentExecutor } from '../batch/independent'
import { SharedExecutor } from '../batch/shared'
import { Outlook, raised } from './outlook'

/** The outlook of executions over routes: shared machines, which have clocks, and independent workflows, which have none. */
export class BatchOutlook extends Outlook {
  override readonly clocks: number
  override readonly columns: readonly number[]
  override readonly tails: Float64Array
  override readonly restEnergy: Float64Array
  readonly #batch: Batch
  readonly #cores: number
  /** Where the clocks of link directions start in a state. */
  readonly #firstDirection: number
  readonly #directions: number
  /** [decisions · K] when each task can have ended at each place, in the state that was looked at last. */
  readonly earliest: Float64Array
  /** [nodes], [directions] when a core, a link direction can be next of effect, in the state whose times were written last. */
  readonly nodeUse: Float64Array
  readonly directionUse: Float64Array
  /** [decisions] when the finish of a live task can be of effect. */
  readonly #finishUse: Float64Array

  constructor(executor: SharedExecutor | IndependentExecutor) {
    const { batch } = executor
    super(executor, batch.inStart, batch.inFrom)
    const { coreStart, nodes, links } = batch.machines
    const hasClocks = executor instanceof SharedExecutor
    this.#batch = batch
    this.#cores = hasClocks ? coreStart[nodes.length] : 0
    this.#directions = hasClocks ? 2 * links.length : 0
    this.#firstDirection = executor.layout.clocks + this.#cores
    this.clocks = this.#cores + this.#directions
    this.columns = [executor.layout.finish]
    this.earliest = new Float64Array(batch.decisions * batch.places)
    this.nodeUse = new Float64Array(nodes.length)
    this.directionUse = new Float64Array(2 * links.length)
    this.#finishUse = new Float64Array(batch.decisions)
    this.restEnergy = leastEnergy(batch, executor.costPerJoule)
    this.tails = tailsOf(batch)
  }

  override delays(states: Float64Array, at: number, into: Float64Array, limit = Infinity): boolean {
    const { batch, layout } = this.executor
    let sum = 0
    for (let w = 0; w < batch.workflows.length; w++) {
      into[w] = states[at + layout.delay + w]
      sum += into[w]
    }
    return this.#look(states, at, into, sum, limit)
  }

  override times(states: Float64Array, at: number, into: Float64Array, offset: number, delays: Float64Array, limit = Infinity): boolean {
    const { layout } = this.executor
    this.nodeUse.fill(Infinity)
    this.directionUse.fill(Infinity)
    this.#finishUse.fill(Infinity)
    if (!this.delays(states, at, delays, limit)) return false
    let next = offset
    if (this.#cores > 0) {
      this.#writeCores(states, at + this.executor.layout.clocks, into, next)
      next += this.#cores
      const first = at + this.#firstDirection
      for (let h = 0; h < this.#directions; h++) into[next++] = raised(states[first + h], this.directionUse[h])
    }
    const live = this.live[states[at]]
    for (let l = 0; l < live.length; l++) into[next++] = raised(states[at + layout.finish + live[l]], this.#finishUse[live[l]])
    return true
  }

  /** Cores of a node are alike: their clocks are written in ascending order. */
  #writeCores(states: Float64Array, at: number, into: Float64Array, offset: number): void {
    const { coreStart, nodes } = this.#batch.machines
    for (let n = 0; n < nodes.length; n++) {
      for (let c = coreStart[n]; c < coreStart[n + 1]; c++) {
        const value = raised(states[at + c], this.nodeUse[n])
        let to = offset + c
        for (; to > offset + coreStart[n] && into[to - 1] > value; to--) into[to] = into[to - 1]
        into[to] = value
      }
    }
  }

  /**
   * Raises `delays`, which sum up to `sum`, to what the tasks that are left come to at least, and notes when clocks and finishes are of
   * effect. Gives up, with false, where the sum is above `limit`.
   */
  #look(states: Float64Array, at: number, delays: Float64Array, sum: number, limit: number): boolean {
    const batch = this.#batch
    const { places, decisions, inStart, inFrom, inRoutes, inMegabytes, outStart, outRoutes, outMegabytes, between, computeSeconds } = batch
    const { layout } = this.executor
    const earliest = this.earliest
    const tails = this.tails
    const finishUse = this.#finishUse
    const taken = states[at]
    const finishes = at + layout.finish
    for (let i = taken; i < decisions; i++) {
      const workflow = batch.workflowOf[i]
      const release = batch.release[workflow]
      const first = inStart[i]
      const last = inStart[i + 1]
      let end = Infinity
      for (let k = 0; k < places; k++) {
        const cell = i * places + k
        let ready = release
        for (let f = first; f < last; f++) {
          const from = inFrom[f]
          const routes = inRoutes[f] + k
          let arrival: number
          if (from >= taken) {
            arrival = earliest[from * places + k]
            for (let q = 0; q < places; q++) {
              if (q === k) continue
              const by = this.#arrival(states, at, between[routes + q * places], inMegabytes[f], earliest[from * places + q])
              if (by < arrival) arrival = by
            }
          } else {
            const source = from === DEVICE ? 0 : states[at + layout.place + from]
            arrival = from === DEVICE ? release : states[finishes + from]
            if (source !== k) {
              const route = between[routes + source * places]
              if (from !== DEVICE && route >= 0) {
                const free = this.#directions > 0 ? states[at + this.#firstDirection + batch.hopDirection[batch.hopStart[route]]] : 0
                if (free < finishUse[from]) finishUse[from] = free
              }
              arrival = this.#arrival(states, at, route, inMegabytes[f], arrival)
            }
          }
          if (arrival > ready) ready = arrival
        }
        const start = this.#start(states, at, batch.nodeOf[workflow * places + k], computeSeconds[cell] === Infinity ? Infinity : ready)
        for (let f = first; f < last; f++) {
          const from = inFrom[f]
          if (from < taken && from !== DEVICE && states[at + layout.place + from] === k && start < finishUse[from]) finishUse[from] = start
        }
        const finish = start + computeSeconds[cell]
        earliest[cell] = finish
        let back = finish + tails[cell]
        if (k > 0) {
          for (let f = outStart[i]; f < outStart[i + 1]; f++) {
            const returned = this.#arrival(states, at, between[outRoutes[f] + k * places], outMegabytes[f], finish)
            if (returned > back) back = returned
          }
        }
        if (back < end) end = back
      }
      const more = end - release - delays[workflow]
      if (more > 0) {
        delays[workflow] += more
        sum += more
        if (sum > limit) return false
      }
    }
    return true
  }

  /** When a task that is ready then starts at a node. */
  #start(states: Float64Array, at: number, node: number, ready: number): number {
    if (ready < this.nodeUse[node]) this.nodeUse[node] = ready
    if (this.#cores === 0) return ready
    const { coreStart } = this.#batch.machines
    const first = at + this.executor.layout.clocks
    let free = states[first + coreStart[node]]
    for (let c = coreStart[node] + 1; c < coreStart[node + 1]; c++) if (states[first + c] < free) free = states[first + c]
    return Math.max(free, ready)
  }

  /** When data that is there to be sent at `ready` arrives. */
  #arrival(states: Float64Array, at: number, route: number, megabytes: number, ready: number): number {
    if (route < 0) return Infinity
    const batch = this.#batch
    if (this.#directions === 0) return ready + batch.routeSeconds[route] + batch.routeSecondsPerMegabyte[route] * megabytes
    const first = at + this.#firstDirection
    const use = this.directionUse
    let arrival = ready
    for (let h = batch.hopStart[route], end = batch.hopStart[route + 1]; h < end; h++) {
      const direction = batch.hopDirection[h]
      if (arrival < use[direction]) use[direction] = arrival
      const free = states[first + direction]
      arrival = Math.max(free, arrival) + megabytes * batch.hopSecondsPerMegabyte[h] + batch.hopSeconds[h]
    }
    return arrival
  }
}

function tailsOf(batch: Batch): Float64Array {
  const { places, decisions, inStart, inFrom, inRoutes, inMegabytes, outStart, outRoutes, outMegabytes, computeSeconds } = batch
  const { between, routeSeconds, routeSecondsPerMegabyte } = batch
  const seconds = (routes: number, megabytes: number, from: number, to: number): number => {
    if (from === to) return 0
    const route = between[routes + from * places + to]
    return route < 0 ? Infinity : routeSeconds[route] + routeSecondsPerMegabyte[route] * megabytes
  }
  const tails = new Float64Array(decisions * places)
  // Whatever waits for a task is decided after it, so its own tails are known.
  for (let i = decisions - 1; i >= 0; i--) {
    for (let k = 0; k < places; k++) {
      let tail = tails[i * places + k]
      for (let f = outStart[i]; f < outStart[i + 1]; f++) tail = Math.max(tail, seconds(outRoutes[f], outMegabytes[f], k, 0))
      tails[i * places + k] = tail
    }
    for (let f = inStart[i]; f < inStart[i + 1]; f++) {
      if (inFrom[f] === DEVICE) continue
      for (let p = 0; p < places; p++) {
        let least = Infinity
        for (let k = 0; k < places; k++) {
          const by = seconds(inRoutes[f], inMegabytes[f], p, k) + computeSeconds[i * places + k] + tails[i * places + k]
          if (by < least) least = by
        }
        const at = inFrom[f] * places + p
        if (least > tails[at]) tails[at] = least
      }
    }
  }
  return tails
}

/** Each task where it costs least of the places in reach, and nothing sent. */
function leastEnergy({ places, decisions, workflowOf, reachable, computeJoules }: Batch, costPerJoule: number): Float64Array {
  const rest = new Float64Array(decisions + 1)
  for (let i = decisions - 1; i >= 0; i--) {
    let least = Infinity
    for (let k = 0; k < places; k++) if (reachable[workflowOf[i] * places + k]) least = Math.min(least, computeJoules[i * places + k])
    rest[i] = rest[i + 1] + least * costPerJoule
  }
  return rest
}
