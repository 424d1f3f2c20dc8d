import type { ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import { RandomStream, type RandomState, randomStream } from '@shared/model/random'
import type { BatchSight } from './batches/problem'
import type { Episode } from './episode'
import { type AnyEpisode, isBatchSight } from './problems'
import type { Packed } from './packing'
import { ChainsOnlyError, type PlacingAlgorithm, type PlacingProgress } from './placing'

/** The search for one episode's placement. */
export interface EpisodeSearch {
  /** [tasks] the best placement so far: one from the beginning. */
  readonly best: Uint8Array
  /** Placements whose Q it has computed, its first one included. */
  readonly evaluations: number
  /** Whether no further evaluation could find anything. */
  readonly isOver: boolean
  /** Continues until it has made `most` evaluations in all, or is over; true where it has found a better placement. */
  search(most: number): boolean
  /** All that it needs to resume to the same bits, beside its best placement and its random stream. */
  state(): Packed
}

/** What a search begins with, or resumes from. */
export interface SearchTask<E = Episode> {
  episode: E
  /** K. */
  places: number
  parameters: ParameterValues
  /** Its own. */
  random: RandomStream
  resume?: { best: Uint8Array; state: Packed }
}

/** Each round of evaluations is this share of all before it: most is found early, and a search of any length takes a thousand rounds or so. */
const ROUND = 0.01
/** Task costs computed between two yields at most, a fraction of a second of work, so that a pause or a cancel is seen in time. */
const MOST_STEPS = 200_000

/**
 * Makes a placing of a search: every episode is searched for itself, with a random stream of its own and the same budget, the parameter
 * "evaluations". All of them advance side by side, so that the mean of their best after so many evaluations is what a budget of so many
 * would have come to.
 */
export function bySearch(
  onChains: (task: SearchTask) => EpisodeSearch,
  onBatches?: (task: SearchTask<BatchSight>) => EpisodeSearch
): PlacingAlgorithm['place'] {
  const begin = (task: SearchTask<AnyEpisode>): EpisodeSearch => {
    const { episode } = task
    if (!isBatchSight(episode)) return onChains({ ...task, episode })
    if (!onBatches) throw new ChainsOnlyError('this algorithm searches for placements of chains alone')
    return onBatches({ ...task, episode })
  }
  return ({ episodes, parameters, seed, resume }) => {
    const budget = Number(parameters.evaluations)
    const kept = resume && unpackSearches(resume.state)
    const seeds = randomStream(seed, 'action')
    const randoms: RandomStream[] = []
    const searches: EpisodeSearch[] = []
    let level = kept?.level ?? 0

    function* progress(): Generator<PlacingProgress, void, void> {
      for (const [x, episode] of episodes.entries()) {
        const own = randomStream(seeds.uint32(), 'action')
        const best = resume?.placements[x]
        const before = best && kept?.searches[x]
        randoms[x] = before ? new RandomStream(before.random) : own
        const task = { episode, places: episode.model.places, parameters, random: randoms[x] }
        searches[x] = begin(before ? { ...task, resume: { best, state: before.state } } : task)
        if (before) continue
        level = Math.max(level, searches[x].evaluations)
        yield { placements: new Map([[x, searches[x].best]]), evaluations: level }
      }
      const longest = episodes.reduce((most, { model }) => Math.max(most, model.decisions), 1)
      while (level < budget && searches.some(({ isOver }) => !isOver)) {
        const round = Math.min(Math.floor(level * ROUND), Math.floor(MOST_STEPS / longest))
        const next = Math.min(budget, level + Math.max(1, round))
        let placements = new Map<number, Uint8Array>()
        let steps = 0
        for (const [x, search] of searches.entries()) {
          if (search.isOver) continue
          const before = search.evaluations
          if (search.search(next)) placements.set(x, search.best)
          advance()
          steps += (search.evaluations - before) * episodes[x].model.decisions
          if (steps < MOST_STEPS) continue
          // Within a round: when resumed here it is made again, and searches that have had their share do nothing.
          yield { placements, evaluations: level }
          placements = new Map()
          steps = 0
        }
        // Where all are over before, they end at the last evaluation that any of them made.
        level = searches.reduce((most, { evaluations }) => Math.max(most, evaluations), level)
        yield { placements, evaluations: level }
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
