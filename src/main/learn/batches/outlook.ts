import { DEVICE } from '@shared/model/batch/graph'
import { SharedExecutor } from '@shared/model/batch/shared'
import type { Ground } from './ground'

/** What the networks of batches are made for: K places and at most M workflows together. */
export interface BatchShape {
  places: number
  together: number
  /** What megabytes are divided by. */
  megabytesScale: number
}

const PER_TASK = 6
const PER_WORKFLOW = 7

/** Numbers that describe a state, of which `ahead` tasks one by one. */
export function outlookLength({ places: K, together }: BatchShape, ahead: number): number {
  return 8 + 4 * K + 2 * K * (K - 1) + ahead * (PER_TASK + 3 * K) + PER_WORKFLOW * (together - 1)
}

/**
 * Looks ahead from states of one batch: the contention-free completion of what remains, from the clocks as they are, which bounds its cost
 * from below, and what a network is told beside it. All times are counted from the time the next decision's workflow has come to, over
 * T_ref; nothing is allocated.
 */
export class Outlook {
  readonly ground: Ground
  readonly shape: BatchShape
  readonly #shared: SharedExecutor | undefined
  /** [N·K] when remaining task i can have ended at place k at the earliest. */
  readonly #ends: Float64Array
  readonly #favourite: Int32Array
  readonly #coreFree: Float64Array
  readonly #firstAt: Float64Array
  readonly #firstReady: Float64Array
  readonly #late: Float64Array
  readonly #left: Int32Array
  readonly #work: Float64Array
  readonly #demand: Float64Array
  readonly #between: Float64Array
  readonly #live: Float64Array
  /** [M·K·K] the hops of a representative route of each pair, as spans of `#hops`. */
  readonly #hopStart: Int32Array
  readonly #hops: Int32Array
  readonly #perSecond: number

  constructor(ground: Ground, shape: BatchShape) {
    this.ground = ground
    this.shape = shape
    const { places: K, decisions: N, batch, executor } = ground
    const M = batch.workflows.length
    this.#shared = executor instanceof SharedExecutor ? executor : undefined
    this.#ends = new Float64Array(N * K)
    this.#favourite = new Int32Array(N)
    this.#coreFree = new Float64Array(M * K)
    this.#firstAt = new Float64Array(K)
    this.#firstReady = new Float64Array(K)
    this.#late = new Float64Array(M)
    this.#left = new Int32Array(M)
    this.#work = new Float64Array(M)
    this.#demand = new Float64Array(K)
    this.#between = new Float64Array(K * K)
    this.#live = new Float64Array(K)
    this.#perSecond = executor.costPerSecond
    const start = [0]
    const hops: number[] = []
    for (let w = 0; w < M; w++) {
      const i = batch.order.findIndex(({ workflow }, at) => workflow === w && batch.inStart[at + 1] > batch.inStart[at])
      for (let pair = 0; pair < K * K; pair++) {
        const route = i < 0 ? -1 : batch.between[batch.inRoutes[batch.inStart[i]] + pair]
        if (route >= 0) for (let h = batch.hopStart[route]; h < batch.hopStart[route + 1]; h++) hops.push(batch.hopDirection[h])
        start.push(hops.length)
      }
    }
    this.#hopStart = Int32Array.from(start)
    this.#hops = Int32Array.from(hops)
  }

