import type { TaskNetwork } from './network'

/** [tasks] mean seconds from the start of each task to the end of its workflow, along the longest way (H. Topcuoglu et al. 2002, eq. 10). */
export function upwardSeconds({ tasks, beforeStart, before, flowSeconds, meanSeconds, returnSeconds }: TaskNetwork): Float64Array {
  // What must follow the end of each task: those that wait for it come later in the order.
  const after = Float64Array.from(returnSeconds)
  const upward = new Float64Array(tasks)
  for (let i = tasks - 1; i >= 0; i--) {
    upward[i] = meanSeconds[i] + after[i]
    for (let f = beforeStart[i]; f < beforeStart[i + 1]; f++) {
      after[before[f]] = Math.max(after[before[f]], flowSeconds[f] + upward[i])
    }
  }
  return upward
}

/** [tasks] mean seconds from the start of the workflow to the start of each task, along the longest way (the same, eq. 12). */
export function downwardSeconds({ tasks, beforeStart, before, flowSeconds, meanSeconds, inputSeconds }: TaskNetwork): Float64Array {
  const downward = Float64Array.from(inputSeconds)
  for (let i = 0; i < tasks; i++) {
    for (let f = beforeStart[i]; f < beforeStart[i + 1]; f++) {
      const j = before[f]
      downward[i] = Math.max(downward[i], downward[j] + meanSeconds[j] + flowSeconds[f])
    }
  }
  return downward
}

/**
 * [tasks · K] the optimistic cost table (H. Arabnejad, J. Barbosa 2014, eq. 3): seconds from the end of each task at each place to the end
 * of its workflow, each task after it at the place that suits it best, flows at their mean. What returns to the device ends there.
 */
export function optimisticSeconds({
  tasks,
  places: K,
  beforeStart,
  before,
  flowSeconds,
  seconds,
  returnSeconds
}: TaskNetwork): Float64Array {
  const table = Float64Array.from({ length: tasks * K }, (_, cell) => (cell % K === 0 ? 0 : returnSeconds[Math.floor(cell / K)]))
  for (let i = tasks - 1; i >= 0; i--) {
    for (let f = beforeStart[i]; f < beforeStart[i + 1]; f++) {
      for (let p = 0; p < K; p++) {
        let least = Infinity
        for (let q = 0; q < K; q++) {
          const total = table[i * K + q] + seconds[i * K + q] + (p === q ? 0 : flowSeconds[f])
          if (total < least) least = total
        }
        const cell = before[f] * K + p
        table[cell] = Math.max(table[cell], least)
      }
    }
  }
  return table
}
