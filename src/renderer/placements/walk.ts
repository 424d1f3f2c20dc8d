import type { InspectedBatch } from '@shared/contract/placements'
import type { Lanes } from './lanes'
import type { BatchSchedule } from './schedule'

/** The computing of the next (`by` 1) or previous (−1) task in the order of decisions; the first where none is chosen. An index of a hold. */
export function alongOrder(
  { order }: Pick<InspectedBatch, 'order'>,
  { holds }: BatchSchedule,
  from: number | undefined,
  by: 1 | -1
): number | undefined {
  const now =
    from === undefined ? -1 : order.findIndex(({ workflow, task }) => holds[from].workflow === workflow && holds[from].task === task)
  const next = from === undefined ? 0 : Math.min(order.length - 1, Math.max(0, now + by))
  const found = holds.findIndex(
    ({ kind, workflow, task }) => kind === 'compute' && workflow === order[next]?.workflow && task === order[next]?.task
  )
  return found < 0 ? from : found
}

/** The hold of the next lane, below (`by` 1) or above (−1), that has any, nearest in time to where one is. An index of a hold. */
export function acrossLanes({ holds }: BatchSchedule, lanes: Lanes, from: number | undefined, by: 1 | -1): number | undefined {
  const at = from === undefined ? 0 : holds[from].start
  const start = from === undefined ? (by > 0 ? -1 : lanes.lanes.length) : lanes.of(holds[from])
  for (let lane = start + by; lane >= 0 && lane < lanes.lanes.length; lane += by) {
    let best: number | undefined
    holds.forEach((hold, i) => {
      if (lanes.of(hold) === lane && (best === undefined || Math.abs(hold.start - at) < Math.abs(holds[best].start - at))) best = i
    })
    if (best !== undefined) return best
  }
  return from
}
