import { csvOf } from '@shared/formats/csv'
import { text } from '../ui/text'
import type { AxisUnit } from './curve'
import type { Points } from './points'

/** A curve to be written out: every point of it. */
export interface ExportCurve {
  label: string
  points: Points
}

/** Curves side by side over their steps; empty where one has no point at a step. */
export function curvesCsv(metric: string, curves: readonly ExportCurve[], x: AxisUnit = 'learn steps'): string {
  const byStep = new Map<number, (number | undefined)[]>()
  curves.forEach(({ points }, at) => {
    for (let i = 0; i < points.length; i += 2) {
      const row = byStep.get(points[i]) ?? curves.map(() => undefined)
      row[at] = points[i + 1]
      byStep.set(points[i], row)
    }
  })
  const head = [text.charts.axis[x], ...curves.map(({ label }) => `${metric}, ${label}`)]
  return csvOf([head, ...[...byStep].sort(([a], [b]) => a - b).map(([step, values]) => [step, ...values])])
}
