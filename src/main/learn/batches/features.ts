import type { Batch } from '@shared/model/batch/batch'
import { DEVICE } from '@shared/model/batch/graph'
import type { Decisions, Executor } from '@shared/model/batch/executor'
import type { IndependentExecutor } from '@shared/model/batch/independent'
import { SharedExecutor } from '@shared/model/batch/shared'
import { BatchOutlook } from '@shared/model/search/batch-outlook'
import { type Outlook, raised } from '@shared/model/search/outlook'
import { type BatchSums, batchSums } from './sums'

/** What the networks of batches are made for: K places and at most M workflows that are released together. */
export interface BatchShape {
  places: number
  together: number
  /** What megabytes are divided by. */
  megabytesScale: number
}

const PER_TASK = 6
const PER_WORKFLOW = 7
/** Tasks ahead that networks are told of one by one: those of after-values, and Q-networks. */
export const AHEAD = 4
export const Q_AHEAD = 20
/** Tasks are counted in these, so that networks see numbers of about 1. */
export const TASKS = 20

/** Numbers that describe a state, of which `ahead` tasks one by one. */
export function featureCount({ places: K, together }: BatchShape, ahead: number): number {
  return 8 + 4 * K + 2 * K * (K - 1) + ahead * (PER_TASK + 3 * K) + PER_WORKFLOW * (together - 1)
}

/** How the states of one episode are described to networks, whatever its execution. Nothing is kept of a state. */
export interface StateFeatures {
  readonly executor: Executor
  readonly batch: Decisions
  readonly outlook: Outlook
  readonly shape: BatchShape
  /** What remains from the state at `at` costs at least, in units of Q: nothing more has to wait, and each task has its cheapest place. */
  bound(states: Float64Array, at: number): number
  /** The bound, with the `featureCount` numbers of the state written from `offset` on. */
  describe(states: Float64Array, at: number, ahead: number, into: Float32Array, offset: number): number
}

/**
 * Describes states of one batch to networks: the contention-free completion of what remains from the clocks as they are, which bounds its
 * cost from below, what it would ask of places and routes if every task went to its favourite place, the tasks that come next and the other
 * workflows. All times are counted from the time that the next decision's workflow has come to, over T_ref; clocks are raised to their
 * earliest next use. Nothing is allocated.
 */
export class Features implements StateFeatures {
  readonly executor: SharedExecutor | IndependentExecutor
  readonly batch: Batch
  readonly outlook: BatchOutlook
  readonly shape: BatchShape
  readonly #ground: BatchSums
  readonly #shared: SharedExecutor | undefined
  readonly #times: Float64Array
  /** [M] T of each workflow at least. */
  readonly #late: Float64Array
  readonly #favourite: Int32Array
  readonly #demand: Float64Array
  readonly #sent: Float64Array
  readonly #live: Float64Array
  readonly #left: Int32Array
  readonly #work: Float64Array

  constructor(executor: SharedExecutor | IndependentExecutor, shape: BatchShape) {
    const { batch } = executor
    const { places: K, decisions: N, workflows } = batch
    this.executor = executor
    this.batch = batch
    this.outlook = new BatchOutlook(executor)
    this.shape = shape
    this.#ground = batchSums(batch)
    this.#shared = executor instanceof SharedExecutor ? executor : undefined
    this.#times = new Float64Array(this.outlook.clocks + N)
    this.#late = new Float64Array(workflows.length)
    this.#favourite = new Int32Array(N)
    this.#demand = new Float64Array(K)
    this.#sent = new Float64Array(K * K)
    this.#live = new Float64Array(K)
    this.#left = new Int32Array(workflows.length)
    this.#work = new Float64Array(workflows.length)
  }

