import type { AlgorithmCard } from '@shared/algorithms/card'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { count } from '@shared/format'
import { advance } from '@shared/model/advance'
import type { Environment } from '@shared/model/environment'
import { RandomStream, type RandomState, randomStream } from '@shared/model/random'
import type { WorldEpisode } from '@shared/model/world'
import type { BatchSight } from './batches/problem'
import { releaseByRelease } from './batches/streams'
import type { Episode } from './episode'
import type { Packed } from './packing'
import { type AnyEpisode, isBatchSight } from './problems'

/** What an algorithm without training is to place: all held-out episodes of a run. */
export interface PlacingTask {
  episodes: readonly AnyEpisode[]
  parameters: ParameterValues
  /** All randomness follows from it. */
  seed: number
  /** Where an earlier attempt stopped: the best placements it had, and what `Placing.checkpoint` kept beside them. */
  resume?: { placements: readonly (Uint8Array | undefined)[]; state: Packed }
}

/** What a placing has come to since it last yielded. */
export interface PlacingProgress {
  /** The best placement so far of every episode that was placed or improved, by the episode's index. */
  placements: ReadonlyMap<number, Uint8Array>
  /** Of a search: placements of an episode whose Q it has computed so far, the most where episodes differ. It never falls. */
  evaluations?: number
}

/**
 * A placing under way. It yields its progress several times a second; between two yields the run reports, pauses and is cancelled. Longer
 * work calls `advance` as it proceeds. It ends when nothing is left to do, with every episode placed.
 */
export interface Placing {
  progress: Iterable<PlacingProgress> | AsyncIterable<PlacingProgress>
  /**
   * What it needs beside the best placements so far to resume to the same bits; asked for between two yields. A placing without it starts
   * from the beginning after a pause.
   */
  checkpoint?(): Packed
}

/** An algorithm that places without training: by rule, by search, or exactly. One that searches has the parameter "evaluations". */
export interface PlacingAlgorithm {
  card: AlgorithmCard & { kind: 'heuristic' | 'fixed' | 'reference' }
  place(task: PlacingTask): Placing
}

/** Places one episode at once. `random` is the run's stream "action", drawn from by one episode after another. */
export type EpisodeRule = (episode: Episode, locations: Environment['locations'], random: RandomStream) => Uint8Array

/** Places one batch of graphs or shared machines at once; of a stream, what one release brings. */
export type BatchRule = (sight: BatchSight, random: RandomStream) => Uint8Array

/** Thrown where an algorithm that places chains alone is given something else. */
export class ChainsOnlyError extends RangeError {
  override name = 'ChainsOnlyError'
}

/**
 * Makes a placing of a rule: an episode at a time, so that a checkpoint is the placements there are and where the random stream stands. On
 * streams the rule is asked at each release and knows nothing of later ones, unless it is `clairvoyant`.
 */
export function byRule(
  rule: (parameters: ParameterValues) => EpisodeRule,
  onBatches?: (parameters: ParameterValues) => BatchRule,
  { clairvoyant = false } = {}
): PlacingAlgorithm['place'] {
  return ({ episodes, parameters, seed, resume }) => {
    const placeChain = rule(parameters)
    const placeBatch = onBatches?.(parameters)
    const place = (episode: AnyEpisode): Uint8Array => {
      if (!isBatchSight(episode)) return placeChain(episode, episode.model.locations(), random)
      if (!placeBatch) throw new ChainsOnlyError('this algorithm places chains alone, of which nothing waits')
      return clairvoyant ? placeBatch(episode, random) : releaseByRelease(episode, (sight) => placeBatch(sight, random))
    }
    const random = resume ? new RandomStream(resume.state.data as RandomState) : randomStream(seed, 'action')
    function* progress(): Generator<PlacingProgress, void, void> {
      for (const [x, episode] of episodes.entries()) {
        if (resume?.placements[x]) continue
        yield { placements: new Map([[x, place(episode)]]) }
      }
    }
    return { progress: progress(), checkpoint: () => ({ data: random.state, arrays: {} }) }
  }
}

/** What an algorithm without training gets of a problem. */
export function placingTask(
  { heldOut }: { heldOut: readonly AnyEpisode[] },
  { parameters, seed }: Pick<PlacingTask, 'parameters' | 'seed'>
): PlacingTask {
  return { episodes: heldOut, parameters, seed }
}

/** The best placements so far of some episodes. */
export class BestSoFar {
  readonly #task: PlacingTask
  readonly #placements: (Uint8Array | undefined)[]
  #placed: number

  constructor(task: PlacingTask) {
    this.#task = task
    this.#placements = task.episodes.map((_, x) => task.resume?.placements[x]?.slice())
    this.#placed = this.#placements.filter((placement) => placement !== undefined).length
  }

  /** Episodes that have a placement. */
  get placed(): number {
    return this.#placed
  }

  /** [episodes], undefined where there is none yet. */
  get placements(): readonly (Uint8Array | undefined)[] {
    return this.#placements
  }

  /** [episodes] once every one has a placement; undefined before. */
  get complete(): Uint8Array[] | undefined {
    return this.#placed === this.#placements.length ? (this.#placements as Uint8Array[]) : undefined
  }

  /** Throws RangeError for a placement that is none of its episode. */
  take({ placements }: PlacingProgress): void {
    for (const [x, placement] of placements) {
      const episode = this.#task.episodes[x]
      if (!episode) throw new RangeError(`episode ${x} was placed, but there are only ${this.#placements.length}`)
      const { decisions, places } = episode.model as WorldEpisode
      const stranger = placement.find((place) => place >= places)
      if (placement.length !== decisions || stranger !== undefined) {
        const what = stranger === undefined ? `a placement of ${count(placement.length, 'task', 'tasks')}` : `place ${stranger}`
        const size = `${count(decisions, 'task', 'tasks')} and ${count(places, 'place', 'places')}`
        throw new RangeError(`workflow "${episode.model.workflows[0].id}" of ${size} was given ${what}`)
      }
      if (!this.#placements[x]) this.#placed++
      // The algorithm may change its own array later.
      this.#placements[x] = placement.slice()
    }
  }

  /** [episodes]. Throws RangeError where one was left out. */
  all(algorithm: string): Uint8Array[] {
    if (this.complete) return this.complete
    const left = this.#placements.length - this.#placed
    throw new RangeError(`${algorithm} ended with ${left} of ${count(this.#placements.length, 'workflow', 'workflows')} not placed`)
  }
}

/** How long others wait for a turn while everything is placed in one go, in milliseconds. */
const TURN_MS = 50

/** Places everything in one go: [episodes] the placements it ends with. Rejects with what the algorithm throws. */
export async function placeAll({ card, place }: PlacingAlgorithm, task: PlacingTask): Promise<Uint8Array[]> {
  const best = new BestSoFar(task)
  let turned = performance.now()
  for await (const progress of place(task).progress) {
    best.take(progress)
    advance()
    if (performance.now() - turned < TURN_MS) continue
    await new Promise<void>((resolve) => setImmediate(resolve))
    turned = performance.now()
  }
  return best.all(card.id)
}
