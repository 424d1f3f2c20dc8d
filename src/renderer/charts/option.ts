import { movesApart } from '@shared/charts/labels'
import { scaled } from '../app/settings'
import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { DatasetComponentOption, GridComponentOption, MarkLineComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { plain, steps } from '../ui/format'
import { type LineStyle, MARKER_PATHS } from '../ui/schemes'
import { text } from '../ui/text'
import type { Curve, CurveChart } from './curve'
import type { ChartKind, Reference, Scale } from './kind'
import type { Palette } from './palette'
import { between, drawnPoints, extent, lastIndex, lastStep, pointCount, type Points, positive, thin } from './points'
import { FONT } from './theme'
import { type Axis, linearAxis, linearTicks, logAxis } from './ticks'
import { tooltipText } from './tooltip'

type Series = LineSeriesOption | ScatterSeriesOption | CustomSeriesOption
export type ChartOption = ComposeOption<
  | LineSeriesOption
  | ScatterSeriesOption
  | CustomSeriesOption
  | GridComponentOption
  | TooltipComponentOption
  | DatasetComponentOption
  | MarkLineComponentOption
>

const BAND_OPACITY = { dark: 0.2, light: 0.16 }
const MARKERS = 6

/** The whole ECharts option of a curve chart. Pure but for the words of the tooltip. */
export function curveOption(chart: CurveChart, { theme, color }: { theme: 'dark' | 'light'; color: Palette }): ChartOption {
  const { kind, scale, references } = chart
  const { range } = chart
  const most = drawnPoints(chart.curves.length)
  const inSight = (points: Points) => thin(range ? between(points, range) : points, most)
  const drawable = chart.curves.map((curve) => ({ ...curve, points: inSight(scale === 'log' ? positive(curve.points) : curve.points) }))
  const curves = drawable.filter((curve) => curve.points.length > 0)
  const [xMin, xMax] = range ?? [0, Math.max(chart.lastStep ?? 0, ...curves.map((curve) => lastStep(curve.points)), 1)]
  const xTicks = linearTicks(xMin, xMax, chart.small ? 2 : 4).filter((tick) => tick >= xMin && tick <= xMax)
  const { low, high, ticks: yTicks } = valueAxis(chart, curves)
  const dataset: DatasetComponentOption[] = curves.map((curve) => ({
    id: curve.key,
    source: curve.points,
    dimensions: ['step', 'value'],
    sourceHeader: false
  }))
  const shades: Series[] = curves.flatMap((curve) => (curve.band ? [bandSeries(curve, curve.band, color, BAND_OPACITY[theme], scale)] : []))
  const lines: Series[] = curves.map((curve) => lineSeries(curve, color))
  const marks: Series[] = curves.flatMap((curve, i) => (curve.marked ? [markerSeries(curve, i / curves.length, color)] : []))
  const ends: Series[] = curves.flatMap((curve) =>
    curve.end === undefined || (range && lastStep(curve.points) > xMax) ? [] : endSeries(chart, curve, curve.end, xMax, color)
  )
  return {
    grid: { left: scaled(56), right: scaled(24), top: scaled(14), bottom: scaled(28), outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      min: xMin,
      max: xMax,
      axisLine: { onZero: false },
      axisTick: { customValues: xTicks },
      splitLine: { show: false },
      axisLabel: {
        customValues: xTicks,
        formatter: (value: number) => xText(chart, value, value === xTicks.at(-1)),
        // The last tick carries the unit: set flush with the grid's edge it would be cut.
        alignMaxLabel: 'right'
      }
    },
    yAxis: {
      type: scale === 'log' ? 'log' : 'value',
      min: low,
      max: high,
      axisLine: { onZero: false },
      axisTick: { customValues: yTicks },
      axisLabel: { customValues: yTicks, formatter: (value: number) => kind.tick(value) }
    },
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
    dataset,
    series: [...shades, ...referenceSeries(kind, references, color), ...lines, ...marks, ...ends]
  }
}

/** The last tick carries the unit. */
function xText({ x }: CurveChart, value: number, isLast: boolean): string {
  if (x === 'seconds') return isLast ? text.charts.lastSecond(plain(value)) : plain(value)
  return isLast ? text.charts.lastStep(steps(value)) : steps(value)
}

function valueAxis({ kind, scale, references, small }: CurveChart, curves: readonly Curve[]): Axis {
  const count = small ? 3 : 5
  const levels = Float64Array.from(references.flatMap((reference) => [0, reference.value]))
  const found = withBands(extent([...curves.map((curve) => curve.points), levels]), curves, scale)
  const [least, most] = found ?? kind.atLeast ?? (scale === 'log' ? [0.1, 1] : [0, 1])
  if (scale === 'log') return logAxis(least, most, count)
  // A level leaves room for its label between itself and the edge.
  const room = references.length > 0 ? 0.12 * (most - least) : 0
  const low = Math.min(least - (kind.better === 'higher' ? 0 : room), kind.atLeast?.[0] ?? Number.POSITIVE_INFINITY)
  const high = Math.max(most + (kind.better === 'higher' ? room : 0), kind.atLeast?.[1] ?? Number.NEGATIVE_INFINITY)
  return linearAxis(low, high, count)
}

/** Room for the bands, but only so much that a wide one does not press the curves flat. */
function withBands(found: [number, number] | undefined, curves: readonly Curve[], scale: Scale): [number, number] | undefined {
  const ends = curves.flatMap(({ band }) => (band ? [band.filter((_, i) => i % 3 !== 0)] : [])).flatMap((values) => [...values])
  if (!found || ends.length === 0) return found
  const [low, high] = found
  const room = (high - low) / 4
  const [least, most] = scale === 'log' ? [low / 3, high * 3] : [low - room, high + room]
  const [bandLow, bandHigh] = ends.reduce(
    ([a, b], end) => [Math.min(a, end), Math.max(b, end)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  )
  return [Math.min(low, Math.max(least, bandLow)), Math.max(high, Math.min(most, bandHigh))]
}

function lineSeries(curve: Curve, color: Palette): LineSeriesOption {
  return {
    type: 'line',
    id: `line ${curve.key}`,
    name: curve.key,
    // By id: where datasets are exchanged one by one, their places are not the order they were given in.
    datasetId: curve.key,
    encode: { x: 0, y: 1 },
    showSymbol: false,
    emphasis: { disabled: true },
    connectNulls: false,
    z: curve.thin ? 2 : 3,
    lineStyle: {
      color: color(curve.look.color),
      width: curve.thin ? 1 : curve.look.width,
      opacity: curve.thin ? 0.38 : 1,
      type: curve.look.dash.length > 0 && !curve.thin ? [...curve.look.dash] : 'solid',
      cap: 'butt'
    },
    itemStyle: { color: color(curve.look.color) }
  }
}

/** A marker as ECharts draws it: hollow ones are filled with the panel's colour. */
export function markerStyle(look: LineStyle, color: Palette): Pick<ScatterSeriesOption, 'symbol' | 'symbolKeepAspect' | 'itemStyle'> {
  const symbol = look.marker === 'none' ? 'none' : `path://${MARKER_PATHS[look.marker]}`
  const itemStyle = look.hollow
    ? { color: color('bg-1'), borderColor: color(look.color), borderWidth: 1.75 }
    : { color: color(look.color), borderColor: color('bg-1'), borderWidth: 0.5 }
  return { symbol, symbolKeepAspect: true, itemStyle }
}

/** Spread along the curve and shifted for each, so that they do not pile up. */
function markerSeries(curve: Curve, shift: number, color: Palette): ScatterSeriesOption {
  const count = pointCount(curve.points)
  const at = Array.from({ length: Math.min(MARKERS, count) }, (_, k) => Math.min(count - 1, Math.floor(((k + shift) * count) / MARKERS)))
  return {
    type: 'scatter',
    id: `marks ${curve.key}`,
    silent: true,
    symbolSize: 8,
    z: 5,
    tooltip: { show: false },
    ...markerStyle(curve.look, color),
    data: at.map((i) => [curve.points[2 * i], curve.points[2 * i + 1]])
  }
}

/** The last point, marked and named; on the left of it where there is no room on the right. */
function endSeries({ kind, references }: CurveChart, curve: Curve, end: string, xMax: number, color: Palette): ScatterSeriesOption[] {
  const at = lastIndex(curve.points)
  if (at < 0) return []
  const [x, y] = [curve.points[2 * at], curve.points[2 * at + 1]]
  const late = x > 0.72 * xMax
  // Beside a curve that has come close to a level there is no room.
  const isBeside = !late && references.length === 0
  return [
    {
      type: 'scatter',
      id: `end ${curve.key}`,
      silent: true,
      symbolSize: 8,
      z: 6,
      tooltip: { show: false },
      ...markerStyle(curve.look, color),
      ...(curve.look.marker === 'none' && { symbol: 'circle' }),
      label: {
        show: true,
        position: isBeside ? 'right' : kind.better === 'higher' ? 'bottom' : 'top',
        align: late ? 'right' : 'left',
        distance: isBeside ? 8 : 6,
        formatter: end,
        color: color('tx-1'),
        fontFamily: FONT,
        fontSize: scaled(11),
        lineHeight: scaled(14),
        fontWeight: 500,
        textBorderColor: color('bg-1'),
        textBorderWidth: 3
      },
      labelLayout: movesApart(late ? 'right' : 'left'),
      data: [[x, y]]
    }
  ]
}

/** One polygon, right on logarithmic axes, one draw call. */
function bandSeries(curve: Curve, band: Float64Array, color: Palette, opacity: number, scale: Scale): CustomSeriesOption {
  const rows = band.length / 3
  return {
    type: 'custom',
    id: `band ${curve.key}`,
    silent: true,
    z: 1,
    clip: true,
    data: [0],
    tooltip: { show: false },
    renderItem: (_, api) => {
      const floor = (value: number) => (scale === 'log' && value <= 0 ? Number.MIN_VALUE : value)
      const corner = (i: number, side: 1 | 2) => api.coord([band[3 * i], floor(band[3 * i + side])])
      const there = Array.from({ length: rows }, (_, i) => corner(i, 2))
      const back = Array.from({ length: rows }, (_, i) => corner(rows - 1 - i, 1))
      return { type: 'polygon', shape: { points: [...there, ...back] }, style: { fill: color(curve.look.color), opacity } }
    }
  }
}

/** The exact optimum, or any other level, across the whole chart. */
function referenceSeries(kind: ChartKind, references: readonly Reference[], color: Palette): LineSeriesOption[] {
  return references.map((reference, i) => ({
    type: 'line',
    id: `level ${i}`,
    silent: true,
    data: [],
    tooltip: { show: false },
    markLine: {
      silent: true,
      animation: false,
      symbol: 'none',
      // The default rounds the value to two decimals, and with it the place of the line.
      precision: 9,
      lineStyle: { color: color(reference.color ?? 'sc-optimum'), width: 1.25, type: [4, 4] },
      label: {
        // On the side the curve does not come from.
        position: kind.better === 'higher' ? 'insideEndTop' : 'insideEndBottom',
        formatter: reference.label,
        color: color('tx-1'),
        fontFamily: FONT,
        fontSize: scaled(11),
        textBorderColor: color('bg-1'),
        textBorderWidth: 3
      },
      data: [{ yAxis: reference.value }]
    }
  }))
}
