import type { Batch } from '../batch/batch'
import type { Executor } from '../batch/executor'
import { DEVICE } from '../batch/graph'
import { IndependentExecutor } from '../batch/independent'
import { RoundTripExecutor, type RoundTrips } from '../batch/round-trip'
import { SharedExecutor } from '../batch/shared'

/**
 * Tasks as list heuristics see them, numbered as the world decides them: what each waits for, its seconds at every place, and what its
 * flows take on average. K places.
 */
export interface TaskNetwork {
  tasks: number
  places: number
  /** [tasks] */
  workflowOf: Int32Array
  /** [tasks] s from the batch's zero: when the workflow of each begins. */
  release: Float64Array
  /** [tasks + 1] where the flows between tasks that each waits for start; [flows] the task each comes from, and its mean seconds. */
  beforeStart: Int32Array
  before: Int32Array
  flowSeconds: Float64Array
  /** [tasks · K] s of computing; Infinity where the device cannot reach the place. */
  seconds: Float64Array
  /** [tasks] their mean over the places in reach. */
  meanSeconds: Float64Array
  /** [tasks] mean seconds of the longest flow from the device, and of the longest return to it. */
  inputSeconds: Float64Array
  returnSeconds: Float64Array
}

/** The tasks of an executor. Throws RangeError for an executor of an unknown kind. */
export function taskNetwork(executor: Executor): TaskNetwork {
  if (executor instanceof SharedExecutor || executor instanceof IndependentExecutor) return routedNetwork(executor.batch)
  if (executor instanceof RoundTripExecutor) return roundTripNetwork(executor.batch)
  throw new RangeError(`executions of kind ${executor.constructor.name} have no list of tasks; give them one to place by list heuristics`)
}

function routedNetwork(batch: Batch): TaskNetwork {
  const { decisions: tasks, places: K, inStart, inFrom, outStart } = batch
  const beforeStart = new Int32Array(tasks + 1)
  const before: number[] = []
  const flowSeconds: number[] = []
  const inputSeconds = new Float64Array(tasks)
  const returnSeconds = new Float64Array(tasks)
  /** Mean seconds of a flow over routes from each of `from` to each of `to`, where there is one. */
  const mean = (base: number, megabytes: number, from: readonly number[], to: readonly number[]) => {
    let [sum, count] = [0, 0]
    for (const p of from) {
      for (const q of to) {
        const route = batch.between[base + p * K + q]
        if (route < 0) continue
        sum += batch.routeSeconds[route] + batch.routeSecondsPerMegabyte[route] * megabytes
        count++
      }
    }
    return sum / count
  }
  const all = Array.from({ length: K }, (_, k) => k)
  for (let i = 0; i < tasks; i++) {
    for (let f = inStart[i]; f < inStart[i + 1]; f++) {
      const [base, megabytes] = [batch.inRoutes[f], batch.inMegabytes[f]]
      if (inFrom[f] === DEVICE) inputSeconds[i] = Math.max(inputSeconds[i], mean(base, megabytes, [0], all))
      else {
        before.push(inFrom[f])
        flowSeconds.push(mean(base, megabytes, all, all))
      }
    }
    beforeStart[i + 1] = before.length
    for (let f = outStart[i]; f < outStart[i + 1]; f++) {
      returnSeconds[i] = Math.max(returnSeconds[i], mean(batch.outRoutes[f], batch.outMegabytes[f], all, [0]))
    }
  }
  const seconds = batch.computeSeconds
  return {
    tasks,
    places: K,
    workflowOf: batch.workflowOf,
    release: Float64Array.from(batch.workflowOf, (workflow) => batch.release[workflow]),
    beforeStart,
    before: Int32Array.from(before),
    flowSeconds: Float64Array.from(flowSeconds),
    seconds,
    meanSeconds: meanInReach(seconds, K),
    inputSeconds,
    returnSeconds
  }
}

/** A round trip's upload and download count as part of the task; flows between tasks only order. */
function roundTripNetwork(trips: RoundTrips): TaskNetwork {
  const { decisions: tasks, places, workflowOf, before, beforeStart, local, upload, remote, download } = trips
  const seconds = Float64Array.from({ length: tasks * places }, (_, cell) => {
    const i = Math.floor(cell / places)
    return cell % places === 0 ? local[i] : upload[i] + remote[i] + download[i]
  })
  return {
    tasks,
    places,
    workflowOf,
    release: new Float64Array(tasks),
    beforeStart,
    before,
    flowSeconds: new Float64Array(before.length),
    seconds,
    meanSeconds: meanInReach(seconds, places),
    inputSeconds: new Float64Array(tasks),
    returnSeconds: new Float64Array(tasks)
  }
}

function meanInReach(seconds: Float64Array, places: number): Float64Array {
  return Float64Array.from({ length: seconds.length / places }, (_, i) => {
    const own = seconds.subarray(i * places, (i + 1) * places).filter((each) => each < Infinity)
    return own.reduce((sum, each) => sum + each, 0) / own.length
  })
}