  /**
   * The least cost of what remains from the state at `at`, in units of Q, if nothing had to wait any more.
   */
  look(states: Float64Array, at: number): number {
    const { batch, executor, places: K, decisions: N, flowSeconds, returnSeconds, joulesFrom } = this.ground
    const { layout } = executor
    const taken = states[at]
    if (taken >= N) return 0
    const ends = this.#ends
    const late = this.#late
    const coreFree = this.#coreFree
    const finishes = at + layout.finish
    const placeAt = at + layout.place
    const M = batch.workflows.length
    const { inStart, inFrom, outStart, computeSeconds, workflowOf, release } = batch
    this.#freeCores(states, at)
    for (let w = 0; w < M; w++) late[w] = states[at + layout.delay + w]
    for (let i = taken; i < N; i++) {
      const w = workflowOf[i]
      const zero = release[w]
      let soonest = Infinity
      for (let k = 0; k < K; k++) {
        const compute = computeSeconds[i * K + k]
        let end = Infinity
        if (compute < Infinity) {
          let ready = coreFree[w * K + k]
          if (zero > ready) ready = zero
          for (let f = inStart[i], last = inStart[i + 1]; f < last; f++) {
            const from = inFrom[f]
            let arrival: number
            if (from === DEVICE) arrival = zero + flowSeconds[f * K * K + k]
            else if (from < taken) arrival = states[finishes + from] + flowSeconds[(f * K + states[placeAt + from]) * K + k]
            else {
              arrival = Infinity
              for (let q = 0, row = f * K * K + k; q < K; q++, row += K) {
                const each = ends[from * K + q] + flowSeconds[row]
                if (each < arrival) arrival = each
              }
            }
            if (arrival > ready) ready = arrival
          }
          end = ready + compute
          let back = end
          for (let f = outStart[i], last = outStart[i + 1]; f < last; f++) {
            const each = end + returnSeconds[f * K + k]
            if (each > back) back = each
          }
          if (back < soonest) soonest = back
        }
        ends[i * K + k] = end
      }
      if (soonest - zero > late[w]) late[w] = soonest - zero
    }
    let seconds = 0
    for (let w = 0; w < M; w++) seconds += late[w] - states[at + layout.delay + w]
    return seconds * this.#perSecond + joulesFrom[taken] * executor.costPerJoule
  }

  /** Does what `look` does, and writes the `outlookLength` numbers of the state from `offset` on. */
  describe(states: Float64Array, at: number, ahead: number, into: Float32Array, offset: number): number {
    const bound = this.look(states, at)
    if (states[at] < this.ground.decisions) this.#write(states, at, bound, ahead, into, offset)
    else into.fill(0, offset, offset + outlookLength(this.shape, ahead))
    return bound
  }

