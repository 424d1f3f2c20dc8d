import type { ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import type { RandomStream } from '@shared/model/random'
import type { ValueGradient } from './ensemble'
import type { Episode } from './episode'
import { advantagesOf, drawPlace, softmax } from './logits'
import type { PackedArray } from './packing'
import type { ValueSource } from './plain-ensemble'
import type { ShapedValues } from './policy'
import { type StateShape, stateLength, writeState } from './state'

/**
 * Episodes that one run's policy placed by chance: R of them, N decisions each. Rows of decisions follow each other, episode by episode;
 * those beyond a shorter episode's end are idle and allow no place.
 */
export interface Practice {
  /** [R·N·inputs] */
  states: Float32Array
  /** [R·N·K] */
  allowed: Uint8Array
  /** [R·N] */
  actions: Uint8Array
  /** [R·N] log-probability of each action when it was drawn. */
  logs: Float64Array
  /** [R·N] the advantage of each action, and the return that V is to tell. */
  advantages: Float64Array
  returns: Float64Array
  /** Mean −F a decision. */
  reward: number
}

/** How advantages are made of rewards; λ = 1: the return of the whole episode. */
export interface Discounting {
  discount: number
  lambda: number
}

/** log π of each place, up to a constant, then V: states of S_i, eq. (13). */
export function actorCriticNetwork(shape: StateShape, parameters: ParameterValues): ShapedValues {
  const network = { inputs: stateLength(shape), hidden: Number(parameters.hidden), outputs: shape.places + 1, head: 'plain' } as const
  return { kind: 'actor-critic', network }
}

/** A practice under way: what has been decided is written row by row. */
export class Practising {
  readonly practice: Practice
  readonly #places: number
  readonly #probabilities: Float64Array
  readonly #rewards: Float64Array
  readonly #values: Float64Array

  constructor(rows: number, inputs: number, places: number) {
    this.#places = places
    this.#probabilities = new Float64Array(places)
    this.#rewards = new Float64Array(rows)
    this.#values = new Float64Array(rows)
    this.practice = {
      states: new Float32Array(rows * inputs),
      allowed: new Uint8Array(rows * places),
      actions: new Uint8Array(rows),
      logs: new Float64Array(rows),
      advantages: new Float64Array(rows),
      returns: new Float64Array(rows),
      reward: 0
    }
  }

  /** Draws the action of a row, whose state and allowed places are written, from the outputs at `at`. */
  act(row: number, outputs: Float32Array, at: number, random: RandomStream): number {
    const { allowed, actions, logs } = this.practice
    softmax(outputs, { at, allowed, from: row * this.#places }, this.#probabilities)
    const action = drawPlace(this.#probabilities, random)
    actions[row] = action
    logs[row] = Math.log(this.#probabilities[action])
    this.#values[row] = outputs[at + this.#places]
    return action
  }

  /** Keeps the reward of a row, in learner's units. */
  reward(row: number, reward: number): void {
    this.#rewards[row] = reward
  }

  /** An episode of `count` rows from `at` on has ended. */
  end(at: number, count: number, discounting: Discounting): void {
    const { advantages, returns } = this.practice
    advantagesOf(this.#rewards, this.#values, { at, count, ...discounting }, advantages)
    for (let row = at; row < at + count; row++) returns[row] = advantages[row] + this.#values[row]
  }
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
  const runs = episodes.map(() => new Practising(R * N, length, K))
  for (let i = 0; i < N; i++) {
    const states = new Float32Array(runs.length * R * length)
    runs.forEach(({ practice }, m) => {
      episodes[m].forEach((episode, x) => {
        if (i >= episode.tasks) return
        const row = x * N + i
        const previous = i === 0 ? 0 : practice.actions[row - 1]
        writeState(K, episode, i, previous, practice.states, row * length)
        states.set(practice.states.subarray(row * length, (row + 1) * length), (m * R + x) * length)
        practice.allowed.set(episode.moves.subarray(previous * K, (previous + 1) * K), row * K)
      })
    })
    const outputs = networks.values(states, 'online')
    runs.forEach((run, m) => {
      advance()
      episodes[m].forEach(({ tasks, costs, costScale }, x) => {
        if (i >= tasks) return
        const row = x * N + i
        const action = run.act(row, outputs, (m * R + x) * (K + 1), randoms[m])
        const previous = i === 0 ? 0 : run.practice.actions[row - 1]
        const cost = costs[(i * K + previous) * K + action]
        run.reward(row, -cost / costScale)
        run.practice.reward -= cost / tasks / R
        if (i + 1 === tasks) run.end(x * N, tasks, discounting[m])
      })
    })
  }
  return runs.map(({ practice }) => practice)
}

/** One row as a loss sees it. */
export interface PracticeRow {
  /** Its place among its run's rows. */
  row: number
  action: number
  /** [K] of allowed places under the network as it is now; overwritten for the next row. */
  probabilities: Float64Array
  /** V now. */
  value: number
  /** 1 over the rows of the run that are not idle. */
  share: number
}

/** The loss of one row, in which its share counts; its gradient by the outputs, which stand at `at`, is added. */
export type RowLoss = (row: PracticeRow, practice: Practice, parameters: ParameterValues, gradient: Float32Array, at: number) => number

/** The gradient of all runs' losses; `loss` [runs] is added to. */
export function gradientOfRows(
  practices: readonly Practice[],
  parameters: readonly ParameterValues[],
  lossOf: RowLoss,
  loss: Float64Array
): ValueGradient {
  return (outputs) => {
    const gradient = new Float32Array(outputs.length)
    const rows = practices[0].actions.length
    const K = practices[0].allowed.length / rows
    const probabilities = new Float64Array(K)
    practices.forEach((practice, run) => {
      const { allowed, actions } = practice
      const isIdle = (row: number) => !allowed.subarray(row * K, (row + 1) * K).includes(1)
      const busy = Array.from({ length: rows }, (_, row) => row).filter((row) => !isIdle(row))
      const share = 1 / busy.length
      for (const row of busy) {
        const at = (run * rows + row) * (K + 1)
        softmax(outputs, { at, allowed, from: row * K }, probabilities)
        const value = outputs[at + K]
        loss[run] += lossOf({ row, action: actions[row], probabilities, value, share }, practice, parameters[run], gradient, at)
      }
    })
    return gradient
  }
}

/** [runs·R·N·inputs] the states of all runs' rows. */
export function statesOfAll(practices: readonly Practice[]): Float32Array {
  if (practices.length === 1) return practices[0].states
  const each = practices[0].states.length
  const states = new Float32Array(practices.length * each)
  practices.forEach((practice, m) => {
    states.set(practice.states, m * each)
  })
  return states
}

/** A practice as checkpoints keep it, and back; undefined where none was kept. */
export function packPractice(practice: Practice | undefined): Record<string, PackedArray> {
  if (!practice) return {}
  const { reward, ...arrays } = practice
  return { ...arrays, practiceReward: Float64Array.of(reward) }
}

export function unpackPractice(arrays: Record<string, PackedArray>): Practice | undefined {
  if (!arrays.practiceReward) return undefined
  const { states, allowed, actions, logs, advantages, returns, practiceReward } = arrays as unknown as Practice &
    Record<'practiceReward', Float64Array>
  return { states, allowed, actions, logs, advantages, returns, reward: practiceReward[0] }
}
