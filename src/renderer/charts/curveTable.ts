import type { Curve } from './curve'

const ROWS = 200

export interface CurveTableRow {
  step: number
  /** One a curve; undefined where it has no point at this step. */
  values: (number | undefined)[]
}

/** Curves side by side over their steps; of many steps every k-th, the last always. */
export function curveTable(curves: readonly Curve[], most = ROWS): { rows: CurveTableRow[]; all: number } {
  const byStep = new Map<number, (number | undefined)[]>()
  curves.forEach(({ points }, at) => {
    for (let i = 0; i < points.length; i += 2) {
      const row = byStep.get(points[i]) ?? curves.map(() => undefined)
      row[at] = points[i + 1]
      byStep.set(points[i], row)
    }
  })
  const all = [...byStep].sort(([a], [b]) => a - b).map(([step, values]) => ({ step, values }))
  const stride = Math.ceil(all.length / most)
  return { rows: all.filter((_, i) => i % stride === 0 || i === all.length - 1), all: all.length }
}
