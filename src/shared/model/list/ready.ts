import { advance } from '../advance'
import type { TaskNetwork } from './network'

/** Tasks that wait for nothing that is not taken yet, in the order in which the world decides them. */
export class ReadyTasks {
  readonly #network: TaskNetwork
  /** [tasks] flows whose task is not taken yet. */
  readonly #waiting: Int32Array
  /** [tasks] those that wait for each. */
  readonly #after: readonly number[][]
  #ready: number[]

  constructor(network: TaskNetwork) {
    const { tasks, beforeStart, before } = network
    this.#network = network
    this.#waiting = new Int32Array(tasks)
    this.#after = Array.from({ length: tasks }, () => [])
    for (let i = 0; i < tasks; i++) {
      this.#waiting[i] = beforeStart[i + 1] - beforeStart[i]
      for (let f = beforeStart[i]; f < beforeStart[i + 1]; f++) this.#after[before[f]].push(i)
    }
    this.#ready = Array.from({ length: tasks }, (_, i) => i).filter((i) => this.#waiting[i] === 0)
  }

  get isEmpty(): boolean {
    return this.#ready.length === 0
  }

  /** Those of the workflows that are released first. */
  now(): readonly number[] {
    const { release } = this.#network
    const first = this.#ready.reduce((least, i) => Math.min(least, release[i]), Infinity)
    return this.#ready.filter((i) => release[i] === first)
  }

  take(task: number): void {
    this.#ready = this.#ready.filter((i) => i !== task)
    for (const i of this.#after[task]) if (--this.#waiting[i] === 0) this.#ready.push(i)
    this.#ready.sort((a, b) => a - b)
    advance()
  }
}

/** The item of greatest value; of several the first. */
export function greatest(items: readonly number[], value: (item: number) => number): number {
  let best = items[0]
  let most = value(best)
  for (let x = 1; x < items.length; x++) {
    const own = value(items[x])
    if (own > most) {
      most = own
      best = items[x]
    }
  }
  return best
}
