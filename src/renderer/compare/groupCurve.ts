import { mean, meanInterval95 } from '@shared/experiment/statistics'
import type { Curve } from '../charts/curve'
import { interpolate, type Points, thin } from '../charts/points'
import type { LineStyle } from '../ui/schemes'

/** Fewer seeds than this are drawn one by one: an interval over two says nothing. */
const LEAST_FOR_BAND = 3
const GRID_POINTS = 400

/** The steps of all curves, in order, each once. */
function gridOf(curves: readonly Points[]): number[] {
  const steps = new Set<number>()
  for (const points of curves) for (let i = 0; i < points.length; i += 2) steps.add(points[i])
  return [...steps].sort((a, b) => a - b)
}

/**
 * The curve of a group: the mean over its seeds wherever all of them have a value, with their 95 % interval from
 * three seeds on; with fewer the seeds themselves, thin.
 */
export function groupCurves(
  group: { key: string; name: string; look: LineStyle },
  seeds: readonly { id: string; label: string; points: Points }[],
  end: ((value: number) => string) | undefined
): Curve[] {
  const drawn = seeds.filter(({ points }) => points.length > 0)
  if (drawn.length === 0) return []
  const thinned = drawn.map(({ points }) => thin(points, GRID_POINTS))
  const means: number[] = []
  const band: number[] = []
  for (const step of gridOf(thinned)) {
    const values = thinned.map((points) => interpolate(points, step))
    if (values.some((value) => !Number.isFinite(value))) continue
    means.push(step, mean(values))
    const interval = values.length >= LEAST_FOR_BAND ? meanInterval95(values) : undefined
    if (interval) band.push(step, ...interval)
  }
  const points = drawn.length === 1 ? drawn[0].points : Float64Array.from(means)
  const last = points.at(-1)
  const own: Curve = {
    key: group.key,
    label: group.name,
    look: group.look,
    points,
    marked: true,
    ...(band.length > 0 && { band: Float64Array.from(band) }),
    ...(end && last !== undefined && Number.isFinite(last) && { end: `${group.name} ${end(last)}` })
  }
  const single = drawn.length > 1 && drawn.length < LEAST_FOR_BAND
  return [...(single ? drawn.map(({ id, label, points }): Curve => ({ key: id, label, look: group.look, points, thin: true })) : []), own]
}