  /** When a core of each place is free first, for each workflow. */
  #freeCores(states: Float64Array, at: number): void {
    const shared = this.#shared
    if (!shared) return
    const { batch, places: K } = this.ground
    const { coreStart } = batch.machines
    const from = at + shared.cores
    const all = batch.workflows.length * K
    for (let x = 0; x < all; x++) {
      const node = batch.nodeOf[x]
      let free = states[from + coreStart[node]]
      for (let c = coreStart[node] + 1; c < coreStart[node + 1]; c++) if (states[from + c] < free) free = states[from + c]
      this.#coreFree[x] = free
    }
  }

  #write(states: Float64Array, at: number, bound: number, ahead: number, into: Float32Array, offset: number): void {
    const { ground, shape } = this
    const { batch, executor, places: K, decisions: N, tail, meanSeconds, megabytesOut } = ground
    const { layout } = executor
    const { inStart, inFrom, inMegabytes, computeSeconds, workflowOf, release } = batch
    const ends = this.#ends
    const per = this.#perSecond
    const finishes = at + layout.finish
    const placeAt = at + layout.place
    const taken = states[at]
    const w = workflowOf[taken]
    const M = batch.workflows.length
    const zero = release[w] + states[at + layout.delay + w]
    const perMegabyte = 1 / shape.megabytesScale

    // What remains, where each task would rather run, and what that asks of places and of routes between them.
    const {
      0: demand,
      1: between,
      2: live,
      3: firstAt,
      4: firstReady
    } = [this.#demand, this.#between, this.#live, this.#firstAt, this.#firstReady]
    const favourite = this.#favourite
    demand.fill(0)
    between.fill(0)
    live.fill(0)
    firstAt.fill(Infinity)
    firstReady.fill(Infinity)
    this.#left.fill(0)
    this.#work.fill(0)
    let critical = 0
    for (let i = taken; i < N; i++) {
      const own = workflowOf[i]
      this.#left[own]++
      this.#work[own] += meanSeconds[i]
      let best = 0
      let least = Infinity
      for (let k = 0; k < K; k++) {
        const end = ends[i * K + k]
        if (end < firstAt[k]) firstAt[k] = end
        const start = end - computeSeconds[i * K + k]
        if (start < firstReady[k]) firstReady[k] = start
        const total = end + tail[i * K + k]
        if (total < least) {
          least = total
          best = k
        }
      }
      favourite[i] = best
      demand[best] += computeSeconds[i * K + best]
      if (own === w && least > critical) critical = least
      for (let f = inStart[i]; f < inStart[i + 1]; f++) {
        const from = inFrom[f]
        if (from === DEVICE) {
          if (best !== 0) between[best] += inMegabytes[f]
          continue
        }
        if (from < taken) {
          const place = states[placeAt + from]
          live[place] += inMegabytes[f]
          if (states[finishes + from] < firstAt[place]) firstAt[place] = states[finishes + from]
          if (place !== best) between[place * K + best] += inMegabytes[f]
        } else if (favourite[from] !== best) between[favourite[from] * K + best] += inMegabytes[f]
      }
    }

    let to = offset
    into[to++] = ground.secondsFrom[taken] * per
    into[to++] = (N - taken) / 20
    into[to++] = (critical - zero) * per
    into[to++] = bound
    into[to++] = states[at + layout.delay + w] * per
    into[to++] = ground.joulesFrom[taken] * executor.costPerJoule
    let fluid = 0
    for (let k = 0; k < K; k++) {
      const clock = Math.max(this.#coreFree[w * K + k], Math.min(firstReady[k], 1e9))
      const free = firstReady[k] === Infinity ? this.#coreFree[w * K + k] : clock
      into[to++] = bounded((free - zero) * per)
      into[to++] = demand[k] * per
      into[to++] = live[k] * perMegabyte
      const full = (free - zero + demand[k]) * per
      into[to++] = bounded(full)
      if (full > fluid) fluid = full
    }
    into[to++] = fluid
    into[to++] = this.#left[w] / 20
    for (let p = 0; p < K; p++) {
      for (let q = 0; q < K; q++) {
        if (p === q) continue
        let clock = 0
        if (this.#shared) {
          const from = at + this.#shared.directions
          for (let h = this.#hopStart[(w * K + p) * K + q]; h < this.#hopStart[(w * K + p) * K + q + 1]; h++) {
            const free = states[from + this.#hops[h]]
            if (free > clock) clock = free
          }
        }
        if (firstAt[p] < Infinity && firstAt[p] > clock) clock = firstAt[p]
        into[to++] = bounded((clock - zero) * per)
        into[to++] = between[p * K + q] * perMegabyte
      }
    }
    for (let next = 0; next < ahead; next++) {
      const i = taken + next
      if (i >= N) {
        into.fill(0, to, to + PER_TASK + 3 * K)
        to += PER_TASK + 3 * K
        continue
      }
      let waits = 0
      for (let f = inStart[i]; f < inStart[i + 1]; f++) if (inFrom[f] >= taken) waits++
      into[to++] = 1
      into[to++] = meanSeconds[i] * per
      into[to++] = batch.ranks[i] * per
      into[to++] = megabytesOut[i] * perMegabyte
      into[to++] = waits / 4
      into[to++] = workflowOf[i] === w ? 1 : 0
      for (let k = 0; k < K; k++) {
        const end = ends[i * K + k]
        let incoming = 0
        for (let f = inStart[i]; f < inStart[i + 1]; f++) {
          const from = inFrom[f]
          const place = from === DEVICE ? 0 : from < taken ? states[placeAt + from] : favourite[from]
          if (place !== k) incoming += inMegabytes[f]
        }
        into[to++] = bounded((end - zero) * per)
        into[to++] = bounded((end + tail[i * K + k] - zero) * per)
        into[to++] = incoming * perMegabyte
      }
    }
    for (let other = 1; other < shape.together; other++) {
      const v = (w + other) % M
      if (other >= M) {
        into.fill(0, to, to + PER_WORKFLOW)
        to += PER_WORKFLOW
        continue
      }
      const delay = states[at + layout.delay + v]
      into[to++] = 1
      into[to++] = this.#left[v] / 20
      into[to++] = this.#work[v] * per
      into[to++] = (release[v] + this.#late[v] - zero) * per
      into[to++] = (this.#late[v] - delay) * per
      into[to++] = (release[v] + delay - zero) * per
      into[to++] = bounded((this.#coreFree[v * K] - zero) * per)
    }
  }
}

/** Places without a route would be infinitely late: a network is told "very". */
const bounded = (value: number) => Math.min(20, Math.max(-20, value))
