import type { ParameterValue } from '@shared/algorithms/parameters'
import { plain } from '@shared/format'
import type { ComparedGroup } from './groups'

/** One upright of parallel coordinates: where each run stands on it, 0 (foot) to 1 (head), and what its ends are called. */
export interface ParallelAxis {
  key: string
  /** Ticks by their place. */
  ticks: { at: number; label: string }[]
  /** By run; undefined where the run has no such value. */
  places: ReadonlyMap<string, number>
}

/** Numbers over more than two decades stand by their logarithm. */
function numericAxis(key: string, values: ReadonlyMap<string, number>): ParallelAxis | undefined {
  const all = [...values.values()].filter(Number.isFinite)
  if ([...values.values()].every(Number.isNaN)) return undefined
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0, 0]
  const isLog = low > 0 && high / low > 50
  const scale = (value: number) => (isLog ? Math.log10(value) : value)
  // Infinite values stand at the head, a little over all others.
  const isBeyond = [...values.values()].includes(Number.POSITIVE_INFINITY)
  const head = isBeyond ? 0.9 : 1
  const place = (value: number) =>
    value === Number.POSITIVE_INFINITY ? 1 : head * (high === low ? 0.5 : (scale(value) - scale(low)) / (scale(high) - scale(low)))
  const distinct = [...new Set(all)].sort((a, b) => a - b)
  const ticks = distinct.length <= 6 ? distinct : [low, high]
  return {
    key,
    ticks: [...ticks, ...(isBeyond ? [Number.POSITIVE_INFINITY] : [])].map((value) => ({ at: place(value), label: plain(value, 3) })),
    places: new Map([...values].flatMap(([run, value]) => (Number.isNaN(value) ? [] : [[run, place(value)] as const])))
  }
}

function namedAxis(key: string, values: ReadonlyMap<string, ParameterValue>): ParallelAxis {
  const names = [...new Set([...values.values()].map(String))]
  const place = (name: string) => (names.length === 1 ? 0.5 : names.indexOf(name) / (names.length - 1))
  return {
    key,
    ticks: names.map((name) => ({ at: place(name), label: name })),
    places: new Map([...values].map(([run, value]) => [run, place(String(value))]))
  }
}

/** An axis for the algorithm where there are several, for each parameter that differs among runs that have it, and for the gap in per cent. */
export function parallelAxes(groups: readonly ComparedGroup[]): ParallelAxis[] {
  const runs = groups.flatMap((group) => group.finished)
  const keys = [...new Set(groups.flatMap(({ parameters }) => Object.keys(parameters)))]
  const axes = keys.flatMap((key): ParallelAxis[] => {
    const values = new Map(runs.flatMap((row) => (key in row.parameters ? [[row.id, row.parameters[key]] as const] : [])))
    if (new Set(values.values()).size < 2) return []
    const numbers = new Map([...values].flatMap(([run, value]) => (typeof value === 'number' ? [[run, value] as const] : [])))
    if (numbers.size < values.size) return [namedAxis(key, values)]
    const axis = numericAxis(key, numbers)
    return axis ? [axis] : []
  })
  const algorithms = new Map(runs.map((row) => [row.id, row.algorithm]))
  const gap = numericAxis('gap', new Map(runs.flatMap((row) => (row.evaluation ? [[row.id, 100 * row.evaluation.gapMean] as const] : []))))
  if (axes.length === 0 || !gap) return []
  return [...(new Set(algorithms.values()).size > 1 ? [namedAxis('algorithm', algorithms)] : []), ...axes, gap]
}
