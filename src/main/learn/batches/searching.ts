import { ChainEpisode } from '@shared/model/chain-world'
import { RandomStream, type RandomState } from '@shared/model/random'
import { Stream } from '@shared/model/search/causal'
import { CausalSearch } from '@shared/model/search/causal-search'
import type { Outlook } from '@shared/model/search/outlook'
import { outlookOf } from '@shared/model/search/outlook-of'
import type { Plan, Search as ModelSearch } from '@shared/model/search/search'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { byRule, type PlacingAlgorithm } from '../placing'
import type { AnyEpisode } from '../problems'
import { bySearch, type EpisodeSearch, type SearchTask } from '../searching'

/** What lies ahead of an episode's states; a chain is looked at as the graph that it is. */
export function outlookOfEpisode({ model }: AnyEpisode): Outlook {
  return outlookOf(model instanceof ChainEpisode ? model.asGraph().executor : model.executor)
}

/** An algorithm that plans any episode at once. */
export function byPlan(plan: (outlook: Outlook, parameters: ParameterValues) => Plan): PlacingAlgorithm['place'] {
  const placed = (parameters: ParameterValues) => (episode: AnyEpisode) => plan(outlookOfEpisode(episode), parameters).placement
  return byRule(placed, placed)
}

/** How a search begins: with its outlook and a random stream of its own. */
type Begin = (outlook: Outlook, task: { parameters: ParameterValues; random: RandomStream }) => ModelSearch

/**
 * An algorithm that searches any episode within a budget of evaluations, a stream release by release with that budget for each. Its searches
 * keep much of themselves, and are fast: one that was stopped is made again up to where it was, which leads to the same bits.
 */
export function byModelSearch(begin: Begin): PlacingAlgorithm['place'] {
  const start = (task: SearchTask<AnyEpisode>): EpisodeSearch => new Searching(begin, task)
  return bySearch(start, start)
}

interface Standing {
  evaluations: number
  random: RandomState
}

/** A search of the model as the iterators of algorithms take it. */
export class Searching implements EpisodeSearch {
  readonly #search: ModelSearch
  /** Where its random stream stood at the beginning. */
  readonly #random: RandomState

  constructor(begin: Begin, { episode, parameters, random, resume }: SearchTask<AnyEpisode>) {
    const kept = resume?.state.data as Standing | undefined
    this.#random = kept?.random ?? random.state
    const own = kept ? new RandomStream(kept.random) : random
    const outlook = outlookOfEpisode(episode)
    const stream = Stream.of(outlook.executor)
    const search = (each: Outlook) => begin(each, { parameters, random: own })
    this.#search = stream ? new CausalSearch(stream, outlook, search, Number(parameters.evaluations)) : search(outlook)
    if (kept) this.#search.advance(kept.evaluations - this.#search.evaluations)
  }

  get best(): Uint8Array {
    return this.#search.best.placement
  }

  /** The plan that it starts with is one, too. */
  get evaluations(): number {
    return this.#search.evaluations + 1
  }

  get isOver(): boolean {
    return this.#search.isDone
  }

  search(most: number): boolean {
    const before = this.#search.best.cost
    if (most > this.evaluations) this.#search.advance(most - this.evaluations)
    return this.#search.best.cost < before
  }

  state() {
    const standing: Standing = { evaluations: this.#search.evaluations, random: this.#random }
    return { data: standing, arrays: {} }
  }
}
