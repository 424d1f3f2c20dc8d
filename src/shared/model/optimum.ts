import { advance } from './advance'

/** The best placement of a chain and its cost. */
export interface Optimum {
  cost: number
  /** [N] location indices. */
  placement: Uint8Array
}

/**
 * The exact optimum of a cost table [N·K·K] by Viterbi dynamic programming (A. Viterbi, 1967), O(N·K²).
 * The chain starts on location 0. `from`, `count` and `previous` solve a part of the chain.
 *
 * @paper eqs. (10), (11): The text calls the problem NP-hard and searches; without contention for servers the cost of a chain adds up over neighbours, and dynamic programming solves it exactly.
 */
export function viterbi(
  table: Float64Array,
  places: number,
  from = 0,
  count = table.length / (places * places) - from,
  previous = 0
): Optimum {
  // best[p]: least cost of tasks i… when the task before sits at p; choice[i][p]: the place that gives it.
  let best = new Float64Array(places)
  let next = new Float64Array(places)
  const choice = new Uint8Array(count * places)
  for (let i = count - 1; i >= 0; i--) {
    for (let p = 0; p < places; p++) {
      let least = Infinity
      let place = 0
      const row = ((from + i) * places + p) * places
      for (let a = 0; a < places; a++) {
        const cost = table[row + a] + next[a]
        if (cost < least) {
          least = cost
          place = a
        }
      }
      best[p] = least
      choice[i * places + p] = place
    }
    ;[best, next] = [next, best]
    advance()
  }
  const placement = new Uint8Array(count)
  // Summed forwards, as every other cost is, so that a placement equal to the optimum has a gap of exactly 0.
  let cost = 0
  for (let i = 0, p = previous; i < count; i++) {
    placement[i] = choice[i * places + p]
    cost += table[((from + i) * places + p) * places + placement[i]]
    p = placement[i]
  }
  return { cost, placement }
}

/** Places each task as an exact plan over the next `horizon` tasks would: 1 is greedy, N or more the optimum. */
export function planAhead(table: Float64Array, places: number, horizon: number): Uint8Array {
  const tasks = table.length / (places * places)
  const placement = new Uint8Array(tasks)
  for (let i = 0, previous = 0; i < tasks; i++) {
    const plan = viterbi(table, places, i, Math.min(horizon, tasks - i), previous)
    previous = placement[i] = plan.placement[0]
  }
  return placement
}
