import type { PlaygroundWorkflow } from '@shared/contract/playground'
import { joins } from '@shared/experiment/changes'
import { isRelay, type Topology } from '@shared/model/topology'

/** The nodes data passes from one to another, both ends included: the fastest way for its size. Empty: there is none. */
export function wayBetween(topology: Topology, from: string, to: string, megabytes: number): string[] {
  if (from === to) return [from]
  const seconds = new Map<string, number>([[from, 0]])
  const before = new Map<string, string>()
  const open = new Set([from])
  while (open.size > 0) {
    const at = [...open].reduce((a, b) => ((seconds.get(a) ?? 0) <= (seconds.get(b) ?? 0) ? a : b))
    open.delete(at)
    if (at === to) break
    const node = topology.nodes.find(({ id }) => id === at)
    if (at !== from && node && !isRelay(node)) continue
    for (const link of topology.links) {
      const next = link.from === at ? link.to : link.to === at ? link.from : undefined
      if (next === undefined) continue
      const arrival = (seconds.get(at) ?? 0) + link.latencyMs / 1000 + megabytes / link.bandwidthMBps
      if (arrival >= (seconds.get(next) ?? Number.POSITIVE_INFINITY)) continue
      seconds.set(next, arrival)
      before.set(next, at)
      open.add(next)
    }
  }
  if (!seconds.has(to)) return []
  const way = [to]
  for (let at = before.get(to); at !== undefined; at = before.get(at)) way.unshift(at)
  return way
}

/** Where a workflow's token is: at a node, or under way on a link between two. */
export interface Whereabouts {
  /** The task that computes, or that the data is for; undefined on the way home. */
  task: string | undefined
  from: string
  to: string
  /** How far from `from` to `to`, 0 to 1. */
  share: number
}

/** Where a placed workflow is `at` seconds after its start. */
export function whereabouts(
  topology: Topology,
  device: string,
  megabytes: readonly (number | null)[],
  { tasks, delaySeconds }: PlaygroundWorkflow,
  at: number
): Whereabouts {
  let previous = device
  for (let i = 0; i < tasks.length; i++) {
    const { id, node, startSeconds, finishSeconds, transferSeconds } = tasks[i]
    if (at < startSeconds) return onTheWay(topology, previous, node, megabytes[i] ?? 0, id, 1 - (startSeconds - at) / transferSeconds)
    if (at < finishSeconds) return { task: id, from: node, to: node, share: 0 }
    previous = node
  }
  const last = tasks.at(-1)?.finishSeconds ?? 0
  const share = delaySeconds > last ? (at - last) / (delaySeconds - last) : 1
  return onTheWay(topology, previous, device, megabytes.at(-1) ?? 0, undefined, share)
}

function onTheWay(topology: Topology, from: string, to: string, size: number, task: string | undefined, share: number): Whereabouts {
  const way = wayBetween(topology, from, to, size)
  if (way.length < 2) return { task, from: to, to, share: 0 }
  const hops = way.slice(1).map((node, i) => {
    const link = topology.links.find((each) => joins(each, way[i], node))
    return link ? link.latencyMs / 1000 + size / link.bandwidthMBps : 0
  })
  const whole = hops.reduce((sum, hop) => sum + hop, 0)
  let left = Math.max(0, Math.min(1, share)) * whole
  for (let i = 0; i < hops.length; i++) {
    if (left <= hops[i] || i === hops.length - 1)
      return { task, from: way[i], to: way[i + 1], share: hops[i] > 0 ? Math.min(1, left / hops[i]) : 1 }
    left -= hops[i]
  }
  return { task, from: to, to, share: 0 }
}
