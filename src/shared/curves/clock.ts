import { between, type SeedCurve } from './seedMean'

/** Learn steps of a run and the seconds of training they took, both ascending from 0. */
export interface Clock {
  steps: Float64Array
  seconds: Float64Array
}

/**
 * The clock of a run: the stretches of its speed curve (learn steps per second since the last point) added up to learn step `last`, and scaled
 * to end at the seconds of training that were recorded; at its own sum where `seconds` is 0. Stretches without a speed take no time.
 */
export function clockOf(speed: SeedCurve, last: number, seconds: number): Clock {
  const steps = [0]
  const times = [0]
  for (let i = 0, before = 0, at = 0; i < speed.steps.length; i++) {
    const [step, pace] = [speed.steps[i], speed.values[i]]
    if (!(pace > 0) || step <= before) continue
    at += (step - before) / pace
    before = step
    steps.push(step)
    times.push(at)
  }
  const end = times[times.length - 1]
  if (steps[steps.length - 1] < last) {
    steps.push(last)
    times.push(end || seconds)
  }
  const total = times[times.length - 1] || 1
  const scaled = Float64Array.from(times, (time) => (seconds > 0 ? (time / total) * seconds : time))
  return { steps: Float64Array.from(steps), seconds: scaled }
}

/** Seconds of training at a learn step; at its end beyond. */
export function secondsAt({ steps, seconds }: Clock, step: number): number {
  return along(steps, seconds, step)
}

/** The learn step, in general between two, reached after so many seconds of training; the last one beyond. */
export function stepAt({ steps, seconds }: Clock, at: number): number {
  return along(seconds, steps, at)
}

/** How many of ascending values are at most `limit`. */
function countUpTo(values: ArrayLike<number>, limit: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** `to` where `from` comes to `x`, straight between two points. */
function along(from: Float64Array, to: Float64Array, x: number): number {
  const at = countUpTo(from, x) - 1
  if (at < 0) return to[0]
  if (at === from.length - 1) return to[at]
  return between(to[at], to[at + 1], (x - from[at]) / (from[at + 1] - from[at]))
}

/** The value of a curve's last point at or before `step`: what was recorded by then. Undefined where there is none. */
export function valueBy({ steps, values }: SeedCurve, step: number): number | undefined {
  const count = countUpTo(steps, step)
  return count === 0 ? undefined : values[count - 1]
}

/** A curve's points at or before `step`. */
export function upTo({ steps, values }: SeedCurve, step: number): SeedCurve {
  const count = countUpTo(steps, step)
  return { steps: Array.prototype.slice.call(steps, 0, count), values: Array.prototype.slice.call(values, 0, count) }
}
