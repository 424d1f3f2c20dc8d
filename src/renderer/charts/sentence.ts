import { text } from '../ui/text'
import type { ChartKind, ChartReference } from './kind'
import type { Curve } from './curve'
import { lastValue, type Points } from './points'

const firstValue = (points: Points): number | undefined => {
  for (let i = 1; i < points.length; i += 2) if (!Number.isNaN(points[i])) return points[i]
  return undefined
}

/** How many curves a sentence can hold. */
const NAMED = 4

/** What a chart shows, for those who do not see it. */
export function chartSentence(kind: ChartKind, curves: readonly Curve[], references: readonly ChartReference[]): string {
  const bold = curves.filter((curve) => !curve.thin && curve.points.length > 0)
  const told = (bold.length > 0 ? bold : curves).slice(0, NAMED).flatMap((curve) => {
    const [from, to] = [firstValue(curve.points), lastValue(curve.points)]
    return from === undefined || to === undefined ? [] : [text.charts.goes(curve.label, kind.value(from), kind.value(to))]
  })
  return [kind.title(), ...told, ...references.map((reference) => reference.label)].join('; ')
}
