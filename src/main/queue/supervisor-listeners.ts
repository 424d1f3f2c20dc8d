import type { RunRow } from '@shared/contract/records'
import type { CurvePoints } from '@shared/run/metrics'
import type { Store } from '../store'

/** What moved. Rows are as they are now; deleted runs have none. */
export interface SupervisorEvent {
  rows: RunRow[]
  /** Runs that went out of sight. */
  removed: string[]
  /** New points, in the order they are recorded. */
  points: { run: string; points: CurvePoints[] }[]
}

export interface SupervisorListener {
  onEvent(event: SupervisorEvent): void
  /** Nothing will move any more. */
  onClose?(): void
}

/** Everyone who wants to know what moves. */
export class Listeners {
  readonly #store: Store
  readonly #all = new Set<SupervisorListener>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Returns how to stop. */
  add(listener: SupervisorListener): () => void {
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }

  moved(runs: readonly string[], points: SupervisorEvent['points'] = []): void {
    if (runs.length > 0) this.#tell({ rows: this.#store.runs.rows(runs), removed: [], points })
  }

  removed(runs: string[]): void {
    this.#tell({ rows: [], removed: runs, points: [] })
  }

  close(): void {
    for (const listener of this.#all) listener.onClose?.()
    this.#all.clear()
  }

  #tell(event: SupervisorEvent): void {
    for (const listener of this.#all) listener.onEvent(event)
  }
}
