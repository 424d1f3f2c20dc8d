import type { PlacedWorkflow } from '@shared/contract/placements'

/** A stretch of a placed workflow's time. Seconds count from its start. */
export interface GanttBar {
  kind: 'compute' | 'transfer' | 'return'
  /** Index of the task it computes or brings data to; of the return one past the last. */
  task: number
  /** Lanes (places) it leads from and to; the same for computing. */
  fromLane: number
  lane: number
  from: number
  to: number
  /** What is sent; undefined for computing. */
  megabytes?: number
}

/**
 * The bars of a placed chain, one after another without overlap: their lengths sum to T, eq. (5). Transfers between
 * tasks at one place take no time and give no bar. `lanes` are places' ids, the own device first.
 */
export function ganttOf(placed: PlacedWorkflow, lanes: readonly string[], megabytes: readonly (number | null)[]): GanttBar[] {
  const laneByNode = new Map(lanes.map((node, i) => [node, i]))
  const laneOf = (node: string) => laneByNode.get(node) ?? 0
  const bars: GanttBar[] = []
  let clock = 0
  let lane = 0
  placed.tasks.forEach((span, task) => {
    const next = laneOf(span.node)
    if (span.transferSeconds > 0) {
      bars.push({
        kind: 'transfer',
        task,
        fromLane: lane,
        lane: next,
        from: clock,
        to: span.startSeconds,
        megabytes: megabytes[task] ?? undefined
      })
    }
    bars.push({ kind: 'compute', task, fromLane: next, lane: next, from: span.startSeconds, to: span.finishSeconds })
    clock = span.finishSeconds
    lane = next
  })
  if (placed.returnSeconds > 0) {
    const task = placed.tasks.length
    bars.push({
      kind: 'return',
      task,
      fromLane: lane,
      lane: 0,
      from: clock,
      to: clock + placed.returnSeconds,
      megabytes: megabytes[task] ?? undefined
    })
  }
  return bars
}

/** Tasks that two placements of one workflow put at different places. */
export function differingTasks(a: PlacedWorkflow, b: PlacedWorkflow): number[] {
  return a.tasks.flatMap((span, i) => (span.node === b.tasks[i]?.node ? [] : [i]))
}

/** The bar that time `at` falls into; the last one at the end. */
export function barAt(bars: readonly GanttBar[], at: number): GanttBar | undefined {
  return bars.find((bar) => at < bar.to) ?? bars.at(-1)
}
