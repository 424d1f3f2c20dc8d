import type { ValueGradient } from './ensemble'
import type { Episode } from './episode'
import { greedyPlace, qTarget } from './equations'
import { writeState } from './state'

/** A replay batch of every unit: [S_i, a_i, R(S_i, a_i), S_i+1], Algorithm 1, line 17. Rows of a unit follow each other. */
export interface Transitions {
  /** [rows·length] S_i. */
  states: Float32Array
  /** [rows·length] S_i+1; zeros after the last task. */
  next: Float32Array
  /** [rows] */
  actions: Uint8Array
  /** [rows] in learner's units. */
  rewards: Float64Array
  /** [rows] the moves allowed after the action; none after the last task. */
  after: (Uint8Array | undefined)[]
}

/** Room for `rows` transitions between states of `length` numbers. */
export function emptyTransitions(rows: number, length: number): Transitions {
  return {
    states: new Float32Array(rows * length),
    next: new Float32Array(rows * length),
    actions: new Uint8Array(rows),
    rewards: new Float64Array(rows),
    after: new Array(rows)
  }
}

/**
 * Writes one transition: task `i` of an episode put at `action` after `previous`. `places` is K.
 *
 * @paper eq. (17): The place of the action takes the place of a_i−1 and the first task of the state falls away; after the last task there is no next state.
 */
export function writeTransition(
  { states, next, actions, rewards, after }: Transitions,
  row: number,
  places: number,
  episode: Episode,
  { i, previous, action, reward }: { i: number; previous: number; action: number; reward: number }
): void {
  const length = states.length / actions.length
  actions[row] = action
  rewards[row] = reward
  writeState(places, episode, i, previous, states, row * length)
  if (i + 1 === episode.tasks) return
  writeState(places, episode, i + 1, action, next, row * length)
  after[row] = episode.moves
}

/**
 * The gradient of the mean squared temporal-difference error of each unit's batch, eq. (18). `frozen` values what `choosing` chooses
 * of the next states ([rows·K] each); `discountOf` gives μ of a row, `seen` is told each row's squared error.
 */
export function temporalDifference(
  { actions, rewards, after }: Transitions,
  { places, batch, frozen, choosing }: { places: number; batch: number; frozen: Float32Array; choosing: Float32Array },
  discountOf: (row: number) => number,
  seen: (row: number, squared: number) => void
): ValueGradient {
  return (values) => {
    const gradient = new Float32Array(values.length)
    for (let row = 0; row < actions.length; row++) {
      const moves = after[row]
      const at = row * places
      const best = moves ? greedyPlace(choosing, at, moves, actions[row] * places, places) : 0
      const error = values[at + actions[row]] - qTarget(rewards[row], discountOf(row), moves ? frozen[at + best] : 0)
      gradient[at + actions[row]] = (2 / batch) * error
      seen(row, error * error)
    }
    return gradient
  }
}
