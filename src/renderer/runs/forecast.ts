import type { AlgorithmCard } from '@shared/algorithms/card'
import type { RunRow } from '@shared/contract/records'
import { hasCurves } from '@shared/run/steps'
import { schedule, type ScheduleSlot } from '@shared/run/schedule'
import type { Timing } from '@shared/run/timing'
import { paceOf } from './pace'

/** Seconds until a run that trains is done: by its own pace so far, else by that of its like. */
function secondsLeft(row: RunRow, timing: Timing): number | undefined {
  const { totalLearnSteps, learnSteps } = row
  // What places by rule is done at once.
  if (!hasCurves(row)) return 0
  const pace = paceOf(row)
  const step = pace === undefined ? timing(row, 1)?.seconds : 1 / pace
  return step === undefined ? undefined : Math.max(0, totalLearnSteps - learnSteps) * step
}

/**
 * When the runs that train and wait begin and end, in seconds from now, if `parallel` workers take them in the order of the queue with those
 * that can train beside them. From the first run whose pace is unknown on, when its worker gets free is unknown too.
 */
export function forecastOf(
  running: readonly RunRow[],
  queued: readonly RunRow[],
  timing: Timing,
  parallel: number,
  cards: ReadonlyMap<string, AlgorithmCard>
): Map<string, ScheduleSlot> {
  const forecast = new Map<string, ScheduleSlot>()
  /** When each worker gets free. Runs that began at one moment train on one. */
  const workers = new Map<string, number>()
  for (const row of running) {
    const ends = secondsLeft(row, timing)
    forecast.set(row.id, { begins: 0, ...(ends !== undefined && { ends }) })
    const worker = `${row.algorithm} ${row.startedAt ?? row.id}`
    workers.set(worker, Math.max(workers.get(worker) ?? 0, ends ?? Number.POSITIVE_INFINITY))
  }
  const free = [...workers.values()].sort((a, b) => a - b)
  while (free.length < parallel) free.push(0)
  const jobs = queued.map((row) => ({
    ...row,
    steps: hasCurves(row) ? Math.max(0, row.totalLearnSteps - row.learnSteps) : 0,
    made: row.learnSteps
  }))
  const slots = schedule(jobs, free, timing, cards)
  queued.forEach((row, i) => forecast.set(row.id, slots[i]))
  return forecast
}

/** When everything is done; undefined where that cannot be known. */
export function allDone(forecast: ReadonlyMap<string, ScheduleSlot>): number | undefined {
  const ends = [...forecast.values()].map((each) => each.ends)
  return ends.every((end) => end !== undefined) ? Math.max(0, ...ends) : undefined
}
