import type { ForeignCurve } from './foreign-run'

/** Points of a curve as they are read, a million of them in a few arrays. */
export class GrowingCurve {
  #steps = new Float64Array(64)
  #values = new Float64Array(64)
  #times = new Float64Array(64)
  #count = 0

  get count(): number {
    return this.#count
  }

  /** `time` in milliseconds since 1970. */
  push(step: number, value: number, time: number): void {
    if (this.#count === this.#steps.length) {
      this.#steps = doubled(this.#steps)
      this.#values = doubled(this.#values)
      this.#times = doubled(this.#times)
    }
    this.#steps[this.#count] = step
    this.#values[this.#count] = value
    this.#times[this.#count++] = time
  }

  /** Drops the points at `step` and after it: what a run recorded before it was started again from there. */
  dropFrom(step: number): number {
    let kept = 0
    for (let i = 0; i < this.#count; i++) {
      if (this.#steps[i] >= step) continue
      this.#steps[kept] = this.#steps[i]
      this.#values[kept] = this.#values[i]
      this.#times[kept++] = this.#times[i]
    }
    const dropped = this.#count - kept
    this.#count = kept
    return dropped
  }

  /** The curve by ascending steps, with the moment of each point, and whether it was recorded so. */
  ended(metric: string): ForeignCurve & { times: Float64Array; wasSorted: boolean } {
    const steps = this.#steps.slice(0, this.#count)
    const values = this.#values.slice(0, this.#count)
    const times = this.#times.slice(0, this.#count)
    if (isAscending(steps)) return { metric, steps, values, times, wasSorted: true }
    const order = Uint32Array.from(steps, (_, i) => i).sort((a, b) => steps[a] - steps[b] || a - b)
    const by = (from: Float64Array) => Float64Array.from(order, (i) => from[i])
    return { metric, steps: by(steps), values: by(values), times: by(times), wasSorted: false }
  }
}

function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2)
  larger.set(array)
  return larger
}

function isAscending(steps: Float64Array): boolean {
  for (let i = 1; i < steps.length; i++) if (steps[i] < steps[i - 1]) return false
  return true
}

/** Points of the clock that are kept at most. */
const MOST_TICKS = 1024

/**
 * The pace of a run by the wall times of its points, as steps per second since the last point: what axes of seconds are made of
 * (shared/curves/clock.ts). Of the curve with the most points; none where time does not pass along it.
 */
export function wallPaceOf(curves: readonly (ForeignCurve & { times: Float64Array })[]): ForeignCurve | undefined {
  const steps: number[] = []
  const paces: number[] = []
  const longest = curves.reduce<(typeof curves)[number] | undefined>(
    (best, each) => (each.steps.length > (best?.steps.length ?? 1) ? each : best),
    undefined
  )
  if (longest) {
    const stride = Math.max(1, Math.ceil(longest.steps.length / MOST_TICKS))
    let [step, time] = [longest.steps[0], longest.times[0]]
    for (let i = 1; i < longest.steps.length; i++) {
      if (i % stride !== 0 && i !== longest.steps.length - 1) continue
      const seconds = (longest.times[i] - time) / 1000
      if (!(seconds > 0) || longest.steps[i] <= step) continue
      steps.push(longest.steps[i])
      paces.push((longest.steps[i] - step) / seconds)
      step = longest.steps[i]
      time = longest.times[i]
    }
  }
  return steps.length === 0 ? undefined : { metric: 'speed', steps: Float64Array.from(steps), values: Float64Array.from(paces) }
}
