import { type CurvesOption, curvesOption } from '@shared/charts/curves'
import { legendAbove } from '@shared/charts/legend'
import { linearTicks } from '@shared/charts/ticks'
import { plain, steps } from '@shared/format'
import { text } from '../ui/text'
import type { Curve, CurveChart } from './curve'
import { curvesInSight } from './option'
import type { PaperStyle } from './paper'

/** The lines that a legend names: seeds and single networks are explained by the line they belong to, where there is one. */
export function namedCurves(curves: readonly Curve[]): readonly Curve[] {
  const bold = curves.filter(({ thin }) => !thin)
  return bold.length > 0 ? bold : curves
}

/** A curve chart for a paper: both axes named, the lines in a legend, no words on them. */
export function paperCurves(chart: CurveChart, style: PaperStyle): CurvesOption {
  const { kind, scale, references, x = 'learn steps' } = chart
  const { curves, low, high } = curvesInSight(chart)
  const ticks = linearTicks(low, high, style.width < 420 ? 3 : 5).filter((tick) => tick >= low && tick <= high)
  const isTime = x === 'seconds' || x === 'clock'
  const { color, font, nameOf, width } = style
  const legend = legendAbove(
    namedCurves(curves).map(({ label, look }) => ({ label: nameOf(label), look })),
    style
  )
  const { option } = curvesOption(
    {
      scale,
      curves: curves.map(({ key, label, look, points, band, thin }) => ({
        key,
        name: nameOf(label),
        look,
        points,
        ...(band && { band }),
        ...(thin ? { thin } : { markers: 'few' as const })
      })),
      levels: references.map((reference) => ({ ...reference, side: kind.better === 'higher' ? ('above' as const) : ('below' as const) })),
      x: { low, high, ticks, text: (value) => (isTime ? plain(value) : steps(value)), name: text.charts.axis[x], isFlush: true },
      y: { count: 4, text: (value) => kind.tick(value), atLeast: kind.atLeast, name: style.axis }
    },
    style
  )
  return {
    textStyle: { fontFamily: font, fontSize: 11, color: color('tx-2') },
    grid: { left: 56, right: 20, top: 26 + legend.height, bottom: 44, outerBoundsMode: 'none' },
    legend: { ...legend.option, ...(width < 420 && { left: 8, right: 8 }) },
    ...option
  }
}
