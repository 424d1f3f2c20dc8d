import type { RandomStream } from '@shared/model/random'
import { optimalityGap } from '@shared/model/world'
import type { AnyEpisode, AnyProblem } from '../learn/problems'
import { IllegalMoveError, Rollout } from '../learn/rollout'
import { actionsIn, wired } from './arrays'
import { ProgramFault } from './fault'
import type { Program } from './program'
import type { ResetRequest } from './reset'

/** The training stream of a problem, as a program asks for it: a rollout at a time. */
export class Serving {
  readonly #problem: AnyProblem
  readonly #random: RandomStream
  #rollout: Rollout | undefined

  /** `random`: the run's environment stream. */
  constructor(problem: AnyProblem, random: RandomStream) {
    this.#problem = problem
    this.#random = random
  }

  /** Begins `rows` episodes of the training stream, which end the rollout under way. */
  reset({ rows, references, isContinued }: ResetRequest): object {
    const draw = () => this.#problem.draw(this.#random) as AnyEpisode
    return this.#begin(Array.from({ length: rows }, draw), references, isContinued ? draw : undefined)
  }

  /** Begins all held-out episodes, a row each. */
  resetToHeldOut(references: boolean): object {
    return this.#begin(this.#problem.heldOut, references)
  }

  #begin(episodes: readonly AnyEpisode[], references: boolean, next?: () => AnyEpisode): object {
    this.#rollout = new Rollout(this.#problem, episodes, next)
    if (!references) return stateOf(this.#rollout)
    const known = episodes.map(({ model }) => {
      const { kind, lower, upper } = model.reference()
      return { kind, lower, upper }
    })
    return { ...stateOf(this.#rollout), references: known }
  }

  /** Throws ProgramFault for moves that are not allowed. */
  step(actions: unknown): object {
    const rollout = this.#rollout
    if (!rollout) throw new ProgramFault('It asked for a step before a reset.')
    movesIn(rollout, actionsIn(actions, rollout.rows))
    const { rows, rewards, dones, costs } = rollout
    return { ...stateOf(rollout), rewards: wired(rewards, rows), dones: wired(dones, rows), costs: wired(costs, rows) }
  }
}

function stateOf({ rows, inputs, places, observations, moves }: Rollout): object {
  return { type: 'state', observations: wired(observations, rows, inputs), moves: wired(moves, rows, places) }
}

function movesIn(rollout: Rollout, actions: Int32Array): void {
  try {
    rollout.step(actions)
  } catch (error) {
    if (error instanceof IllegalMoveError) throw new ProgramFault(`It made an illegal move: ${error.message}.`)
    throw error
  }
}

/** How `program` places episodes: all of them side by side, decision by decision; [episodes][decisions]. */
export async function placedBy(program: Program, problem: AnyProblem, episodes: readonly AnyEpisode[]): Promise<Uint8Array[]> {
  const rollout = new Rollout(problem, episodes)
  const { inputs, places } = rollout
  const placements = episodes.map(({ model }) => new Uint8Array(model.decisions))
  const chosen = new Int32Array(episodes.length)
  for (let i = 0; ; i++) {
    const rows = Int32Array.from(episodes.keys()).filter((row) => !rollout.isDone(row))
    if (rows.length === 0) return placements
    const observations = gathered(rollout.observations, rows, inputs)
    const actions = await program.decide(rows, { inputs, places, observations, moves: gathered(rollout.moves, rows, places) }, i === 0)
    rows.forEach((row, at) => {
      chosen[row] = actions[at]
      placements[row][i] = actions[at]
    })
    movesIn(rollout, chosen)
  }
}

/** Some rows of an array, one after another. */
function gathered<T extends Float32Array | Uint8Array>(all: T, rows: Int32Array, length: number): T {
  const some = all.slice(0, rows.length * length) as T
  rows.forEach((row, at) => {
    some.set(all.subarray(row * length, (row + 1) * length), at * length)
  })
  return some
}

/** The mean gap of placements to their references. */
export function meanGap(episodes: readonly AnyEpisode[], placements: readonly Uint8Array[]): number {
  const gaps = episodes.map(({ model }, x) => optimalityGap(model.total(placements[x]), model.reference()))
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
}
