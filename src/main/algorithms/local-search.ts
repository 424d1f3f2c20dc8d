import { planAhead } from '@shared/model/optimum'
import { LocalSearch } from '@shared/model/search/local-search'
import { planBy } from '@shared/model/search/rules'
import { randomStream } from '@shared/model/random'
import { SEARCH_METRICS } from '@shared/run/metrics'
import { Searching } from '../learn/batches/searching'
import type { Packed } from '../learn/packing'
import type { PlacingAlgorithm } from '../learn/placing'
import { bySearch, type EpisodeSearch, type SearchTask } from '../learn/searching'
import { sharedParameters } from './parameters'

/** A move must lower Q by more than sums of floats are rounded by, or two placements of equal cost could follow each other for ever. */
const ROUNDING = 1e-12

/** What a descent keeps of itself beside its placement. */
interface Standing {
  evaluations: number
  /** The move that is tried next. */
  at: number
  /** Moves in a row that did not help: once these are all there are, no move does. */
  idle: number
  /** What the order of moves is drawn from. */
  order: number
}

/**
 * First improvement: all moves of one task to another place are tried in turn, in an order drawn at random, and each that lowers Q is made at
 * once. Along a chain a move changes two step costs at most, so an evaluation takes the same time however long the workflow is.
 */
class Descent implements EpisodeSearch {
  readonly best: Uint8Array
  readonly #task: SearchTask
  readonly #standing: Standing
  /** [N·K] every move once: i·K + a puts task i on place a. */
  readonly #order: Uint32Array

  constructor(task: SearchTask) {
    const { episode, places, random, resume } = task
    this.#task = task
    this.best = resume?.best ?? planAhead(episode.costs, places, 1)
    this.#standing = resume ? { ...(resume.state.data as Standing) } : { evaluations: 1, at: 0, idle: 0, order: random.uint32() }
    this.#order = Uint32Array.from({ length: episode.tasks * places }, (_, move) => move)
    randomStream(this.#standing.order, 'action').shuffle(this.#order)
  }

  get evaluations(): number {
    return this.#standing.evaluations
  }

  get isOver(): boolean {
    return this.#standing.idle >= this.#order.length
  }

  search(most: number): boolean {
    const standing = this.#standing
    const { places } = this.#task
    let hasFound = false
    while (standing.evaluations < most && !this.isOver) {
      const move = this.#order[standing.at]
      standing.at = (standing.at + 1) % this.#order.length
      const [task, place] = [Math.floor(move / places), move % places]
      standing.idle++
      // It is there already: not a move.
      if (this.best[task] === place) continue
      standing.evaluations++
      const [stays, moves] = [this.#costAround(task, this.best[task]), this.#costAround(task, place)]
      if (!(stays - moves > ROUNDING * moves)) continue
      this.best[task] = place
      standing.idle = 0
      hasFound = true
    }
    return hasFound
  }

  state(): Packed {
    return { data: { ...this.#standing }, arrays: {} }
  }

  /** The step costs that depend on where a task is: its own, and that of the task after it. */
  #costAround(task: number, place: number): number {
    const { episode, places: K } = this.#task
    const previous = task === 0 ? 0 : this.best[task - 1]
    const own = episode.costs[(task * K + previous) * K + place]
    return task === episode.tasks - 1 ? own : own + episode.costs[((task + 1) * K + place) * K + this.best[task + 1]]
  }
}

export const localSearch: PlacingAlgorithm = {
  card: {
    id: 'local-search',
    title: 'Local search',
    kind: 'heuristic',
    look: { light: '#4d7c0f', dark: '#9ac24b', dash: [6, 2, 1, 2], marker: 'triangle-down', hollow: true, width: 1.5 },
    metrics: SEARCH_METRICS,
    summary: 'Starts from greedy and moves one task at a time wherever that lowers Q, until no move does.',
    reading:
      'Not in the paper: the simplest metaheuristic, with a budget of evaluations instead of training. Where data has a long way to go, no move of one task alone pays for it, so it often ends near greedy.',
    parameters: sharedParameters(['evaluations'])
  },
  place: bySearch(
    (task) => new Descent(task),
    (task) => new Searching((outlook) => new LocalSearch(outlook, planBy(outlook, 'finish')), task)
  )
}
