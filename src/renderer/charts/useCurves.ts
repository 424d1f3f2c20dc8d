import type { LiveBatch } from '@shared/contract/records'
import { isActive } from '@shared/run/lifecycle'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { useHistory } from '../services/history'
import { follow } from '../services/live'
import { append, continued, DRAWN_POINTS, NO_POINTS, type Points, pointCount, thin } from './points'

export interface CurveRequest {
  run: string
  metric: string
}

/** So many runs' points can be followed at once; more are read once and again when they have ended. */
const MOST_FOLLOWED = 50
/** Reads under way at a time. */
const PARALLEL = 12
/**
 * Milliseconds after which arrived points are shown, together with those that arrive in the meantime: each time the whole curve is redrawn.
 * A curve someone waits for is shown at once; curves that grow do so once per second, and leave the processor to the training.
 */
const SHOWN_AFTER = { read: 30, live: 1000 } as const

export const curveKey = (run: string, metric: string) => `${run} ${metric}`

/** The curves that `requests` asks for: read once, followed while their runs train, read again when those end. */
export function useCurves(requests: () => readonly CurveRequest[]) {
  const connection = useConnection()
  const history = useHistory()
  const curves = shallowRef<ReadonlyMap<string, Points>>(new Map())
  /** How many curves are still to be read. */
  const pending = shallowRef(0)
  /** Points that arrived since the stream stood, by curve: a curve read in the meantime is continued by them. */
  let arrived = new Map<string, Points>()
  let disposed = false
  /** Not shown yet. */
  let gathered = new Map<string, Points>()
  let showing: { timer: ReturnType<typeof setTimeout>; due: number } | undefined
  const newest = (key: string): Points | undefined => gathered.get(key) ?? curves.value.get(key)

  function put(key: string, points: Points, after: number = SHOWN_AFTER.read): void {
    if (disposed) return
    gathered.set(key, points)
    const due = performance.now() + after
    if (showing && showing.due <= due) return
    clearTimeout(showing?.timer)
    showing = { timer: setTimeout(show, after), due }
  }

  function show(): void {
    showing = undefined
    curves.value = new Map([...curves.value, ...gathered])
    gathered = new Map()
  }

  async function readOne({ run, metric }: CurveRequest): Promise<void> {
    const key = curveKey(run, metric)
    try {
      const part = await connection.client.runs.curve({ id: run, metric, maxPoints: DRAWN_POINTS })
      const points = continued(new Float64Array(await part.arrayBuffer()), arrived.get(key) ?? NO_POINTS)
      put(key, points)
    } catch {
      // Since deleted, or never recorded: an empty curve shows that.
      if (!newest(key)) put(key, NO_POINTS)
    }
  }

  async function read(wanted: readonly CurveRequest[]): Promise<void> {
    const queue = [...wanted]
    pending.value += queue.length
    const work = async () => {
      for (let next = queue.shift(); next && !disposed; next = queue.shift()) {
        await readOne(next)
        pending.value -= 1
      }
    }
    await Promise.all(Array.from({ length: Math.min(PARALLEL, queue.length) }, work))
  }

  function take({ points }: LiveBatch): void {
    const wanted = new Set(requests().map(({ run, metric }) => curveKey(run, metric)))
    for (const { run, metric, steps, values } of points) {
      const key = curveKey(run, metric)
      arrived.set(key, append(arrived.get(key) ?? NO_POINTS, steps, values))
      if (!wanted.has(key)) continue
      const next = append(newest(key) ?? NO_POINTS, steps, values)
      // Twice what is drawn may gather before it is thinned again.
      put(key, pointCount(next) > 2 * DRAWN_POINTS ? thin(next) : next, SHOWN_AFTER.live)
    }
  }

  const isLive = (run: string) => {
    const row = history.rows.get(run)
    return row !== undefined && isActive(row.status)
  }

  // One stream for all that still move. It is opened again when their set changes.
  let stream: AbortController | undefined
  watch(
    () => [...new Set(requests().map(({ run }) => run))].filter(isLive).slice(0, MOST_FOLLOWED).join(),
    (live, before) => {
      stream?.abort()
      stream = undefined
      arrived = new Map()
      const ended = before ? before.split(',').filter((run) => !live.includes(run)) : []
      // Of a run that has ended the exact curves are read again, thinned at their source.
      if (ended.length > 0) void read(requests().filter(({ run }) => ended.includes(run)))
      if (live === '') return
      const followed = live.split(',')
      stream = new AbortController()
      const begin = () => read(requests().filter(({ run }) => followed.includes(run)))
      void follow(connection, followed, { begin, batch: take }, stream.signal)
    },
    { immediate: true }
  )

  watch(
    () =>
      requests()
        .map(({ run, metric }) => curveKey(run, metric))
        .join(),
    () => {
      const missing = requests().filter(({ run, metric }) => !newest(curveKey(run, metric)))
      void read(missing)
    },
    { immediate: true }
  )

  onScopeDispose(() => {
    disposed = true
    clearTimeout(showing?.timer)
    stream?.abort()
  })

  const curveOf = (run: string, metric: string): Points => curves.value.get(curveKey(run, metric)) ?? NO_POINTS
  return { curveOf, pending }
}
