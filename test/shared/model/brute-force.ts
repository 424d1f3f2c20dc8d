import type { Optimum } from '@shared/model/optimum'

/** The optimum by trying all K^N placements: the check of `viterbi`, for small chains only. */
export function bruteForce(table: Float64Array, places: number): Optimum {
  const tasks = table.length / (places * places)
  const placement = new Uint8Array(tasks)
  let optimum: Optimum = { cost: Infinity, placement }
  const place = (i: number, previous: number, cost: number): void => {
    if (i === tasks) {
      if (cost < optimum.cost) optimum = { cost, placement: placement.slice() }
      return
    }
    for (let a = 0; a < places; a++) {
      placement[i] = a
      place(i + 1, a, cost + table[(i * places + previous) * places + a])
    }
  }
  place(0, 0, 0)
  return optimum
}
