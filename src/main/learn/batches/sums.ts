import type { Batch } from '@shared/model/batch/batch'
import { DEVICE } from '@shared/model/batch/graph'

/** What of a batch does not change while it is placed and that a network is told: sums over what remains, sizes of what leaves a task. */
export interface BatchSums {
  /** [N] s of computing, as a mean over the places in reach; MB that leave it. */
  meanSeconds: Float64Array
  megabytesOut: Float64Array
  /** [N + 1] mean seconds of computing of the decisions from i on. */
  secondsFrom: Float64Array
  /** [M·K·K + 1] the link directions on a representative route of each pair of a workflow's places, as spans of `hops`. */
  hopStart: Int32Array
  hops: Int32Array
}

/** Works out the ground of a batch. */
export function batchSums(batch: Batch): BatchSums {
  const { places: K, decisions: N, inStart, inFrom, inMegabytes, outStart, outMegabytes, computeSeconds } = batch
  const meanSeconds = new Float64Array(N)
  const megabytesOut = new Float64Array(N)
  const secondsFrom = new Float64Array(N + 1)
  for (let i = N - 1; i >= 0; i--) {
    let sum = 0
    let reached = 0
    for (let k = 0; k < K; k++) {
      const seconds = computeSeconds[i * K + k]
      if (seconds === Infinity) continue
      sum += seconds
      reached++
    }
    meanSeconds[i] = reached > 0 ? sum / reached : 0
    secondsFrom[i] = secondsFrom[i + 1] + meanSeconds[i]
    for (let f = outStart[i]; f < outStart[i + 1]; f++) megabytesOut[i] += outMegabytes[f]
    for (let f = inStart[i]; f < inStart[i + 1]; f++) if (inFrom[f] !== DEVICE) megabytesOut[inFrom[f]] += inMegabytes[f]
  }
  return { meanSeconds, megabytesOut, secondsFrom, ...representativeRoutes(batch) }
}

/** Of each workflow, the routes of the first flow that the order of decisions meets: others of its pairs mostly take the same links. */
function representativeRoutes(batch: Batch): Pick<BatchSums, 'hopStart' | 'hops'> {
  const { places: K, inStart, inRoutes, between, hopStart, hopDirection, order } = batch
  const start = [0]
  const hops: number[] = []
  batch.workflows.forEach((_, w) => {
    const i = order.findIndex(({ workflow }, at) => workflow === w && inStart[at + 1] > inStart[at])
    for (let pair = 0; pair < K * K; pair++) {
      const route = i < 0 ? -1 : between[inRoutes[inStart[i]] + pair]
      if (route >= 0) for (let h = hopStart[route]; h < hopStart[route + 1]; h++) hops.push(hopDirection[h])
      start.push(hops.length)
    }
  })
  return { hopStart: Int32Array.from(start), hops: Int32Array.from(hops) }
}
