import type { Topology } from './topology'
import type { WorkflowSchedule } from './world'

/** What a node has to do for a batch; sums and shares are means over batches. */
export interface NodeLoad {
  node: string
  /** [cores] the share of the batch's time in which each is busy. */
  cores: number[]
  /** The share over all its cores. */
  share: number
  /** Tasks it computes. */
  tasks: number
  /** Σ over tasks of the seconds they wait for a core after their data has arrived. */
  waitedSeconds: number
}

/** The same of one direction of a link. */
export interface DirectionLoad {
  from: string
  to: string
  share: number
  megabytes: number
  waitedSeconds: number
}

export interface BatchLoad {
  nodes: NodeLoad[]
  /** Two of each link, there and back, in the order of the topology's links. */
  directions: DirectionLoad[]
  /** When the last workflow of a batch has ended, in seconds from the batch's zero. */
  endSeconds: number
}

const keyOf = (from: string, to: string) => JSON.stringify([from, to])

/** MB of the flows between two tasks of a workflow, by their ends. */
function flowSizes({ flows }: { flows: readonly { from: string; to: string; megabytes: number }[] }): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const { from, to, megabytes } of flows) sizes.set(keyOf(from, to), megabytes)
  return sizes
}

/** One batch as it was placed: its workflows, and the schedule of each. */
export interface PlacedSample {
  workflows: readonly { flows: readonly { from: string; to: string; megabytes: number }[] }[]
  schedules: readonly WorkflowSchedule[]
}

/** Who is how busy while batches are executed on shared machines, and what is waited for: means over the batches. */
export function batchLoadOf({ nodes, links }: Topology, batches: readonly PlacedSample[]): BatchLoad {
  const load: BatchLoad = {
    nodes: nodes.map(({ id, cores = 1 }) => ({ node: id, cores: new Array<number>(cores).fill(0), share: 0, tasks: 0, waitedSeconds: 0 })),
    directions: links.flatMap(({ from, to }) => [
      { from, to, share: 0, megabytes: 0, waitedSeconds: 0 },
      { from: to, to: from, share: 0, megabytes: 0, waitedSeconds: 0 }
    ]),
    endSeconds: 0
  }
  const nodeBy = new Map(load.nodes.map((each) => [each.node, each]))
  const directionBy = new Map(load.directions.map((each) => [keyOf(each.from, each.to), each]))
  const one = 1 / batches.length
  for (const { workflows, schedules } of batches) {
    const end = schedules.reduce((last, { releaseSeconds = 0, delaySeconds }) => Math.max(last, releaseSeconds + delaySeconds), 0)
    load.endSeconds += one * end
    // What takes no time keeps nobody busy.
    const share = end > 0 ? one / end : 0
    schedules.forEach(({ tasks, transfers = [] }, w) => {
      for (const { node, core = 0, startSeconds, finishSeconds, waitSeconds = 0 } of tasks) {
        const at = nodeBy.get(node)
        if (!at) continue
        at.cores[core] += (finishSeconds - startSeconds) * share
        at.tasks += one
        at.waitedSeconds += waitSeconds * one
      }
      const sizes = flowSizes(workflows[w])
      for (const { from, to, fromNode, toNode, startSeconds, endSeconds, waitSeconds } of transfers) {
        const at = directionBy.get(keyOf(fromNode, toNode))
        if (!at) continue
        at.share += (endSeconds - startSeconds) * share
        at.megabytes += (sizes.get(keyOf(from, to)) ?? 0) * one
        at.waitedSeconds += waitSeconds * one
      }
    })
  }
  for (const each of load.nodes) each.share = each.cores.reduce((sum, core) => sum + core, 0) / each.cores.length
  return load
}
