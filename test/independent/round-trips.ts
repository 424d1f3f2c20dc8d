/**
 * Execution "round-trip" again, from MRLCO's equations alone: F_L, F_U, F_E and F_D of every task, the clocks of the device, the uplink
 * and the edge, all from 0; the predecessors of a task are those that a flow leads from.
 */

export interface TripTask {
  /** L, U, E and D, in seconds. */
  local: number
  up: number
  edge: number
  down: number
  /** Indices of the tasks it waits for. */
  before: number[]
}

/** Descending rank, the higher index first of equal ones. Every task takes time, so that none has the rank of what waits for it. */
export function orderOf(tasks: readonly TripTask[]): number[] {
  const rank = (i: number): number => {
    const { local, up, edge, down } = tasks[i]
    const successors = tasks.flatMap(({ before }, j) => (before.includes(i) ? [rank(j)] : []))
    return Math.min(local, up + edge + down) + Math.max(0, ...successors)
  }
  const ranks = tasks.map((_, i) => rank(i))
  return tasks.map((_, i) => i).sort((a, b) => ranks[b] - ranks[a] || b - a)
}

/** T, and when every task ends. `isOffloaded` by task. */
export function execute(tasks: readonly TripTask[], isOffloaded: readonly boolean[]): { delay: number; ends: number[] } {
  const [FL, FU, FE, FD] = [0, 1, 2, 3].map(() => tasks.map(() => 0))
  let [aL, aU, aE] = [0, 0, 0]
  for (const i of orderOf(tasks)) {
    const { local, up, edge, down, before } = tasks[i]
    const most = (of: (j: number) => number) => Math.max(0, ...before.map(of))
    if (isOffloaded[i]) {
      FU[i] = aU =
        Math.max(
          aU,
          most((j) => Math.max(FL[j], FU[j]))
        ) + up
      FE[i] = aE =
        Math.max(
          aE,
          FU[i],
          most((j) => FE[j])
        ) + edge
      FD[i] = FE[i] + down
    } else {
      FL[i] = aL =
        Math.max(
          aL,
          most((j) => Math.max(FL[j], FD[j]))
        ) + local
    }
  }
  const ends = tasks.map((_, i) => Math.max(FL[i], FD[i]))
  return { delay: Math.max(...ends), ends }
}
