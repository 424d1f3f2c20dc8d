import type { Outlook } from '../search/outlook'
import type { Plan } from '../search/search'
import { type Booking, insertionBooking, WorldBooking } from './booking'
import { type TaskNetwork, taskNetwork } from './network'
import { downwardSeconds, optimisticSeconds, upwardSeconds } from './priorities'
import { greatest, ReadyTasks } from './ready'

/** The place of least value, the first of several, and that value. */
function leastPlace(places: number, value: (place: number) => number): { place: number; least: number } {
  let place = 0
  let least = Infinity
  for (let k = 0; k < places; k++) {
    const own = value(k)
    if (own < least) {
      least = own
      place = k
    }
  }
  return { place, least }
}

const planOf = ({ executor }: Outlook, placement: Uint8Array): Plan => ({ placement, cost: executor.run(placement) })

/** HEFT (H. Topcuoglu et al. 2002): by upward rank, which is the world's own order, each task where it ends first, gaps included. */
export function heftPlan(outlook: Outlook): Plan {
  const { decisions, places } = outlook.executor.batch
  const booking = insertionBooking(outlook)
  const placement = new Uint8Array(decisions)
  for (let i = 0; i < decisions; i++) {
    placement[i] = leastPlace(places, (k) => booking.finish(i, k)).place
    booking.book(i, placement[i])
  }
  return planOf(outlook, placement)
}

/** Takes ready tasks by priority, books each where `choose` says. */
function byPriority(outlook: Outlook, network: TaskNetwork, priority: Float64Array, choose: (booking: Booking, i: number) => number): Plan {
  const booking = insertionBooking(outlook)
  const ready = new ReadyTasks(network)
  const placement = new Uint8Array(network.tasks)
  while (!ready.isEmpty) {
    const i = greatest(ready.now(), (task) => priority[task])
    placement[i] = choose(booking, i)
    booking.book(i, placement[i])
    ready.take(i)
  }
  return planOf(outlook, placement)
}

/**
 * CPOP (H. Topcuoglu et al. 2002): ready tasks by upward + downward rank. Those on the critical path of their workflow all go to the one
 * place that computes the path soonest; every other one goes where it ends first, gaps included.
 */
export function cpopPlan(outlook: Outlook): Plan {
  const network = taskNetwork(outlook.executor)
  const { places } = network
  const downward = downwardSeconds(network)
  const priority = upwardSeconds(network).map((seconds, i) => seconds + downward[i])
  const critical = criticalPlaces(network, priority)
  return byPriority(outlook, network, priority, (booking, i) => {
    if (critical[i] >= 0 && booking.finish(i, critical[i]) < Infinity) return critical[i]
    return leastPlace(places, (k) => booking.finish(i, k)).place
  })
}

/** [tasks] the place of the critical path that each is on; −1: on none. */
function criticalPlaces({ tasks, places, workflowOf, beforeStart, before, seconds }: TaskNetwork, priority: Float64Array): Int32Array {
  const after = Array.from({ length: tasks }, (): number[] => [])
  const entries = new Map<number, number[]>()
  for (let i = 0; i < tasks; i++) {
    for (let f = beforeStart[i]; f < beforeStart[i + 1]; f++) after[before[f]].push(i)
    if (beforeStart[i] === beforeStart[i + 1]) entries.set(workflowOf[i], [...(entries.get(workflowOf[i]) ?? []), i])
  }
  const critical = new Int32Array(tasks).fill(-1)
  const rank = (i: number) => priority[i]
  for (const own of entries.values()) {
    const path = [greatest(own, rank)]
    for (let i = path[0]; after[i].length > 0; path.push(i)) i = greatest(after[i], rank)
    const { place } = leastPlace(places, (k) => path.reduce((sum, i) => sum + seconds[i * places + k], 0))
    for (const i of path) critical[i] = place
  }
  return critical
}

/**
 * PEFT (H. Arabnejad, J. Barbosa 2014): ready tasks by their mean optimistic cost, each where its end, gaps included, and the optimistic cost
 * from there come to the least.
 */
export function peftPlan(outlook: Outlook): Plan {
  const network = taskNetwork(outlook.executor)
  const { places, seconds } = network
  const table = optimisticSeconds(network)
  const priority = Float64Array.from({ length: network.tasks }, (_, i) => {
    const own = table.subarray(i * places, (i + 1) * places).filter((_cost, k) => seconds[i * places + k] < Infinity)
    return own.reduce((sum, cost) => sum + cost, 0) / own.length
  })
  return byPriority(
    outlook,
    network,
    priority,
    (booking, i) => leastPlace(places, (k) => booking.finish(i, k) + table[i * places + k]).place
  )
}

/** Which of the ready tasks is next: the one of least, or greatest, earliest end, or the one that would suffer most elsewhere. */
export type Matching = 'min-min' | 'max-min' | 'sufferage'

/** Min–min, max–min and sufferage (M. Maheswaran et al. 1999): of all ready tasks one is booked where it ends first, by the world's rule. */
export function matchingPlan(outlook: Outlook, matching: Matching): Plan {
  const network = taskNetwork(outlook.executor)
  const { places } = network
  const booking = new WorldBooking(outlook)
  const ready = new ReadyTasks(network)
  const placement = new Uint8Array(network.tasks)
  while (!ready.isEmpty) {
    const i = greatest(ready.now(), (task) => {
      const ends = Array.from({ length: places }, (_, k) => booking.finish(task, k))
      const { place, least } = leastPlace(places, (k) => ends[k])
      placement[task] = place
      if (matching === 'min-min') return -least
      if (matching === 'max-min') return least
      return leastPlace(places, (k) => (k === place ? Infinity : ends[k])).least - least
    })
    booking.book(i, placement[i])
    ready.take(i)
  }
  return planOf(outlook, placement)
}
