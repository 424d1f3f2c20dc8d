/** The learners' equations, each a pure function. Numbers are those of the DMRO paper unless said. */

/** The greatest of `count` values from `at`, among places that `allowed` (from `row`) permits; its index. */
export function greedyPlace(values: ArrayLike<number>, at: number, allowed: Uint8Array, row: number, count: number): number {
  let best = -1
  for (let a = 0; a < count; a++) {
    if (allowed[row + a] && (best < 0 || values[at + a] > values[at + best])) best = a
  }
  return best
}

/**
 * Target of eq. (18): R + μ · max over a' of the frozen network's Q(S', a').
 *
 * @paper eq. (18): The text mixes the old and the new value by θ; we take θ for the step size of an optimiser on the squared difference to the bracket, as gradient descent on that error does the same. No value follows the last task.
 */
export function qTarget(reward: number, discount: number, greatestNext: number): number {
  return reward + discount * greatestNext
}

/**
 * Rewards of one state's proposals from their F, section IV-A: the proposal with the least F earns −least,
 * every other −greatest. Proposals that agree with the best earn what it earns.
 *
 * @paper section IV-A: The reward of the text: −min F for the proposal with the least F, −max F for every other. Equal proposals earn the same.
 */
export function minMaxRewards(costs: ArrayLike<number>, rewards: Float64Array): void {
  let least = Infinity
  let greatest = -Infinity
  for (let j = 0; j < costs.length; j++) {
    least = Math.min(least, costs[j])
    greatest = Math.max(greatest, costs[j])
  }
  for (let j = 0; j < costs.length; j++) rewards[j] = costs[j] === least ? -least : -greatest
}

/** ε at learn step `step` (0-based): falls in a line from `start` to `end` over the first `share` of `total`, then stays. */
export function epsilonAt(step: number, total: number, start: number, end: number, share: number): number {
  const over = share * total
  return over > 0 && step < over ? start + ((end - start) * step) / over : end
}

/** What is known of a workflow's costs, and what is learned of them: V of what remains after each task, [N − 1][K] from `at` on. */
export interface ChainOutlook {
  tasks: number
  /** [N][K][K] F by task, previous place and place. */
  costs: Float64Array
  costScale: number
  /** [K][K] which places have a route to which. */
  moves: Uint8Array
  values: ArrayLike<number>
  at: number
}

/**
 * Fills `next` [K] with the value of having task i at each place: the best −F / scale of the next h − 1 tasks, planned exactly over the
 * known costs, with V of what remains after those. h = 1 is V itself; where the plan reaches the end nothing learned is left in it. Ways
 * from two places soon meet, and V's error where they have met is the same for both: the longer the plan, the less it decides.
 */
export function valuesAfter(
  { tasks, costs, costScale, moves, values, at }: ChainOutlook,
  i: number,
  horizon: number,
  next: Float64Array
): void {
  const places = next.length
  const last = Math.min(tasks - 1, i + horizon - 1)
  for (let a = 0; a < places; a++) next[a] = last === tasks - 1 ? 0 : values[at + last * places + a]
  if (last === i) return
  const before = new Float64Array(places)
  for (let j = last; j > i; j--) {
    for (let previous = 0; previous < places; previous++) {
      const row = previous * places
      const best = bestAfter(costs, j * places * places + row, costScale, next, 0, moves, row, places)
      before[previous] = best < 0 ? -Infinity : -costs[j * places * places + row + best] / costScale + next[best]
    }
    next.set(before)
  }
}

/**
 * The place with the greatest −F / scale + V after it, where V are `values` from `after` on (−1: nothing comes
 * after the last task). `costs` from `at` and `allowed` from `row` are those of the previous place.
 */
export function bestAfter(
  costs: Float64Array,
  at: number,
  scale: number,
  values: ArrayLike<number>,
  after: number,
  allowed: Uint8Array,
  row: number,
  count: number
): number {
  let best = -1
  let greatest = -Infinity
  for (let a = 0; a < count; a++) {
    if (!allowed[row + a]) continue
    const value = -costs[at + a] / scale + (after < 0 ? 0 : values[after + a])
    if (value > greatest || best < 0) {
      greatest = value
      best = a
    }
  }
  return best
}
