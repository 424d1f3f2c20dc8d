import type { RunRow } from '@shared/contract/records'
import { hasCurves } from '@shared/run/steps'
import { pacesOf } from '../experiment/estimate'
import { paceOf } from './pace'

/** When a run begins and ends, in seconds from now; undefined where no pace is known. */
export interface Forecast {
  begins: number
  ends?: number
}

/**
 * When the runs that train and wait will be done, if `parallel` train at a time in the order of the queue. A run's
 * pace is its own so far, else that of its algorithm's completed runs. From the first run whose pace is unknown on, whose
 * place gets free when is unknown too.
 */
export function forecastOf(
  running: readonly RunRow[],
  queued: readonly RunRow[],
  finished: Iterable<RunRow>,
  parallel: number
): Map<string, Partial<Forecast>> {
  const paces = pacesOf(finished)
  const secondsOf = (row: RunRow): number | undefined => {
    const pace = paceOf(row) ?? paces.get(row.algorithm)
    // What places by rule is nearly always done at once.
    if (pace === undefined) return hasCurves(row) ? undefined : 0
    return Math.max(0, row.totalLearnSteps - row.learnSteps) / pace
  }
  const forecast = new Map<string, Partial<Forecast>>()
  /** When each place gets free. */
  const places: number[] = []
  for (const row of running) {
    const ends = secondsOf(row)
    forecast.set(row.id, { begins: 0, ends })
    places.push(ends ?? Number.POSITIVE_INFINITY)
  }
  while (places.length < parallel) places.push(0)
  for (const row of queued) {
    const place = places.indexOf(Math.min(...places))
    const begins = places[place]
    const takes = secondsOf(row)
    if (!Number.isFinite(begins)) {
      forecast.set(row.id, {})
      continue
    }
    forecast.set(row.id, { begins, ...(takes !== undefined && { ends: begins + takes }) })
    places[place] = takes === undefined ? Number.POSITIVE_INFINITY : begins + takes
  }
  return forecast
}

/** When everything is done; undefined where that cannot be known. */
export function allDone(forecast: ReadonlyMap<string, Partial<Forecast>>): number | undefined {
  const ends = [...forecast.values()].map((each) => each.ends)
  return ends.every((end) => end !== undefined) ? Math.max(0, ...ends) : undefined
}
