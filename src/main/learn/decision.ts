import { advance } from '@shared/model/advance'
import { tableCost } from '@shared/model/cost'
import type { Episode } from './episode'
import { bestAfter, greedyPlace, valuesAfter } from './equations'
import type { Decision } from './learner'
import type { ValueSource } from './plain-ensemble'
import { outputsOf, type PolicyCard } from './policy'
import { isOfWholes, proposeAll } from './whole'
import { restLength, type StateShape, stateLength, writeRest, writeState } from './state'

/**
 * Of the algorithms of several units, for each episode the one with the least Q (decision-making phase, section IV-A).
 *
 * @paper Algorithm 1, lines 13–16: all workflows are decided at once, and of each the decisions of the unit with the least Q are the output.
 */
export function bestOfUnits(episodes: readonly Episode[], places: number, unitPlacements: readonly (readonly Uint8Array[])[]): Decision {
  const unitCosts = unitPlacements.map((placements) =>
    Float64Array.from(episodes, (episode, x) => tableCost(episode.costs, places, placements[x]))
  )
  const placements = episodes.map((_, x) => {
    let best = 0
    for (let unit = 1; unit < unitPlacements.length; unit++) if (unitCosts[unit][x] < unitCosts[best][x]) best = unit
    return unitPlacements[best][x]
  })
  return { placements, unitCosts }
}

/**
 * Lets every unit of an ensemble place its member's episodes greedily by its own Q-values, one task of all
 * episodes at a time. `episodes` [members][episodes], the same number for each member, whose units follow each other
 * in the ensemble; [units][episodes][tasks]. Of the networks' outputs a state the first K are of its places.
 *
 * @paper Algorithm 1, lines 11, 12: deciding, each unit follows its own proposals, without exploring.
 */
export function rollOut(
  ensemble: ValueSource,
  shape: StateShape,
  episodes: readonly (readonly Episode[])[],
  outputs = shape.places
): Uint8Array[][] {
  const K = shape.places
  const each = ensemble.units / episodes.length
  const count = episodes[0].length
  const length = stateLength(shape)
  const of = (unit: number) => episodes[Math.floor(unit / each)]
  const placements = Array.from({ length: ensemble.units }, (_, unit) => of(unit).map((episode) => new Uint8Array(episode.tasks)))
  const longest = Math.max(...episodes.flat().map((episode) => episode.tasks))
  for (let i = 0; i < longest; i++) {
    const states = new Float32Array(ensemble.units * count * length)
    for (let unit = 0, at = 0; unit < ensemble.units; unit++) {
      for (let x = 0; x < count; x++, at += length) {
        const episode = of(unit)[x]
        if (i < episode.tasks) writeState(K, episode, i, i === 0 ? 0 : placements[unit][x][i - 1], states, at)
      }
    }
    const values = ensemble.values(states, 'online')
    for (let unit = 0, at = 0; unit < ensemble.units; unit++) {
      advance()
      for (let x = 0; x < count; x++, at += outputs) {
        const { tasks, moves } = of(unit)[x]
        if (i >= tasks) continue
        const previous = i === 0 ? 0 : placements[unit][x][i - 1]
        placements[unit][x][i] = greedyPlace(values, at, moves, previous * K, K)
      }
    }
  }
  return placements
}

/**
 * Lets every unit whose networks give after-values place its member's episodes: all values come from one forward
 * pass, since they do not depend on where earlier tasks went. Every task goes where a plan over it and the next `horizon` − 1, exact
 * in the known costs, puts it (`valuesAfter`). Shapes as in `rollOut`.
 */
export function planAll(
  ensemble: ValueSource,
  shape: StateShape,
  episodes: readonly (readonly Episode[])[],
  horizon: number
): Uint8Array[][] {
  const K = shape.places
  const members = episodes.length
  const each = ensemble.units / members
  const count = episodes[0].length
  const states = Math.max(1, shape.tasks - 1)
  const length = restLength(shape)
  const inputs = new Float32Array(ensemble.units * count * states * length)
  for (let m = 0; m < members; m++) {
    const from = m * each * count * states * length
    episodes[m].forEach((episode, x) => {
      for (let i = 1; i < episode.tasks; i++) writeRest(episode, i, inputs, from + (x * states + i - 1) * length)
    })
    const size = count * states * length
    for (let j = 1; j < each; j++) inputs.copyWithin(from + j * size, from, from + size)
  }
  const values = ensemble.values(inputs, 'online')
  const after = new Float64Array(K)
  return Array.from({ length: ensemble.units }, (_, unit) =>
    episodes[Math.floor(unit / each)].map((episode, x) => {
      const { tasks, costs, costScale, moves } = episode
      const outlook = { tasks, costs, costScale, moves, values, at: (unit * count + x) * states * K }
      const placement = new Uint8Array(tasks)
      for (let i = 0, previous = 0; i < tasks; i++) {
        advance()
        valuesAfter(outlook, i, horizon, after)
        previous = placement[i] = bestAfter(costs, (i * K + previous) * K, costScale, after, 0, moves, previous * K, K)
      }
      return placement
    })
  )
}

/** The placements of a policy's units, as it was made to decide. Shapes as in `rollOut`; `candidates` of each member where they differ. */
export function placementsOfUnits(
  ensemble: ValueSource,
  {
    kind,
    shape,
    horizon = 1,
    candidates = 1
  }: Pick<PolicyCard, 'kind' | 'shape' | 'horizon'> & { candidates?: number | readonly number[] },
  episodes: readonly (readonly Episode[])[]
): Uint8Array[][] {
  if (kind === 'after-values') return planAll(ensemble, shape, episodes, horizon)
  if (isOfWholes(kind)) return proposeAll(ensemble, { kind, shape }, episodes, candidates)
  return rollOut(ensemble, shape, episodes, outputsOf(kind, shape))
}
