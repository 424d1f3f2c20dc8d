import { type CurvesOption, curvesOption } from '@shared/charts/curves'
import type { Edge } from '@shared/charts/standing'
import { linearTicks } from '@shared/charts/ticks'
import { scaled } from '../services/settings'
import { plain, steps } from '@shared/format'
import { text } from '../ui/text'
import type { Curve, CurveChart } from './curve'
import type { ChartKind } from './kind'
import type { Palette } from './palette'
import { pointsBetween, drawnPoints, lastStep, type Points, thin } from './points'
import { FONT } from './theme'
import { tooltipText } from './tooltip'

export type ChartOption = CurvesOption

/** The curves as far as they are in sight, as many points as can be seen, and where their axis begins and ends. */
export function curvesInSight({ curves: all, range, lastStep: end = 0 }: CurveChart): { curves: Curve[]; low: number; high: number } {
  const most = drawnPoints(all.length)
  const inSight = (points: Points) => thin(range ? pointsBetween(points, range) : points, most)
  const curves = all.map((curve) => ({ ...curve, points: inSight(curve.points) })).filter(({ points }) => points.length > 0)
  const [low, high] = range ?? [0, Math.max(end, ...curves.map((curve) => lastStep(curve.points)), 1)]
  return { curves, low, high }
}

/** The whole ECharts option of a curve chart, and the edges that some of its values are beyond. Pure but for the words of the tooltip. */
export function curveChart(
  chart: CurveChart,
  { theme, color }: { theme: 'dark' | 'light'; color: Palette }
): { option: ChartOption; beyond: ReadonlySet<Edge> } {
  const { kind, scale, references } = chart
  const { curves, low, high } = curvesInSight(chart)
  const ticks = linearTicks(low, high, chart.small ? 2 : 4).filter((tick) => tick >= low && tick <= high)
  const { option, beyond } = curvesOption(
    {
      scale,
      curves: curves.map((curve) => ({
        key: curve.key,
        name: curve.key,
        look: curve.look,
        points: curve.points,
        ...(curve.band && { band: curve.band }),
        ...(curve.thin && { thin: true }),
        ...(curve.marked && { markers: 'few' as const }),
        ...endOf(curve, kind)
      })),
      levels: references.map((reference) => ({ ...reference, side: kind.better === 'higher' ? ('above' as const) : ('below' as const) })),
      x: { low, high, ticks, text: (value) => xText(chart, value, value === ticks.at(-1)), isFlush: true },
      y: { count: chart.small ? 3 : 5, text: (value) => kind.tick(value), atLeast: kind.atLeast }
    },
    { theme, color, font: FONT, scaled }
  )
  return {
    beyond,
    option: {
      grid: { left: scaled(56), right: scaled(24), top: scaled(14), bottom: scaled(28), outerBoundsMode: 'none' },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        confine: true,
        transitionDuration: 0,
        formatter: (params) => {
          const first: unknown = Array.isArray(params) ? params[0] : params
          const at = typeof first === 'object' && first !== null && 'axisValue' in first ? Number(first.axisValue) : Number.NaN
          return tooltipText(kind, chart.curves, at, chart.x)
        }
      },
      ...option
    }
  }
}

export function curveOption(chart: CurveChart, palette: { theme: 'dark' | 'light'; color: Palette }): ChartOption {
  return curveChart(chart, palette).option
}

/** A curve's last value is written on the side it does not come from. */
function endOf({ end }: Curve, { better }: ChartKind) {
  return end === undefined ? {} : { end: { text: end, as: better === 'higher' ? ('below' as const) : ('above' as const) } }
}

/** The last tick carries the unit. */
function xText({ x }: CurveChart, value: number, isLast: boolean): string {
  const shown = x === 'seconds' || x === 'clock' ? plain(value) : steps(value)
  return isLast ? text.charts.last[x ?? 'learn steps'](shown) : shown
}
