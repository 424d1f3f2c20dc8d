import type { Priority } from '@shared/run/marks'

interface Waiting {
  id: string
  priority: Priority
}

/** Runs that wait for a worker: by priority, within one first come, first served unless they are resumed or somebody moves them. */
export class RunQueue {
  #waiting: Waiting[] = []
  #version = 0

  get size(): number {
    return this.#waiting.length
  }

  /** Grows whenever the order changes. */
  get version(): number {
    return this.#version
  }

  /** In the order they will start, but for those that train beside an earlier one. */
  get ids(): string[] {
    return this.#waiting.map(({ id }) => id)
  }

  has(id: string): boolean {
    return this.#waiting.some((each) => each.id === id)
  }

  priorityOf(id: string): Priority | undefined {
    return this.#waiting.find((each) => each.id === id)?.priority
  }

  /** Behind all others of their priority. */
  push(ids: readonly string[], priority: Priority = 0): void {
    const after = this.#waiting.findIndex((each) => each.priority < priority)
    const at = after < 0 ? this.#waiting.length : after
    this.#waiting.splice(at, 0, ...ids.map((id) => ({ id, priority })))
    this.#version++
  }

  /** Before all others of their priority, in the order given. */
  pushFirst(ids: readonly string[], priority: Priority = 0): void {
    const first = this.#waiting.findIndex((each) => each.priority <= priority)
    const at = first < 0 ? this.#waiting.length : first
    this.#waiting.splice(at, 0, ...ids.map((id) => ({ id, priority })))
    this.#version++
  }

  /** Puts a run back that could not be started after all. */
  putBack(id: string): void {
    // It stood first a moment ago, so its priority was the highest.
    this.#waiting.unshift({ id, priority: this.#waiting[0]?.priority ?? 0 })
    this.#version++
  }

  shift(): string | undefined {
    const first = this.#waiting.shift()
    if (first) this.#version++
    return first?.id
  }

  /**
   * Moves a run in front of another, or to the very end. Returns the priority it has there: that of the run it now
   * stands before, or of the last one, so that the order is always one of priorities too. Undefined where either does not wait.
   */
  move(id: string, before: string | undefined): Priority | undefined {
    if (!this.has(id) || (before !== undefined && !this.has(before))) return undefined
    if (id === before) return this.priorityOf(id)
    const others = this.#waiting.filter((each) => each.id !== id)
    const at = before === undefined ? others.length : others.findIndex((each) => each.id === before)
    const neighbour = others[at] ?? others[at - 1]
    const priority = neighbour?.priority ?? this.priorityOf(id) ?? 0
    others.splice(at, 0, { id, priority })
    this.#waiting = others
    this.#version++
    return priority
  }

  /** Gives waiting runs another priority; they go behind the others that have it, in the order they had. */
  prioritise(ids: readonly string[], priority: Priority): void {
    const chosen = new Set(ids)
    const moved = this.#waiting.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
    this.delete(moved)
    this.push(moved, priority)
  }

  /** Takes runs out wherever they stand. */
  delete(ids: readonly string[]): void {
    const gone = new Set(ids)
    this.#waiting = this.#waiting.filter(({ id }) => !gone.has(id))
    this.#version++
  }

  /** Takes all out. */
  clear(): string[] {
    const { ids } = this
    this.#waiting = []
    this.#version++
    return ids
  }
}
