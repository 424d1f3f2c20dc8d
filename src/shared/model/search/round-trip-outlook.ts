import type { RoundTripExecutor, RoundTrips } from '../batch/round-trip'
import { Outlook, raised } from './outlook'

/** Clocks of a state, from the first on: those of the device, the link and the edge. */
const CLOCKS = 3

/**
 * The outlook of execution "round-trip". When a task was uploaded and computed at the edge is waited for by others, but the clocks of link
 * and edge are at least as late.
 */
export class RoundTripOutlook extends Outlook {
  override readonly clocks = CLOCKS
  override readonly columns: readonly number[]
  override readonly tails: Float64Array
  override readonly restEnergy: Float64Array
  /** [decisions · 2] when each task that is left can have ended at the device, and with its result back, in the state that was looked at last. */
  readonly earliest: Float64Array
  readonly #trips: RoundTrips
  /** [decisions] when each task that is left can have ended at the device, have been uploaded, have been computed at the edge. */
  readonly #atDevice: Float64Array
  readonly #uploaded: Float64Array
  readonly #atEdge: Float64Array
  /** [3] when clocks are of effect next; [decisions] when the end of a live task is. */
  readonly #clockUse = new Float64Array(CLOCKS)
  readonly #endUse: Float64Array

  constructor(executor: RoundTripExecutor) {
    const { batch, layout, costPerJoule } = executor
    super(executor, batch.beforeStart, batch.before)
    const { decisions } = batch
    this.#trips = batch
    this.earliest = new Float64Array(2 * decisions)
    const uploads = layout.clocks + CLOCKS
    this.columns = [layout.finish, uploads, uploads + decisions]
    this.#atDevice = new Float64Array(decisions)
    this.#uploaded = new Float64Array(decisions)
    this.#atEdge = new Float64Array(decisions)
    this.#endUse = new Float64Array(decisions)
    this.tails = tailsOf(batch)
    this.restEnergy = leastEnergy(batch, costPerJoule)
  }

  override delays(states: Float64Array, at: number, into: Float64Array, limit = Infinity): boolean {
    const { layout } = this.executor
    const { decisions, before, beforeStart, local, upload, remote, download } = this.#trips
    const tails = this.tails
    const taken = states[at]
    const [atDevice, uploaded, atEdge] = [this.#atDevice, this.#uploaded, this.#atEdge]
    const clocks = at + layout.clocks
    into[0] = states[at + layout.delay]
    for (let i = taken; i < decisions; i++) {
      let ready = 0
      let sent = 0
      let begun = 0
      for (let b = beforeStart[i]; b < beforeStart[i + 1]; b++) {
        const j = before[b]
        if (j >= taken) {
          ready = Math.max(ready, Math.min(atDevice[j], atEdge[j] + download[j]))
          sent = Math.max(sent, Math.min(atDevice[j], uploaded[j]))
          // What is computed at the device is not waited for at the edge, only by the upload.
          begun = Math.max(begun, Math.min(atDevice[j], atEdge[j]))
        } else {
          const end = states[at + layout.finish + j]
          ready = Math.max(ready, end)
          if (states[at + layout.place + j] === 0) sent = Math.max(sent, end)
        }
      }
      const start = Math.max(states[clocks], ready)
      const sending = Math.max(states[clocks + 1], sent)
      uploaded[i] = sending + upload[i]
      begun = Math.max(begun, uploaded[i])
      const computing = Math.max(states[clocks + 2], begun)
      atDevice[i] = start + local[i]
      atEdge[i] = computing + remote[i]
      this.earliest[2 * i] = atDevice[i]
      this.earliest[2 * i + 1] = atEdge[i] + download[i]
      this.#clockUse[0] = Math.min(this.#clockUse[0], ready)
      this.#clockUse[1] = Math.min(this.#clockUse[1], sent)
      this.#clockUse[2] = Math.min(this.#clockUse[2], begun)
      this.#noteEnds(states, at, i, start, sending)
      const end = Math.min(atDevice[i] + tails[2 * i], atEdge[i] + download[i] + tails[2 * i + 1])
      if (end > into[0]) into[0] = end
      if (into[0] > limit) return false
    }
    return true
  }

  /** Notes when the ends of live tasks are of effect for task `i`, which then starts at the device or is sent at the earliest. */
  #noteEnds(states: Float64Array, at: number, i: number, start: number, sending: number): void {
    const { before, beforeStart } = this.#trips
    for (let b = beforeStart[i]; b < beforeStart[i + 1]; b++) {
      const j = before[b]
      if (j >= states[at]) continue
      const isLocal = states[at + this.executor.layout.place + j] === 0
      this.#endUse[j] = Math.min(this.#endUse[j], start, isLocal ? sending : Infinity)
    }
  }

  override times(states: Float64Array, at: number, into: Float64Array, offset: number, delays: Float64Array, limit = Infinity): boolean {
    const { layout } = this.executor
    this.#clockUse.fill(Infinity)
    this.#endUse.fill(Infinity)
    if (!this.delays(states, at, delays, limit)) return false
    let next = offset
    for (let c = 0; c < CLOCKS; c++) into[next++] = raised(states[at + layout.clocks + c], this.#clockUse[c])
    for (const j of this.live[states[at]]) into[next++] = raised(states[at + layout.finish + j], this.#endUse[j])
    return true
  }
}

/** [decisions · 2] as Outlook says. After an offloaded task, another one needs neither to wait for its result nor to upload after it. */
function tailsOf({ decisions, before, beforeStart, local, upload, remote, download }: RoundTrips): Float64Array {
  const tails = new Float64Array(2 * decisions)
  for (let i = decisions - 1; i >= 0; i--) {
    const here = local[i] + tails[2 * i]
    const there = remote[i] + download[i] + tails[2 * i + 1]
    for (let b = beforeStart[i]; b < beforeStart[i + 1]; b++) {
      const j = before[b]
      tails[2 * j] = Math.max(tails[2 * j], Math.min(here, upload[i] + there))
      tails[2 * j + 1] = Math.max(tails[2 * j + 1], Math.min(here, there - download[j]))
    }
  }
  return tails
}

function leastEnergy(trips: RoundTrips, costPerJoule: number): Float64Array {
  const { decisions, localJoules, uploadJoules, remoteJoules, downloadJoules } = trips
  const rest = new Float64Array(decisions + 1)
  for (let i = decisions - 1; i >= 0; i--) {
    rest[i] = rest[i + 1] + Math.min(localJoules[i], uploadJoules[i] + remoteJoules[i] + downloadJoules[i]) * costPerJoule
  }
  return rest
}
