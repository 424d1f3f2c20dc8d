import type { ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import type { Episode } from './episode'
import { advantagesOf, drawPlace, softmax } from './logits'
import type { ValueSource } from './plain-ensemble'
import type { ShapedValues } from './policy'
import { type StateShape, stateLength, writeState } from './state'
import type { RandomStream } from '@shared/model/random'

/**
 * Workflows that one run's policy placed by chance: R of them, N decisions each; rows of decisions follow each other, workflow by workflow,
 * and those beyond a shorter workflow's end are idle. What is stored of each row is what learning needs.
 */
export interface Practice {
  /** [R] */
  episodes: readonly Episode[]
  /** [R·N] */
  actions: Uint8Array
  /** [R·N] log-probability of each action when it was drawn. */
  logs: Float64Array
  /** [R·N] the advantage of each action, and the return that V is to tell. */
  advantages: Float64Array
  returns: Float64Array
  /** Mean −F a task. */
  reward: number
}

/** log π of each place, up to a constant, then V: states of S_i, eq. (13). */
export function actorCriticNetwork(shape: StateShape, parameters: ParameterValues): ShapedValues {
  const network = { inputs: stateLength(shape), hidden: Number(parameters.hidden), outputs: shape.places + 1, head: 'plain' } as const
  return { kind: 'actor-critic', network }
}

export interface Discounting {
  discount: number
  /** λ of generalised advantages; 1: the return of the whole workflow. */
  lambda: number
}

/**
 * Lets every run's network place its workflows by chance, all of them a task at a time. `episodes` [runs][R], R the same for each; one
 * network a run in `networks`.
 */
export function practise(
  networks: ValueSource,
  shape: StateShape,
  episodes: readonly (readonly Episode[])[],
  randoms: readonly RandomStream[],
  discounting: readonly Discounting[]
): Practice[] {
  const { places: K, tasks: N } = shape
  const R = episodes[0].length
  const length = stateLength(shape)
  const runs = episodes.map((own) => ({
    episodes: own,
    actions: new Uint8Array(R * N),
    logs: new Float64Array(R * N),
    advantages: new Float64Array(R * N),
    returns: new Float64Array(R * N),
    reward: 0
  }))
  const rewards = runs.map(() => new Float64Array(R * N))
  const values = runs.map(() => new Float64Array(R * N))
  const probabilities = new Float64Array(K)
  for (let i = 0; i < N; i++) {
    const states = new Float32Array(runs.length * R * length)
    runs.forEach(({ episodes: own, actions }, m) => {
      own.forEach((episode, x) => {
        if (i < episode.tasks) writeState(K, episode, i, previousOf(actions, x * N + i, i), states, (m * R + x) * length)
      })
    })
    const outputs = networks.values(states, 'online')
    runs.forEach((run, m) => {
      advance()
      run.episodes.forEach((episode, x) => {
        if (i >= episode.tasks) return
        const row = x * N + i
        const at = (m * R + x) * (K + 1)
        const previous = previousOf(run.actions, row, i)
        softmax(outputs, { at, allowed: episode.moves, from: previous * K }, probabilities)
        const action = drawPlace(probabilities, randoms[m])
        const cost = episode.costs[(i * K + previous) * K + action]
        run.actions[row] = action
        run.logs[row] = Math.log(probabilities[action])
        run.reward -= cost / episode.tasks / R
        rewards[m][row] = -cost / episode.costScale
        values[m][row] = outputs[at + K]
      })
    })
  }
  runs.forEach((run, m) => {
    run.episodes.forEach(({ tasks }, x) => {
      advantagesOf(rewards[m], values[m], { at: x * N, count: tasks, ...discounting[m] }, run.advantages)
    })
    run.returns.set(run.advantages.map((advantage, row) => advantage + values[m][row]))
  })
  return runs
}

/** Where the task before the one of a row is; the device before the first. */
export function previousOf(actions: Uint8Array, row: number, i: number): number {
  return i === 0 ? 0 : actions[row - 1]
}

/** [runs·R·N·length] the states of all rows. */
export function statesOf(shape: StateShape, practices: readonly Practice[]): Float32Array {
  const { places: K, tasks: N } = shape
  const length = stateLength(shape)
  const rows = practices[0].actions.length
  const states = new Float32Array(practices.length * rows * length)
  practices.forEach(({ episodes, actions }, m) => {
    episodes.forEach((episode, x) => {
      advance()
      for (let i = 0; i < episode.tasks; i++) {
        const row = x * N + i
        writeState(K, episode, i, previousOf(actions, row, i), states, (m * rows + row) * length)
      }
    })
  })
  return states
}

/** One row as a loss sees it. */
export interface PracticeRow {
  /** Its run and its place among that run's rows. */
  run: number
  row: number
  /** Where its outputs and their gradient stand. */
  at: number
  action: number
  /** [K] of allowed places under the network as it is now; overwritten for the next row. */
  probabilities: Float64Array
  /** V now. */
  value: number
  /** 1 over the rows of the run that are not idle. */
  share: number
}

/** Visits every row that is not idle with what the network says of it now. */
export function eachRow(shape: StateShape, practices: readonly Practice[], outputs: Float32Array, visit: (row: PracticeRow) => void): void {
  const { places: K, tasks: N } = shape
  const probabilities = new Float64Array(K)
  practices.forEach(({ episodes, actions }, run) => {
    const share = 1 / episodes.reduce((sum, { tasks }) => sum + tasks, 0)
    episodes.forEach(({ tasks, moves }, x) => {
      for (let i = 0; i < tasks; i++) {
        const row = x * N + i
        const at = (run * actions.length + row) * (K + 1)
        softmax(outputs, { at, allowed: moves, from: previousOf(actions, row, i) * K }, probabilities)
        visit({ run, row, at, action: actions[row], probabilities, value: outputs[at + K], share })
      }
    })
  })
}
