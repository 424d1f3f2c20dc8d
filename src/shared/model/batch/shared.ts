import type { Objective, References } from '../objective'
import type { TopologyNode } from '../topology'
import { type Batch, locationsIn } from './batch'
import { leastDelays, leastJoules } from './bound'
import { Executor } from './executor'
import { DEVICE } from './graph'
import { writeMoves } from './moves'
import { type Hop, type TimelineRecorder, recordTask, recordTransfer } from './recording'

/**
 * Execution "shared": every core and every link, in each of its directions, serves one thing at a time, in the order in which things are
 * booked; nothing is booked before what is there. Clocks of a state: when each core is free, then when each link direction is.
 */
export class SharedExecutor extends Executor<Batch> {
  /** Where the clocks of cores, and of link directions, stand in a state. */
  readonly cores: number
  readonly directions: number

  constructor(batch: Batch, objective: Objective, references: References) {
    const { coreStart, nodes, links } = batch.machines
    const cores = coreStart[nodes.length]
    super(batch, objective, references, cores + 2 * links.length)
    this.cores = this.layout.clocks
    this.directions = this.layout.clocks + cores
  }

  /** A core holds a task for v/C from the moment all its data has arrived and the core is free; returns are booked right after it. */
  protected override book(states: Float64Array, at: number, i: number, place: number, recorder?: TimelineRecorder): number {
    const { batch, layout } = this
    const { places, inMegabytes, outMegabytes } = batch
    const workflow = batch.workflowOf[i]
    const release = batch.release[workflow]
    const finishes = at + layout.finish
    let joules = batch.computeJoules[i * places + place]
    let ready = release
    let sent = release
    for (let f = batch.inStart[i], end = batch.inStart[i + 1]; f < end; f++) {
      const from = batch.inFrom[f]
      let arrival = release
      let source = 0
      if (from !== DEVICE) {
        arrival = states[finishes + from]
        source = states[at + layout.place + from]
      }
      if (arrival > sent) sent = arrival
      if (source !== place) {
        const route = batch.between[batch.inRoutes[f] + source * places + place]
        if (route >= 0) joules += batch.routeJoulesPerMegabyte[route] * inMegabytes[f]
        const hops: Hop[] | undefined = recorder && []
        arrival = this.#send(states, at, route, inMegabytes[f], arrival, hops)
        if (recorder && hops) recordTransfer(recorder, batch, i, batch.inFlow[f], hops)
      }
      if (arrival > ready) ready = arrival
    }
    const node = batch.nodeOf[workflow * places + place]
    const clock = this.#freeCore(states, at, node)
    const start = Math.max(ready, states[clock])
    const finish = start + batch.computeSeconds[i * places + place]
    states[clock] = finish
    states[finishes + i] = finish
    states[at + layout.place + i] = place
    let last = finish
    for (let f = batch.outStart[i], end = place === 0 ? f : batch.outStart[i + 1]; f < end; f++) {
      const route = batch.between[batch.outRoutes[f] + place * places]
      if (route >= 0) joules += batch.routeJoulesPerMegabyte[route] * outMegabytes[f]
      const hops: Hop[] | undefined = recorder && []
      const back = this.#send(states, at, route, outMegabytes[f], finish, hops)
      if (recorder && hops) recordTransfer(recorder, batch, i, batch.outFlow[f], hops)
      if (back > last) last = back
    }
    const delay = at + layout.delay + workflow
    if (last - release > states[delay]) states[delay] = last - release
    if (recorder) {
      const core = clock - at - this.cores - batch.machines.coreStart[node]
      recordTask(recorder, batch, i, place, { sent, arrived: ready, start, finish, core }, joules)
    }
    return joules
  }

  override locations(workflow: number): readonly TopologyNode[] {
    return locationsIn(this.batch, workflow)
  }

  override leastDelays(): Float64Array {
    return leastDelays(this.batch)
  }

  override leastJoules(): number {
    return leastJoules(this.batch)
  }

  protected override mayGo(states: Float64Array, at: number, i: number, into: Uint8Array): void {
    writeMoves(this.batch, this.layout, states, at, i, into)
  }

  /** The clock of a node's core that is free first, the lowest of several. */
  #freeCore(states: Float64Array, at: number, node: number): number {
    const { coreStart } = this.batch.machines
    const end = at + this.cores + coreStart[node + 1]
    let core = at + this.cores + coreStart[node]
    for (let c = core + 1; c < end; c++) if (states[c] < states[core]) core = c
    return core
  }

  /** Books a route hop by hop from `ready` on; returns when the data arrives. */
  #send(states: Float64Array, at: number, route: number, megabytes: number, ready: number, hops?: Hop[]): number {
    if (route < 0) return Infinity
    const { hopStart, hopDirection, hopSecondsPerMegabyte, hopSeconds } = this.batch
    const clocks = at + this.directions
    let arrival = ready
    for (let h = hopStart[route], end = hopStart[route + 1]; h < end; h++) {
      const clock = clocks + hopDirection[h]
      const start = Math.max(arrival, states[clock])
      const sent = start + megabytes * hopSecondsPerMegabyte[h]
      const arrivalSeconds = sent + hopSeconds[h]
      states[clock] = sent
      if (hops)
        hops.push({ direction: hopDirection[h], startSeconds: start, endSeconds: sent, waitSeconds: start - arrival, arrivalSeconds })
      arrival = arrivalSeconds
    }
    return arrival
  }
}
