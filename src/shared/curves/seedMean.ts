import { keptOf } from './thinning'

/** A curve of one seed; steps ascend, NaN is a gap. */
export interface SeedCurve {
  steps: ArrayLike<number>
  values: ArrayLike<number>
}

/** A learn step and the value of every seed there. */
export interface SeedsAtStep {
  step: number
  values: number[]
}

/**
 * Several seeds at the same steps: all steps that one of them has, from where the last begins to where the first ends. A curve that has no
 * point at a step stands on the straight line between its neighbours, so that curves which were thinned apart lose none of theirs;
 * beside a gap it has no value. Empty where the seeds share no step.
 */
export function aligned(curves: readonly SeedCurve[]): SeedsAtStep[] {
  if (curves.length === 0 || curves.some(({ steps }) => steps.length === 0)) return []
  const from = Math.max(...curves.map(({ steps }) => steps[0]))
  const to = Math.min(...curves.map(({ steps }) => steps[steps.length - 1]))
  const all = new Set<number>()
  for (const { steps } of curves) for (let i = 0; i < steps.length; i++) if (steps[i] >= from && steps[i] <= to) all.add(steps[i])
  const steps = [...all].sort((a, b) => a - b)
  const walks = curves.map(walker)
  return steps.map((step) => ({ step, values: walks.map((valueAt) => valueAt(step)) }))
}

/** Reads a curve at steps that ascend from call to call, within its own. */
function walker({ steps, values }: SeedCurve): (step: number) => number {
  let at = 0
  return (step) => {
    while (at + 1 < steps.length && steps[at + 1] <= step) at++
    if (steps[at] === step || at + 1 === steps.length) return values[at]
    return between(values[at], values[at + 1], (step - steps[at]) / (steps[at + 1] - steps[at]))
  }
}

/** The value at `share` of the way from one to the other; between a number and ∞ it is ∞. */
export function between(a: number, b: number, share: number): number {
  if (a === b || share === 0) return a
  if (share === 1) return b
  if (Number.isFinite(a) && Number.isFinite(b)) return a + (b - a) * share
  return Number.isFinite(a) ? b : Number.isFinite(b) ? a : Number.NaN
}

/** The mean of seeds over all steps they share, at most `most` of them, with every seed's value. */
export function meanOverSeeds(curves: readonly SeedCurve[], most: number): (SeedsAtStep & { mean: number })[] {
  const rows = aligned(curves).map((row) => ({ ...row, mean: row.values.reduce((sum, value) => sum + value, 0) / row.values.length }))
  return keptOf(rows.length, (i) => rows[i].mean, most).map((i) => rows[i])
}
