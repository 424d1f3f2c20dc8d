import type { Objective, References } from '../objective'
import type { TopologyNode } from '../topology'
import { type Batch, locationsIn } from './batch'
import { leastDelays, leastJoules } from './bound'
import { Executor } from './executor'
import { DEVICE } from './graph'
import { writeMoves } from './moves'
import { type Hop, type TimelineRecorder, recordTask, recordTransfer } from './recording'

/**
 * Execution "independent": nothing waits for anything, so that a task starts when its last input has arrived and T_x is the longest path
 * through the workflow, from its own start on; a release is of no effect. A chain is the model of `cost.ts`.
 */
export class IndependentExecutor extends Executor<Batch> {
  constructor(batch: Batch, objective: Objective, references: References) {
    super({ ...batch, release: new Float64Array(batch.workflows.length) }, objective, references, 0)
  }

  protected override book(states: Float64Array, at: number, i: number, place: number, recorder?: TimelineRecorder): number {
    const { batch, layout } = this
    const { places, inMegabytes, outMegabytes } = batch
    const finishes = at + layout.finish
    let joules = batch.computeJoules[i * places + place]
    let start = 0
    let sent = 0
    for (let f = batch.inStart[i], end = batch.inStart[i + 1]; f < end; f++) {
      const from = batch.inFrom[f]
      const ready = from === DEVICE ? 0 : states[finishes + from]
      const source = from === DEVICE ? 0 : states[at + layout.place + from]
      let arrival = ready
      if (source !== place) {
        const route = batch.between[batch.inRoutes[f] + source * places + place]
        arrival = ready + this.#seconds(route, inMegabytes[f])
        if (route >= 0) joules += batch.routeJoulesPerMegabyte[route] * inMegabytes[f]
        if (recorder) recordTransfer(recorder, batch, i, batch.inFlow[f], this.#hops(route, inMegabytes[f], ready))
      }
      if (ready > sent) sent = ready
      if (arrival > start) start = arrival
    }
    const finish = start + batch.computeSeconds[i * places + place]
    states[finishes + i] = finish
    states[at + layout.place + i] = place
    let last = finish
    for (let f = batch.outStart[i], end = place === 0 ? f : batch.outStart[i + 1]; f < end; f++) {
      const route = batch.between[batch.outRoutes[f] + place * places]
      const back = finish + this.#seconds(route, outMegabytes[f])
      if (route >= 0) joules += batch.routeJoulesPerMegabyte[route] * outMegabytes[f]
      if (recorder) recordTransfer(recorder, batch, i, batch.outFlow[f], this.#hops(route, outMegabytes[f], finish))
      if (back > last) last = back
    }
    const delay = at + layout.delay + batch.workflowOf[i]
    if (last > states[delay]) states[delay] = last
    if (recorder) recordTask(recorder, batch, i, place, { sent, arrived: start, start, finish }, joules)
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

  #seconds(route: number, megabytes: number): number {
    return route < 0 ? Infinity : this.batch.routeSeconds[route] + this.batch.routeSecondsPerMegabyte[route] * megabytes
  }

  #hops(route: number, megabytes: number, ready: number): Hop[] {
    const { hopStart, hopDirection, hopSecondsPerMegabyte, hopSeconds } = this.batch
    const hops: Hop[] = []
    let startSeconds = ready
    for (let h = hopStart[route]; h < hopStart[route + 1]; h++) {
      const endSeconds = startSeconds + megabytes * hopSecondsPerMegabyte[h]
      const arrivalSeconds = endSeconds + hopSeconds[h]
      hops.push({ direction: hopDirection[h], startSeconds, endSeconds, waitSeconds: 0, arrivalSeconds })
      startSeconds = arrivalSeconds
    }
    return hops
  }
}
