import { tableCost } from '@shared/model/cost'
import type { Episode } from './episode'
import { bestAfter, greedyPlace } from './equations'
import type { Decision } from './learner'
import type { ValueSource } from './plain-ensemble'
import type { Problem } from './problem'
import { restLength, stateLength, writeRest, writeState } from './state'

/**
 * [kinds][K·K] whether a device kind has a route from one place to another (row from, column to).
 * Learners never propose or value a move without a route.
 */
export function allowedMoves(problem: Problem): Uint8Array[] {
  const { compiled, shape } = problem
  const kinds: Uint8Array[] = []
  for (const environment of compiled.environments.values()) {
    const moves = Uint8Array.from(environment.transfers, (routes, at) => {
      const to = at % shape.places
      return routes.length > 0 && environment.reachable[to] ? 1 : 0
    })
    const kind = problem.kindOf(environment.device)
    kinds[kind] ??= moves
  }
  return kinds
}

/** Of the schemes of several units, for each episode the one with the least Q (decision-making phase, section IV-A). */
export function bestOfUnits(episodes: readonly Episode[], places: number, schemes: readonly (readonly Uint8Array[])[]): Decision {
  const unitCosts = schemes.map((placements) =>
    Float64Array.from(episodes, (episode, x) => tableCost(episode.costs, places, placements[x]))
  )
  const placements = episodes.map((_, x) => {
    let best = 0
    for (let unit = 1; unit < schemes.length; unit++) if (unitCosts[unit][x] < unitCosts[best][x]) best = unit
    return schemes[best][x]
  })
  return { placements, unitCosts }
}

/**
 * Lets every unit of an ensemble place its member's episodes greedily by its own Q-values, one task of all
 * episodes at a time. [units][episodes][tasks]; `units` of the ensemble belong to each member in turn.
 */
export function rollOut(
  ensemble: ValueSource,
  problems: readonly Problem[],
  allowed: readonly (readonly Uint8Array[])[],
  episodes: readonly (readonly Episode[])[]
): Uint8Array[][] {
  const { shape } = problems[0]
  const each = ensemble.units / problems.length
  const count = episodes[0].length
  const length = stateLength(shape)
  const placements = Array.from({ length: ensemble.units }, (_, unit) =>
    episodes[Math.floor(unit / each)].map((episode) => new Uint8Array(episode.tasks))
  )
  const longest = Math.max(...episodes.flat().map((episode) => episode.tasks))
  for (let i = 0; i < longest; i++) {
    const states = new Float32Array(ensemble.units * count * length)
    for (let unit = 0, at = 0; unit < ensemble.units; unit++) {
      const own = episodes[Math.floor(unit / each)]
      for (let x = 0; x < count; x++, at += length) {
        const episode = own[x]
        if (i < episode.tasks)
          writeState(shape, episode.features, episode.deviceKind, i, i === 0 ? 0 : placements[unit][x][i - 1], states, at)
      }
    }
    const values = ensemble.values(states, 'online')
    for (let unit = 0, at = 0; unit < ensemble.units; unit++) {
      const member = Math.floor(unit / each)
      for (let x = 0; x < count; x++, at += shape.places) {
        const episode = episodes[member][x]
        if (i >= episode.tasks) continue
        const previous = i === 0 ? 0 : placements[unit][x][i - 1]
        placements[unit][x][i] = greedyPlace(values, at, allowed[member][episode.deviceKind], previous * shape.places, shape.places)
      }
    }
  }
  return placements
}

/**
 * Lets every unit whose networks give after-values place its member's episodes: all values come from one forward
 * pass, then each scheme is read off task by task as −F + V. [units][episodes][tasks].
 */
export function planAll(
  ensemble: ValueSource,
  problems: readonly Problem[],
  allowed: readonly (readonly Uint8Array[])[],
  episodes: readonly (readonly Episode[])[]
): Uint8Array[][] {
  const { shape } = problems[0]
  const K = shape.places
  const each = ensemble.units / problems.length
  const count = episodes[0].length
  const states = Math.max(1, shape.tasks - 1)
  const length = restLength(shape)
  const inputs = new Float32Array(ensemble.units * count * states * length)
  for (let m = 0; m < problems.length; m++) {
    const from = m * each * count * states * length
    episodes[m].forEach((episode, x) => {
      for (let i = 1; i < episode.tasks; i++) {
        writeRest(shape, episode.features, episode.deviceKind, i, inputs, from + (x * states + i - 1) * length)
      }
    })
    const size = count * states * length
    for (let j = 1; j < each; j++) inputs.copyWithin(from + j * size, from, from + size)
  }
  const values = ensemble.values(inputs, 'online')
  return Array.from({ length: ensemble.units }, (_, unit) => {
    const m = Math.floor(unit / each)
    return episodes[m].map((episode, x) => {
      const placement = new Uint8Array(episode.tasks)
      for (let i = 0, previous = 0; i < episode.tasks; i++) {
        const after = i === episode.tasks - 1 ? -1 : ((unit * count + x) * states + i) * K
        const costs = (i * K + previous) * K
        const moves = allowed[m][episode.deviceKind]
        previous = placement[i] = bestAfter(episode.costs, costs, problems[m].costScale, values, after, moves, previous * K, K)
      }
      return placement
    })
  })
}
