import type { ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import { RandomStream, type RandomState, randomStream } from '@shared/model/random'
import type { Episode } from './episode'
import type { Packed } from './packing'
import type { PlacingAlgorithm, PlacingProgress } from './placing'

/** The search for one episode's placement. */
export interface Search {
  /** [tasks] the best placement so far: one from the beginning. */
  readonly best: Uint8Array
  /** Placements whose Q it has computed, its first one included. */
  readonly evaluations: number
  /** Whether no further evaluation could find anything. */
  readonly isOver: boolean
  /** Searches on until it has made `most` evaluations in all, or is over; true where it has found a better placement. */
  search(most: number): boolean
  /** All that it needs to go on to the same bits, beside its best placement and its random stream. */
  state(): Packed
}

/** What a search begins with, or goes on from. */
export interface SearchTask {
  episode: Episode
  /** K. */
  places: number
  parameters: ParameterValues
  /** Its own. */
  random: RandomStream
  resume?: { best: Uint8Array; state: Packed }
}

/** Of a search's budget, about: between two tells its searches make a share of it each. */
const TELLS = 1000

/**
 * Makes a placing of a search: every episode is searched for itself, with a random stream of its own and the same budget, the parameter
 * "evaluations". All of them advance side by side, so that the mean of their best after so many evaluations is what a budget of so many
 * would have come to.
 */
export function bySearch(begin: (task: SearchTask) => Search): PlacingAlgorithm['place'] {
  return ({ episodes, locations, parameters, seed, resume }) => {
    const budget = Number(parameters.evaluations)
    const stride = Math.max(1, Math.round(budget / TELLS))
    const kept = resume && unpackSearches(resume.state)
    const seeds = randomStream(seed, 'action')
    const randoms: RandomStream[] = []
    const searches: Search[] = []
    let level = kept?.level ?? 0

    function* progress(): Generator<PlacingProgress, void, void> {
      for (const [x, episode] of episodes.entries()) {
        const own = randomStream(seeds.uint32(), 'action')
        const best = resume?.placements[x]
        const before = best && kept?.searches[x]
        randoms[x] = before ? new RandomStream(before.random) : own
        const task = { episode, places: locations(episode).length, parameters, random: randoms[x] }
        searches[x] = begin(before ? { ...task, resume: { best, state: before.state } } : task)
        if (before) continue
        level = Math.max(level, searches[x].evaluations)
        yield { placements: new Map([[x, searches[x].best]]), evaluations: level }
      }
      while (level < budget && searches.some(({ isOver }) => !isOver)) {
        level = Math.min(budget, level + stride)
        const placements = new Map<number, Uint8Array>()
        searches.forEach((search, x) => {
          if (!search.isOver && search.search(level)) placements.set(x, search.best)
          advance()
        })
        // Where all are over before, they end at the last evaluation that any of them made.
        yield { placements, evaluations: searches.reduce((most, { evaluations }) => Math.max(most, evaluations), 0) }
      }
    }
    const checkpoint = () =>
      packSearches(
        level,
        searches.map((search, x) => ({ random: randoms[x].state, state: search.state() }))
      )
    return { progress: progress(), checkpoint }
  }
}

interface KeptSearch {
  random: RandomState
  state: Packed
}

function packSearches(level: number, searches: readonly KeptSearch[]): Packed {
  const arrays = searches.flatMap(({ state }, x) => Object.entries(state.arrays).map(([key, array]) => [`${x}.${key}`, array] as const))
  return {
    data: { level, searches: searches.map(({ random, state }) => ({ random, own: state.data })) },
    arrays: Object.fromEntries(arrays)
  }
}

function unpackSearches({ data, arrays }: Packed): { level: number; searches: readonly KeptSearch[] } {
  const { level, searches } = data as { level: number; searches: { random: RandomState; own: unknown }[] }
  const all = Object.entries(arrays)
  const ownArrays = searches.map((): Packed['arrays'] => ({}))
  for (const [key, array] of all) {
    const dot = key.indexOf('.')
    ownArrays[Number(key.slice(0, dot))][key.slice(dot + 1)] = array
  }
  return { level, searches: searches.map(({ random, own }, x) => ({ random, state: { data: own, arrays: ownArrays[x] } })) }
}
