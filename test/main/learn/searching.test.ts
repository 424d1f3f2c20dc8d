import { describe, expect, it } from 'vitest'
import { BestSoFar, type PlacingAlgorithm, type PlacingProgress, type PlacingTask, placingTask } from '../../../src/main/learn/placing'
import { bySearch, type EpisodeSearch, type SearchTask } from '../../../src/main/learn/searching'
import { problemOf } from './worlds'

/** A search that looks at random placements and likes the one whose number is greatest; it keeps a count of its own. */
class Lottery implements EpisodeSearch {
  best: Uint8Array
  evaluations: number
  readonly isOver = false
  #greatest: number
  readonly #task: SearchTask

  constructor(task: SearchTask) {
    const { evaluations, greatest } = (task.resume?.state.data as { evaluations: number; greatest: number }) ?? {
      evaluations: 1,
      greatest: 0
    }
    this.#task = task
    this.best = task.resume?.best ?? new Uint8Array(task.episode.tasks)
    this.evaluations = evaluations
    this.#greatest = greatest
  }

  search(most: number): boolean {
    const before = this.#greatest
    for (; this.evaluations < most; this.evaluations++) {
      const number = this.#task.random.uint32()
      if (number <= this.#greatest) continue
      this.#greatest = number
      this.best = this.best.map((_, i) => (number >>> i) % this.#task.places)
    }
    return this.#greatest > before
  }

  state() {
    return { data: { evaluations: this.evaluations, greatest: this.#greatest }, arrays: { seen: Float64Array.of(this.#greatest) } }
  }
}

const lottery: PlacingAlgorithm['place'] = bySearch((task) => new Lottery(task))
const problem = problemOf()
const taskOf = (evaluations: number, resume?: PlacingTask['resume']): PlacingTask => ({
  ...placingTask(problem, { parameters: { evaluations }, seed: 3 }),
  ...(resume && { resume })
})

/** What a placing yields, `yields` times at most, what it has placed by then, and how it could be resumed. */
function yieldedBy(task: PlacingTask, yields = Infinity) {
  const best = new BestSoFar(task)
  const placing = lottery(task)
  const yielded: [evaluations: number, placed: string][] = []
  for (const progress of placing.progress as Iterable<PlacingProgress>) {
    best.take(progress)
    yielded.push([progress.evaluations ?? 0, JSON.stringify(best.placements.map((placement) => [...(placement ?? [])]))])
    if (yielded.length >= yields) break
  }
  const state = placing.checkpoint?.()
  if (!state) throw new Error('it keeps no checkpoint')
  return { yielded, resume: { placements: best.placements, state } }
}

describe('searches side by side', () => {
  const BUDGET = 400_000
  const whole = yieldedBy(taskOf(BUDGET)).yielded

  it('yield ever more evaluations, up to the budget, a thousand times or so and within long rounds too', () => {
    const evaluations = whole.map(([each]) => each)
    expect(evaluations).toEqual([...evaluations].sort((a, b) => a - b))
    expect(evaluations.at(-1)).toBe(BUDGET)
    expect(whole.length).toBeLessThan(2000)
    expect(new Set(evaluations).size).toBeLessThan(whole.length - problem.heldOut.length)
  })

  it.each([1, 11, 20, 21, 400, whole.length - 3, whole.length - 2, whole.length - 1])(
    'resume after yield %i to the same bits',
    (yields) => {
      const { yielded, resume } = yieldedBy(taskOf(BUDGET), yields)
      const rest = yieldedBy(taskOf(BUDGET, resume)).yielded
      // A round that was under way is made again as one: what counts is what there is last at each number of evaluations.
      expect(yielded).toEqual(whole.slice(0, yields))
      expect([...new Map([...yielded, ...rest])]).toEqual([...new Map(whole)])
    }
  )

  it('have each its own randomness', () => {
    const { resume } = yieldedBy(taskOf(50))
    expect(new Set(resume.placements.map((placement) => String(placement))).size).toBeGreaterThan(5)
  })
})
