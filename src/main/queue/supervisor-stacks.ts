import type { RunSpec } from '@shared/run/spec'
import { shareOf, type Workers } from '@shared/run/stacks'
import { algorithmCards } from '../algorithms'
import { DamagedRecordError, type Store } from '../store'
import { loadOf, stackKey } from './stacking'

interface Shape {
  /** Undefined: trains alone. */
  key: string | undefined
  /** Share of what one process may hold. */
  load: number
}

/** Knows which waiting runs can train side by side. What it knows of a run holds while that waits. */
export class Stacks {
  readonly #store: Store
  readonly #shapes = new Map<string, Shape>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Notes a run down that starts from scratch, to spare reading its record. */
  note(run: string, spec: RunSpec): void {
    const card = algorithmCards.find(({ id }) => id === spec.algorithm)
    this.#shapes.set(run, { key: stackKey(spec, card, 0), load: loadOf(spec) })
  }

  /** Forgets runs that wait no longer. */
  forget(runs: readonly string[]): void {
    for (const run of runs) this.#shapes.delete(run)
  }

  /**
   * `head` and those of `waiting`, in their order, that train with it: its share of all that could, and no more than one process
   * may hold.
   */
  group(head: string, waiting: readonly string[], workers: Workers): string[] {
    const { key, load } = this.#shapeOf(head)
    if (key === undefined) return [head]
    const alike = waiting.filter((run) => this.#shapeOf(run).key === key)
    const share = shareOf(1 + alike.length, waiting.length > alike.length, workers)
    const group = [head]
    let sum = load
    for (const run of alike) {
      sum += this.#shapeOf(run).load
      if (group.length >= share || sum > 1) break
      group.push(run)
    }
    return group
  }

  #shapeOf(run: string): Shape {
    const known = this.#shapes.get(run)
    if (known) return known
    const shape = this.#read(run)
    this.#shapes.set(run, shape)
    return shape
  }

  #read(run: string): Shape {
    try {
      const spec = this.#store.runs.spec(run)
      const card = algorithmCards.find(({ id }) => id === spec.algorithm)
      return { key: stackKey(spec, card, this.#stepsOf(run)), load: loadOf(spec) }
    } catch (error) {
      // Its own attempt to begin will say so.
      if (error instanceof DamagedRecordError) return { key: undefined, load: 1 }
      throw error
    }
  }

  /** The learn step a run will resume from: 0 where its checkpoint is damaged, as it then starts from scratch. */
  #stepsOf(run: string): number {
    try {
      return this.#store.checkpoints.get(run)?.learnSteps ?? 0
    } catch (error) {
      if (error instanceof DamagedRecordError) return 0
      throw error
    }
  }
}