  bound(states: Float64Array, at: number): number {
    this.outlook.delays(states, at, this.#late)
    return this.#remaining(states, at)
  }

  describe(states: Float64Array, at: number, ahead: number, into: Float32Array, offset: number): number {
    if (states[at] >= this.batch.decisions) {
      into.fill(0, offset, offset + featureCount(this.shape, ahead))
      return 0
    }
    this.outlook.times(states, at, this.#times, 0, this.#late)
    const bound = this.#remaining(states, at)
    this.#survey(states, at)
    this.#write(states, at, bound, ahead, into, offset)
    return bound
  }

  #remaining(states: Float64Array, at: number): number {
    const { layout, costPerSecond } = this.executor
    let seconds = 0
    for (let w = 0; w < this.#late.length; w++) seconds += this.#late[w] - states[at + layout.delay + w]
    return seconds * costPerSecond + this.outlook.restEnergy[states[at]]
  }

  /** Where each remaining task would rather run, and what that asks of places and of routes between them. */
  #survey(states: Float64Array, at: number): void {
    const { places: K, decisions: N, workflowOf, inStart, inFrom, inMegabytes, computeSeconds } = this.batch
    const { earliest, tails } = this.outlook
    const placeAt = at + this.executor.layout.place
    const taken = states[at]
    const favourite = this.#favourite
    this.#demand.fill(0)
    this.#sent.fill(0)
    this.#live.fill(0)
    this.#left.fill(0)
    this.#work.fill(0)
    for (let i = taken; i < N; i++) {
      this.#left[workflowOf[i]]++
      this.#work[workflowOf[i]] += this.#ground.meanSeconds[i]
      let best = 0
      let least = Infinity
      for (let k = 0, cell = i * K; k < K; k++, cell++) {
        const total = earliest[cell] + tails[cell]
        if (total < least) {
          least = total
          best = k
        }
      }
      favourite[i] = best
      this.#demand[best] += computeSeconds[i * K + best]
      for (let f = inStart[i]; f < inStart[i + 1]; f++) {
        const from = inFrom[f]
        const source = from === DEVICE ? 0 : from < taken ? states[placeAt + from] : favourite[from]
        if (from >= 0 && from < taken) this.#live[source] += inMegabytes[f]
        if (source !== best) this.#sent[source * K + best] += inMegabytes[f]
      }
    }
  }

  #write(states: Float64Array, at: number, bound: number, ahead: number, into: Float32Array, offset: number): void {
    const { batch, shape, executor, outlook } = this
    const { places: K, decisions: N, workflowOf, release } = batch
    const { earliest, tails } = outlook
    const per = executor.costPerSecond
    const perMegabyte = 1 / shape.megabytesScale
    const taken = states[at]
    const w = workflowOf[taken]
    const M = batch.workflows.length
    const delays = at + executor.layout.delay
    const zero = release[w] + states[delays + w]
    let critical = zero
    for (let i = taken; i < N; i++) {
      if (workflowOf[i] !== w) continue
      let least = Infinity
      for (let k = 0, cell = i * K; k < K; k++, cell++) least = Math.min(least, earliest[cell] + tails[cell])
      if (least > critical) critical = least
    }
    let to = offset
    into[to++] = this.#ground.secondsFrom[taken] * per
    into[to++] = (N - taken) / TASKS
    into[to++] = (critical - zero) * per
    into[to++] = bound
    into[to++] = states[delays + w] * per
    into[to++] = outlook.restEnergy[taken]
    let fluid = 0
    for (let k = 0; k < K; k++) {
      const free = (this.#coreFree(states, at, batch.nodeOf[w * K + k]) - zero) * per
      const full = free + this.#demand[k] * per
      into[to++] = clipped(free)
      into[to++] = this.#demand[k] * per
      into[to++] = this.#live[k] * perMegabyte
      into[to++] = clipped(full)
      if (full > fluid) fluid = full
    }
    into[to++] = clipped(fluid)
    into[to++] = this.#left[w] / TASKS
    for (let p = 0; p < K; p++) {
      for (let q = 0; q < K; q++) {
        if (p === q) continue
        into[to++] = clipped((this.#routeFree(states, at, (w * K + p) * K + q) - zero) * per)
        into[to++] = this.#sent[p * K + q] * perMegabyte
      }
    }
    for (let next = 0; next < ahead; next++) to = this.#writeTask(states, at, taken + next, zero, into, to)
    for (let other = 1; other < shape.together; other++) {
      if (other >= M) {
        into.fill(0, to, to + PER_WORKFLOW)
        to += PER_WORKFLOW
        continue
      }
      const v = (w + other) % M
      into[to++] = 1
      into[to++] = this.#left[v] / TASKS
      into[to++] = this.#work[v] * per
      into[to++] = (release[v] + this.#late[v] - zero) * per
      into[to++] = (this.#late[v] - states[delays + v]) * per
      into[to++] = (release[v] + states[delays + v] - zero) * per
      into[to++] = clipped((this.#coreFree(states, at, batch.nodeOf[v * K]) - zero) * per)
    }
  }

  /** One of the next tasks: what it is, and what each place would mean for it. Returns where the next numbers go. */
  #writeTask(states: Float64Array, at: number, i: number, zero: number, into: Float32Array, from: number): number {
    const { batch, shape, outlook } = this
    const { places: K, decisions: N, workflowOf, inStart, inFrom, inMegabytes, ranks } = batch
    const end = from + PER_TASK + 3 * K
    if (i >= N) {
      into.fill(0, from, end)
      return end
    }
    const taken = states[at]
    const per = this.executor.costPerSecond
    const placeAt = at + this.executor.layout.place
    let waits = 0
    for (let f = inStart[i]; f < inStart[i + 1]; f++) if (inFrom[f] >= taken) waits++
    let to = from
    into[to++] = 1
    into[to++] = this.#ground.meanSeconds[i] * per
    into[to++] = ranks[i] * per
    into[to++] = this.#ground.megabytesOut[i] / shape.megabytesScale
    into[to++] = waits / 4
    into[to++] = workflowOf[i] === workflowOf[taken] ? 1 : 0
    for (let k = 0; k < K; k++) {
      let incoming = 0
      for (let f = inStart[i]; f < inStart[i + 1]; f++) {
        const source = inFrom[f] === DEVICE ? 0 : inFrom[f] < taken ? states[placeAt + inFrom[f]] : this.#favourite[inFrom[f]]
        if (source !== k) incoming += inMegabytes[f]
      }
      const ends = outlook.earliest[i * K + k] - zero
      into[to++] = clipped(ends * per)
      into[to++] = clipped((ends + outlook.tails[i * K + k]) * per)
      into[to++] = incoming / shape.megabytesScale
    }
    return to
  }

  /** When a core of a node is free first, no earlier than it can be used. */
  #coreFree(states: Float64Array, at: number, node: number): number {
    if (!this.#shared) return 0
    const { coreStart } = this.batch.machines
    const first = at + this.#shared.cores
    let free = states[first + coreStart[node]]
    for (let c = coreStart[node] + 1; c < coreStart[node + 1]; c++) if (states[first + c] < free) free = states[first + c]
    return raised(free, this.outlook.nodeUse[node])
  }

  /** When the last link of a representative route is free, none earlier than it can be used. */
  #routeFree(states: Float64Array, at: number, pair: number): number {
    if (!this.#shared) return 0
    const { hopStart, hops } = this.#ground
    const first = at + this.#shared.directions
    let free = 0
    for (let h = hopStart[pair]; h < hopStart[pair + 1]; h++) {
      free = Math.max(free, raised(states[first + hops[h]], this.outlook.directionUse[hops[h]]))
    }
    return free
  }
}

/** Places without a route would be infinitely late: a network is told "very". */
export const clipped = (value: number) => Math.min(20, Math.max(-20, value))
