import type { RandomStream } from '@shared/model/random'
import type { Episode } from './episode'
import type { Problem } from './problem'
import { Ring } from './ring'
import { type Transitions, writeTransition } from './transitions'

/** The memory pool of the outer model: the newest workflows of every environment of a set, each environment's apart. */
export class EnvironmentReplay {
  readonly #problem: Problem
  readonly #rings: Ring<Episode>[]

  /** `capacity`: workflows kept of each environment. */
  constructor(problem: Problem, capacity: number, kept?: { episodes: readonly Episode[]; next: ArrayLike<number> }) {
    this.#problem = problem
    this.#rings = Array.from({ length: problem.worlds }, (_, world) => {
      if (!kept) return new Ring<Episode>(capacity)
      const own = kept.episodes.filter((episode) => episode.world === world)
      return Ring.from(capacity, own, kept.next[world])
    })
  }

  /** Draws `count` workflows in one environment and keeps them. */
  add(world: number, count: number, random: RandomStream): void {
    for (let x = 0; x < count; x++) this.#rings[world].push(this.#problem.draw(random, world))
  }

  /** Whether any workflow of an environment is kept. */
  has(world: number): boolean {
    return this.#rings[world].size > 0
  }

  /**
   * Fills `rows` rows from `row` on with transitions of one environment: task, previous place and action each drawn evenly from those
   * that can be, so that every offloaded state is met (a greedy rollout would stay where it began to).
   */
  sample(world: number, transitions: Transitions, row: number, rows: number, random: RandomStream): void {
    const { places } = this.#problem.shape
    const ring = this.#rings[world]
    for (let end = row + rows; row < end; row++) {
      const episode = ring.at(random.below(ring.size))
      const i = random.below(episode.tasks)
      const previous = i === 0 ? 0 : anyOf(episode.moves, 0, places, random)
      const action = anyOf(episode.moves, previous * places, places, random)
      const reward = -episode.costs[(i * places + previous) * places + action] / episode.costScale
      writeTransition(transitions, row, places, episode, { i, previous, action, reward })
    }
  }

  /** What a checkpoint keeps: workflows environment by environment, and where each one's next goes. */
  get state(): { episodes: Episode[]; next: Int32Array } {
    const states = this.#rings.map((ring) => ring.state)
    return { episodes: states.flatMap(({ items }) => items), next: Int32Array.from(states, ({ next }) => next) }
  }
}

/** A place drawn evenly from those that `moves` allows from `row` on. */
function anyOf(moves: Uint8Array, row: number, places: number, random: RandomStream): number {
  for (;;) {
    const place = random.below(places)
    if (moves[row + place]) return place
  }
}
