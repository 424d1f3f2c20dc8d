import type { Batch } from '@shared/model/batch/batch'
import type { Executor } from '@shared/model/batch/executor'
import { DEVICE } from '@shared/model/batch/graph'

/**
 * What of a batch does not change while it is placed, by numbers, for whoever looks ahead: seconds of every flow between every pair of
 * places, what comes after each task at least, and sums over what remains. K places, N decisions.
 */
export interface Ground {
  batch: Batch
  executor: Executor<Batch>
  places: number
  decisions: number
  /** [flows·K·K] s of flow f from place p to place q where nothing else is under way; Infinity: no route. [returns·K] to the device. */
  flowSeconds: Float64Array
  returnSeconds: Float64Array
  /** [flows] the decision each flow leads to, and per decision the flows that leave it. */
  outFlows: readonly Int32Array[]
  flowTo: Int32Array
  /** [N·K] s from the end of task i at place k to the end of its workflow, at least. */
  tail: Float64Array
  /** [N] s of computing, as a mean over places; MB that leave it. */
  meanSeconds: Float64Array
  megabytesOut: Float64Array
  /** [N + 1] of the decisions from i on: joules at least; mean seconds of computing. */
  joulesFrom: Float64Array
  secondsFrom: Float64Array
  /** [N] how many unplaced tasks a task waits for is counted from here: its flows that do not come from the device. */
  parents: Int32Array
}

/** Works out the ground of a batch, O(flows · K²). */
export function groundOf(executor: Executor<Batch>): Ground {
  const { batch } = executor
  const { places: K, decisions: N, inStart, inFrom, inMegabytes, inRoutes, outStart, outMegabytes, outRoutes } = batch
  const seconds = (routes: number, megabytes: number, p: number, q: number): number => {
    if (p === q) return 0
    const route = batch.between[routes + p * K + q]
    return route < 0 ? Infinity : batch.routeSeconds[route] + batch.routeSecondsPerMegabyte[route] * megabytes
  }
  const flows = inFrom.length
  const flowSeconds = new Float64Array(flows * K * K)
  const flowTo = new Int32Array(flows)
  const leaving: number[][] = Array.from({ length: N }, () => [])
  const parents = new Int32Array(N)
  const megabytesOut = new Float64Array(N)
  for (let i = 0; i < N; i++) {
    for (let f = inStart[i]; f < inStart[i + 1]; f++) {
      flowTo[f] = i
      if (inFrom[f] !== DEVICE) {
        leaving[inFrom[f]].push(f)
        megabytesOut[inFrom[f]] += inMegabytes[f]
        parents[i]++
      }
      for (let p = 0, at = f * K * K; p < K; p++)
        for (let q = 0; q < K; q++, at++) flowSeconds[at] = seconds(inRoutes[f], inMegabytes[f], p, q)
    }
  }
  const returnSeconds = new Float64Array(outMegabytes.length * K)
  for (let f = 0; f < outMegabytes.length; f++)
    for (let k = 0; k < K; k++) returnSeconds[f * K + k] = seconds(outRoutes[f], outMegabytes[f], k, 0)
  const tail = new Float64Array(N * K)
  const meanSeconds = new Float64Array(N)
  const joulesFrom = new Float64Array(N + 1)
  const secondsFrom = new Float64Array(N + 1)
  for (let i = N - 1; i >= 0; i--) {
    let sum = 0
    let reached = 0
    let least = Infinity
    for (let k = 0; k < K; k++) {
      const compute = batch.computeSeconds[i * K + k]
      if (compute < Infinity) {
        sum += compute
        reached++
        least = Math.min(least, batch.computeJoules[i * K + k])
      }
      let after = 0
      for (let f = outStart[i]; f < outStart[i + 1]; f++) after = Math.max(after, returnSeconds[f * K + k])
      for (const f of leaving[i]) {
        const to = flowTo[f]
        let best = Infinity
        for (let q = 0; q < K; q++) {
          best = Math.min(best, flowSeconds[(f * K + k) * K + q] + batch.computeSeconds[to * K + q] + tail[to * K + q])
        }
        after = Math.max(after, best)
      }
      tail[i * K + k] = after
    }
    for (let f = outStart[i]; f < outStart[i + 1]; f++) megabytesOut[i] += outMegabytes[f]
    meanSeconds[i] = reached > 0 ? sum / reached : 0
    joulesFrom[i] = joulesFrom[i + 1] + least
    secondsFrom[i] = secondsFrom[i + 1] + meanSeconds[i]
  }
  return {
    batch,
    executor,
    places: K,
    decisions: N,
    flowSeconds,
    returnSeconds,
    outFlows: leaving.map((all) => Int32Array.from(all)),
    flowTo,
    tail,
    meanSeconds,
    megabytesOut,
    joulesFrom,
    secondsFrom,
    parents
  }
}
