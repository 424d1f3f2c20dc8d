import type { Batch } from './batch'
import type { StateLayout } from './executor'
import { DEVICE } from './graph'

/** Writes 1 where decision `i` may go: places that its device reaches, and that have a route from every place its data comes from. */
export function writeMoves(batch: Batch, layout: StateLayout, states: Float64Array, at: number, i: number, into: Uint8Array): void {
  const { places, reachable, inStart, inFrom, inRoutes, between } = batch
  const own = batch.workflowOf[i] * places
  for (let k = 0; k < places; k++) into[k] = reachable[own + k]
  for (let f = inStart[i], end = inStart[i + 1]; f < end; f++) {
    const source = inFrom[f] === DEVICE ? 0 : states[at + layout.place + inFrom[f]]
    const routes = inRoutes[f] + source * places
    for (let k = 0; k < places; k++) if (k !== source && between[routes + k] < 0) into[k] = 0
  }
}
