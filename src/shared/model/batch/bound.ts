import { advance } from '../advance'
import type { Reference } from '../world'
import type { Batch } from './batch'
import type { Executor } from './executor'
import { DEVICE } from './graph'

/**
 * [M] seconds below which T of no workflow can be: its longest path where nothing waits and every task on it may have another place
 * for each task that follows. From the release on.
 */
export function leastDelays(batch: Batch): Float64Array {
  const { places, decisions, workflowOf, computeSeconds, inStart, inFrom, inRoutes, inMegabytes, outStart, outRoutes, outMegabytes } = batch
  const { between, routeSeconds, routeSecondsPerMegabyte } = batch
  const seconds = (routes: number, megabytes: number, from: number, to: number): number => {
    if (from === to) return 0
    const route = between[routes + from * places + to]
    return route < 0 ? Infinity : routeSeconds[route] + routeSecondsPerMegabyte[route] * megabytes
  }
  // earliest[i·K + k]: when decision i can have ended at place k.
  const earliest = new Float64Array(decisions * places)
  const least = new Float64Array(batch.workflows.length)
  for (let i = 0; i < decisions; i++) {
    let end = Infinity
    for (let k = 0; k < places; k++) {
      let start = 0
      for (let f = inStart[i]; f < inStart[i + 1]; f++) {
        let arrival = Infinity
        if (inFrom[f] === DEVICE) arrival = seconds(inRoutes[f], inMegabytes[f], 0, k)
        else {
          for (let q = 0; q < places; q++) {
            arrival = Math.min(arrival, earliest[inFrom[f] * places + q] + seconds(inRoutes[f], inMegabytes[f], q, k))
          }
        }
        start = Math.max(start, arrival)
      }
      const finish = start + computeSeconds[i * places + k]
      earliest[i * places + k] = finish
      let back = finish
      for (let f = outStart[i]; f < outStart[i + 1]; f++) back = Math.max(back, finish + seconds(outRoutes[f], outMegabytes[f], k, 0))
      end = Math.min(end, back)
    }
    least[workflowOf[i]] = Math.max(least[workflowOf[i]], end)
    advance()
  }
  return least
}

/** Joules that a batch costs at least: each task at the place where it costs least, and nothing sent. */
export function leastJoules(batch: Batch): number {
  const { places, decisions, workflowOf, reachable, computeJoules } = batch
  let joules = 0
  for (let i = 0; i < decisions; i++) {
    let least = Infinity
    for (let k = 0; k < places; k++) if (reachable[workflowOf[i] * places + k]) least = Math.min(least, computeJoules[i * places + k])
    joules += least
  }
  return joules
}

/** A bound that no placement undercuts: least delays and least energy at once, as if nothing waited for anything. */
export function contentionFreeBound(executor: Executor): Reference {
  const seconds = executor.leastDelays().reduce((sum, least) => sum + least, 0)
  const lower = seconds * executor.costPerSecond + executor.leastJoules() * executor.costPerJoule
  return { lower, upper: Infinity, kind: 'bound', how: 'longest paths and least energy, as if nothing waited' }
}
