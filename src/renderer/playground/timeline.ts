import type { PlaygroundWorkflow } from '@shared/contract/playground'
import { TIERS, type Tier, type Topology } from '@shared/model/topology'
import { linearTicks } from '@shared/charts/ticks'

export interface Bar {
  id: string
  /** The task's number, from 1. */
  number: number
  tier: Tier
  node: string
  x: number
  width: number
  row: number
  /** Placed elsewhere than in the other placement. */
  differs: boolean
}

export interface TimelineTransfer {
  from: { x: number; row: number }
  to: { x: number; row: number }
  megabytes: number
}

export interface Gantt {
  bars: readonly Bar[]
  transfers: readonly TimelineTransfer[]
  /** Where the workflow ends. */
  end: number
}

export function tierOf(topology: Topology, node: string): Tier {
  return topology.nodes.find(({ id }) => id === node)?.tier ?? 'device'
}

/** A placed workflow as bars by tier and the data that moves between them; x runs from 0 to `width` over `seconds`. */
export function playgroundTimelineOf(
  topology: Topology,
  megabytes: readonly (number | null)[],
  placed: PlaygroundWorkflow,
  other: PlaygroundWorkflow,
  seconds: number,
  width: number
): Gantt {
  const scale = width / seconds
  const tiers = new Map(topology.nodes.map((node) => [node.id, node.tier]))
  const bars = placed.tasks.map(({ id, node, startSeconds, finishSeconds }, i): Bar => {
    const tier = tiers.get(node) ?? 'device'
    return {
      id,
      number: i + 1,
      tier,
      node,
      x: startSeconds * scale,
      width: Math.max(1.5, (finishSeconds - startSeconds) * scale),
      row: TIERS.indexOf(tier),
      differs: other.tasks[i]?.node !== node
    }
  })
  const transfers = placed.tasks.flatMap(({ startSeconds, transferSeconds }, i): TimelineTransfer[] => {
    const size = megabytes[i]
    if (transferSeconds === 0 || size === null || size === undefined) return []
    const row = i === 0 ? 0 : bars[i - 1].row
    return [
      { from: { x: (startSeconds - transferSeconds) * scale, row }, to: { x: startSeconds * scale, row: bars[i].row }, megabytes: size }
    ]
  })
  const last = placed.tasks.at(-1)
  const back = megabytes.at(-1)
  if (last && back !== null && back !== undefined && placed.delaySeconds > last.finishSeconds + 1e-9) {
    const end = { x: placed.delaySeconds * scale, row: 0 }
    transfers.push({ from: { x: last.finishSeconds * scale, row: bars[bars.length - 1].row }, to: end, megabytes: back })
  }
  return { bars, transfers, end: placed.delaySeconds * scale }
}

/** Round seconds for the common axis of two timelines. */
export function secondTicks(seconds: number): number[] {
  return linearTicks(0, seconds, 8)
}
