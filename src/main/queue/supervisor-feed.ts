import type { LiveBatch, RunRow } from '@shared/contract/records'
import { type StoredCurve, thinnedCurve } from '../store'
import type { Supervisor } from './supervisor'
import type { SupervisorEvent } from './supervisor-listeners'

/** At most two batches per second: each has pages redraw what they show, beside the training. */
const INTERVAL_MS = 500

/** Points of one curve that wait for a slow consumer; beyond that they are thinned to half. */
const WAITING_POINTS = 2000

/** What has moved since the last batch: the latest row of each run, and points in bounded number. */
class Backlog {
  readonly #curves: ReadonlySet<string>
  #rows = new Map<string, RunRow>()
  #removed = new Set<string>()
  #points = new Map<string, Map<string, StoredCurve>>()

  constructor(curves: readonly string[]) {
    this.#curves = new Set(curves)
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0 && this.#removed.size === 0 && this.#points.size === 0
  }

  add({ rows, removed, points }: SupervisorEvent): void {
    for (const row of rows) {
      this.#rows.set(row.id, row)
      this.#removed.delete(row.id)
    }
    for (const id of removed) {
      this.#removed.add(id)
      this.#rows.delete(id)
      this.#points.delete(id)
    }
    for (const { run, points: curves } of points) {
      if (!this.#curves.has(run) || this.#removed.has(run)) continue
      const waiting = this.#points.get(run) ?? new Map<string, StoredCurve>()
      this.#points.set(run, waiting)
      for (const { metric, steps, values } of curves) {
        const before = waiting.get(metric)
        const all = before ? { steps: joined(before.steps, steps), values: joined(before.values, values) } : { steps, values }
        waiting.set(metric, all.steps.length > WAITING_POINTS ? thinnedCurve(all, WAITING_POINTS / 2) : all)
      }
    }
  }

  take(system: LiveBatch['system'], queue: LiveBatch['queue']): LiveBatch {
    const points = [...this.#points].flatMap(([run, curves]) =>
      [...curves].map(([metric, { steps, values }]) => ({ run, metric, steps: [...steps], values: [...values] }))
    )
    const batch = { runs: [...this.#rows.values()], removed: [...this.#removed], points, ...(queue && { queue }), system }
    this.#rows = new Map()
    this.#removed = new Set()
    this.#points = new Map()
    return batch
  }
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}

/**
 * What moves, merged to at most two batches per second and bounded in memory however slowly it is read: changed rows of
 * all runs, new points of the runs in `curves`, and the counts. The first batch comes at once and holds the counts.
 * Ends when `signal` is aborted or the supervisor has closed.
 */
export async function* createLiveFeed(
  supervisor: Supervisor,
  { curves, signal }: { curves: readonly string[]; signal?: AbortSignal }
): AsyncGenerator<LiveBatch, void, void> {
  const backlog = new Backlog(curves)
  let wake = (): void => {}
  let over = signal?.aborted ?? false
  const unsubscribe = supervisor.subscribe({
    onEvent: (event) => {
      backlog.add(event)
      wake()
    },
    onClose: () => end()
  })
  const end = (): void => {
    over = true
    wake()
  }
  signal?.addEventListener('abort', end)
  const waitUntil = async (isDone: () => boolean): Promise<void> => {
    while (!isDone() && !over) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  let told = -1
  try {
    while (!over) {
      const { ids, version } = supervisor.queued()
      yield backlog.take(supervisor.counts(), version === told ? undefined : ids)
      told = version
      let rested = false
      const rest = setTimeout(() => {
        rested = true
        wake()
      }, INTERVAL_MS)
      await waitUntil(() => rested && !backlog.isEmpty)
      clearTimeout(rest)
    }
  } finally {
    signal?.removeEventListener('abort', end)
    unsubscribe()
  }
}
