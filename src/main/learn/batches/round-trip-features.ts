import type { RoundTripExecutor, RoundTrips } from '@shared/model/batch/round-trip'
import { RoundTripOutlook } from '@shared/model/search/round-trip-outlook'
import { type BatchShape, clipped, featureCount, type StateFeatures, TASKS } from './features'

/**
 * Describes states of round trips to networks, in as many numbers as graphs on K 2 places have: the three clocks, what remains on the
 * device, on the uplink and at the edge if every task went where it ends first, and of the tasks that come next what each way takes and when
 * it would end. All times are counted from T so far, over T_ref. Nothing is allocated.
 */
export class RoundTripFeatures implements StateFeatures {
  readonly executor: RoundTripExecutor
  readonly batch: RoundTrips
  readonly outlook: RoundTripOutlook
  readonly shape: BatchShape
  readonly #late = new Float64Array(1)
  /** [decisions + 1] seconds of the lesser of both ways, from each decision on. */
  readonly #leastFrom: Float64Array

  constructor(executor: RoundTripExecutor, shape: BatchShape) {
    const { batch } = executor
    this.executor = executor
    this.batch = batch
    this.outlook = new RoundTripOutlook(executor)
    this.shape = shape
    this.#leastFrom = new Float64Array(batch.decisions + 1)
    for (let i = batch.decisions - 1; i >= 0; i--) {
      this.#leastFrom[i] = this.#leastFrom[i + 1] + Math.min(batch.local[i], batch.upload[i] + batch.remote[i] + batch.download[i])
    }
  }

  bound(states: Float64Array, at: number): number {
    this.outlook.delays(states, at, this.#late)
    const { layout, costPerSecond } = this.executor
    return (this.#late[0] - states[at + layout.delay]) * costPerSecond + this.outlook.restEnergy[states[at]]
  }

  describe(states: Float64Array, at: number, ahead: number, into: Float32Array, offset: number): number {
    const { decisions, local, upload, remote } = this.batch
    const end = offset + featureCount(this.shape, ahead)
    into.fill(0, offset, end)
    const taken = states[at]
    if (taken >= decisions) return 0
    const bound = this.bound(states, at)
    const { executor, outlook } = this
    const { earliest, tails } = outlook
    const per = executor.costPerSecond
    const zero = states[at + executor.layout.delay]
    const clocks = at + executor.layout.clocks
    const seconds = [0, 0, 0]
    for (let i = taken; i < decisions; i++) {
      if (earliest[2 * i] + tails[2 * i] <= earliest[2 * i + 1] + tails[2 * i + 1]) seconds[0] += local[i]
      else {
        seconds[1] += upload[i]
        seconds[2] += remote[i]
      }
    }
    let to = offset
    into[to++] = this.#leastFrom[taken] * per
    into[to++] = (decisions - taken) / TASKS
    into[to++] = (this.#late[0] - zero) * per
    into[to++] = bound
    into[to++] = zero * per
    into[to++] = outlook.restEnergy[taken]
    let fluid = 0
    for (let c = 0; c < seconds.length; c++) {
      const free = (states[clocks + c] - zero) * per
      const full = free + seconds[c] * per
      into[to++] = clipped(free)
      into[to++] = seconds[c] * per
      into[to++] = clipped(full)
      fluid = c === 0 ? full : Math.max(fluid, full)
    }
    into[to] = clipped(fluid)
    to = offset + featureCount(this.shape, 0)
    for (let next = 0; next < ahead; next++, to += PER_TASK) {
      if (taken + next < decisions) this.#writeTask(taken + next, taken, zero, into, to)
    }
    return bound
  }

  /** One of the next tasks: what each way takes, and when it would end. */
  #writeTask(i: number, taken: number, zero: number, into: Float32Array, from: number): void {
    const { local, upload, remote, download, localJoules, uploadJoules, remoteJoules, downloadJoules, before, beforeStart } = this.batch
    const { costPerSecond: per, costPerJoule } = this.executor
    const { earliest, tails } = this.outlook
    let waits = 0
    for (let b = beforeStart[i]; b < beforeStart[i + 1]; b++) if (before[b] >= taken) waits++
    let to = from
    into[to++] = 1
    into[to++] = local[i] * per
    into[to++] = upload[i] * per
    into[to++] = remote[i] * per
    into[to++] = download[i] * per
    into[to++] = waits / 4
    for (let k = 0; k < 2; k++) {
      const ends = earliest[2 * i + k] - zero
      into[to++] = clipped(ends * per)
      into[to++] = clipped((ends + tails[2 * i + k]) * per)
      into[to++] = (k === 0 ? localJoules[i] : uploadJoules[i] + remoteJoules[i] + downloadJoules[i]) * costPerJoule
    }
  }
}

/** Numbers of a task that `featureCount` has room for at K 2. */
const PER_TASK = 12
