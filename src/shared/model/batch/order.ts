import { meanSeconds, type RouteTable } from './fixed-routes'
import { DEVICE, type TaskGraph } from './graph'

/**
 * [tasks] upward rank of each task of a workflow: r_i = v_i · mean over the K places of 1/C + the greatest of, over flows i → j, the mean
 * over the K² ordered pairs of places of the route's seconds for that size + r_j, and over return flows the mean over the K places of the
 * seconds to the device. Pairs without a route are left out of a mean. Seconds; after H. Topcuoglu et al. 2002.
 *
 * `tables`: the routes of each flow. `secondsPerMegacycle`: the mean of 1/C.
 */
export function upwardRanks(
  graph: TaskGraph,
  tables: readonly RouteTable[],
  secondsPerMegacycle: number,
  countReturn: boolean
): Float64Array {
  const { tasks, flows } = graph.workflow
  const ranks = new Float64Array(tasks.length)
  for (let at = tasks.length - 1; at >= 0; at--) {
    const task = graph.topological[at]
    let after = 0
    for (const f of graph.outgoing[task]) {
      const target = graph.to[f]
      if (target === DEVICE && !countReturn) continue
      const { pairs, home } = tables[f]
      const { megabytes } = flows[f]
      const rest = target === DEVICE ? meanSeconds(home, megabytes) : meanSeconds(pairs, megabytes) + ranks[target]
      if (rest > after) after = rest
    }
    ranks[task] = tasks[task].megacycles * secondsPerMegacycle + after
  }
  return ranks
}

/** One decision of a batch: which workflow, and which of its tasks (an index into its document), it is for. */
export interface TaskDecision {
  workflow: number
  task: number
}

/** The order of decisions: by release, then upward rank descending, then the workflow's index, then the task's topological position. */
export function decisionOrder(graphs: readonly TaskGraph[], ranks: readonly Float64Array[]): TaskDecision[] {
  const decisions: TaskDecision[] = []
  graphs.forEach(({ topological }, workflow) => {
    for (let i = 0; i < topological.length; i++) decisions.push({ workflow, task: topological[i] })
  })
  const releases = graphs.map(({ workflow }) => workflow.releaseSeconds ?? 0)
  // Sorting is stable: what ties stays by workflow and position.
  return decisions.sort((a, b) => releases[a.workflow] - releases[b.workflow] || ranks[b.workflow][b.task] - ranks[a.workflow][a.task])
}
