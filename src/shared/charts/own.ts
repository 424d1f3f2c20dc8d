import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { CustomSeriesRenderItemAPI } from 'echarts'
import type { LineStyle } from '../algorithms/looks'
import type { ComparisonOption } from './comparisonGround'
import { ground, ticked } from './comparisonGround'
import type { ChartStyle } from './curveModel'
import { type CurvesOption, curvesOption } from './curves'
import { markerStyle } from './curveSeries'
import { legendAbove } from './legend'
import { type Axis, linearAxis, logAxis } from './ticks'

export type OwnKind = 'lines' | 'bars' | 'scatter'

/** What stands along an axis of a chart of one's own. */
export interface OwnAxis {
  /** With its unit. */
  name: string
  isLog: boolean
  text(value: number): string
  /** Words at 0, 1, 2 …, where what stands there is no number. */
  categories?: readonly string[]
}

export interface OwnPoint {
  x: number
  y: number
  /** The 95 % interval over seeds, where there are enough of them. */
  low?: number
  high?: number
  /** Seeds behind it. */
  n: number
  /** The runs behind it. */
  runs: readonly string[]
}

export interface OwnSeries {
  key: string
  name: string
  look: LineStyle
  /** By x. */
  points: readonly OwnPoint[]
}

/** A chart of one's own: any quantity of runs against another. */
export interface OwnChart {
  kind: OwnKind
  x: OwnAxis
  y: OwnAxis
  series: readonly OwnSeries[]
}

export interface OwnStyle extends ChartStyle {
  /** Pixels of a figure that stands alone: its series are named in a legend above. */
  legendWidth?: number
  nameOf?(name: string): string
}

type Option = CurvesOption | ComparisonOption

/** The whole ECharts option of a chart of one's own. Pure. */
export function ownOption(chart: OwnChart, style: OwnStyle): Option {
  const named = style.nameOf
    ? { ...chart, series: chart.series.map((each) => ({ ...each, name: style.nameOf?.(each.name) ?? each.name })) }
    : chart
  const { legend, room } = legendOf(named, style)
  const grid = { left: 60, right: 24, top: 30 + room, bottom: 44, outerBoundsMode: 'none' as const }
  const whole =
    named.kind === 'lines' ? linesOption(named, style) : named.kind === 'bars' ? barsOption(named, style) : scatterOption(named, style)
  return {
    textStyle: { fontFamily: style.font, fontSize: 11, color: style.color('tx-2') },
    ...whole,
    grid,
    ...(legend && { legend })
  } as Option
}

function legendOf({ kind, series }: OwnChart, { legendWidth, ...style }: OwnStyle) {
  if (legendWidth === undefined) return { room: 0 }
  const { option, height } = legendAbove(
    series.map(({ name, look }) => ({ label: name, look })),
    { ...style, width: legendWidth }
  )
  return { legend: kind === 'bars' ? { ...option, icon: 'rect', itemWidth: 12 } : option, room: height }
}

/** Numbers of an axis along which things stand: round ones, or the values there are where these are few. */
function axisOf({ isLog, categories }: OwnAxis, values: readonly number[], room = 0): Axis {
  if (categories) return { low: -0.5, high: Math.max(0.5, categories.length - 0.5), ticks: categories.map((_, i) => i) }
  const known = values.filter((value) => Number.isFinite(value) && (!isLog || value > 0))
  if (known.length === 0) return isLog ? logAxis(0.1, 1, 4) : linearAxis(0, 1, 4)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  if (isLog) return logAxis(low, high, 5)
  const distinct = [...new Set(known)].sort((a, b) => a - b)
  const more = (high - low) * room
  return distinct.length <= 8 && distinct.length > 1 && room === 0 && isSpread(distinct)
    ? { low, high, ticks: distinct }
    : linearAxis(low - more, high + more, 4)
}

/** Whether values are far enough from one another to be ticks. */
const isSpread = (sorted: readonly number[]) => {
  const least = (sorted[sorted.length - 1] - sorted[0]) / 14
  return sorted.every((value, i) => i === 0 || value - sorted[i - 1] >= least)
}

function linesOption({ x, y, series }: OwnChart, style: OwnStyle): CurvesOption {
  const place = (value: number) => (x.isLog ? Math.log10(value) : value)
  const axis = axisOf(
    x,
    series.flatMap(({ points }) => points.map((point) => point.x))
  )
  const there = (point: OwnPoint) => !x.isLog || point.x > 0
  const { option } = curvesOption(
    {
      scale: y.isLog ? 'log' : 'linear',
      curves: series.map(({ key, name, look, points }) => ({
        key,
        name,
        look,
        points: points.filter(there).flatMap((point) => [place(point.x), point.y]),
        ...(points.some(({ low }) => low !== undefined) && {
          band: points.filter(there).flatMap((point) => [place(point.x), point.low ?? Number.NaN, point.high ?? Number.NaN])
        }),
        markers: 'every' as const
      })),
      levels: [],
      x: {
        low: place(axis.low),
        high: place(axis.high),
        ticks: axis.ticks.map(place),
        text: (value) => x.text(x.isLog ? 10 ** value : value),
        name: x.name,
        isFlush: false
      },
      y: { count: 4, text: y.text, name: y.name }
    },
    style
  )
  // A band needs two points: a line of one has a whisker.
  const { min, max } = option.yAxis as { min: number; max: number }
  const within = (value: number) => Math.min(max, Math.max(min, value))
  const whiskers = series.flatMap(({ key, look, points }): CustomSeriesOption[] => {
    const [point] = points.filter(there)
    if (points.length !== 1 || point?.low === undefined || point.high === undefined) return []
    const { low, high } = point
    return [
      {
        type: 'custom',
        id: `whisker ${key}`,
        silent: true,
        tooltip: { show: false },
        data: [[place(point.x), point.y]],
        renderItem: (_, api) => {
          const [at, from] = api.coord([place(point.x), within(low)])
          const [, to] = api.coord([place(point.x), within(high)])
          return { type: 'group' as const, children: whisker(at, from, to, 5, style.color(look.color)) }
        }
      }
    ]
  })
  return { ...option, series: [...(option.series as []), ...whiskers] } as CurvesOption
}

/** An interval as an upright with a foot and a head. */
function whisker(x: number, from: number, to: number, half: number, stroke: string) {
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke, lineWidth: 1.25, fill: 'none' }
  })
  return [line(x, from, x, to), line(x - half, from, x + half, from), line(x - half, to, x + half, to)]
}

/** Axes of what is not curves, both of them named. */
function axes(chart: OwnChart, x: Axis, y: Axis, style: OwnStyle) {
  const { axis, base, words } = ground(style)
  const flat = (of: OwnAxis) => (of.isLog ? 'log' : 'value')
  return {
    ...base,
    xAxis: {
      type: flat(chart.x),
      ...ticked(axis, x, chart.x.text),
      ...(chart.kind === 'bars' && { splitLine: { show: false } }),
      name: chart.x.name,
      nameLocation: 'middle' as const,
      nameGap: 26
    },
    yAxis: {
      type: flat(chart.y),
      ...ticked(axis, y, chart.y.text),
      name: chart.y.name,
      nameLocation: 'end' as const,
      nameGap: 10,
      nameTextStyle: { ...words, color: style.color('tx-2'), align: 'left' as const, padding: [0, 0, 0, -52] }
    }
  }
}

/** Of a place along x the share that its bars take. */
const BARS = 0.8

function barsOption(chart: OwnChart, style: OwnStyle): ComparisonOption {
  const { series, x, y } = chart
  const places = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b)
  // Bars of numbers stand beside one another as those of words do.
  const words: OwnAxis = { ...x, isLog: false, categories: places.map((value) => x.text(value)), text: (at) => x.text(places[at]) }
  const ends = series
    .flatMap(({ points }) => points.flatMap(({ y: mean, low = mean, high = mean }) => [mean, low, high]))
    .filter(Number.isFinite)
  const values = y.isLog ? axisOf(y, ends) : linearAxis(Math.min(0, ...ends), Math.max(0, ...ends) || 1, 4)
  const wide = BARS / Math.max(1, series.length)
  const foot = y.isLog ? values.low : 0
  const bars = series.map(({ key, name, look, points }, s): CustomSeriesOption => {
    const known = points.filter((point) => Number.isFinite(point.y) && (!y.isLog || point.y > 0))
    return {
      type: 'custom',
      id: `bars ${key}`,
      name,
      clip: true,
      itemStyle: { color: style.color(look.color) },
      data: known.map((point) => [places.indexOf(point.x), point.y]),
      renderItem: ({ dataIndex }, api) =>
        barOf(
          known[dataIndex],
          places.indexOf(known[dataIndex].x) - BARS / 2 + wide * s,
          wide,
          foot,
          values,
          api,
          style.color(look.color),
          style.color('tx-1')
        )
    }
  })
  return { ...axes({ ...chart, x: words }, axisOf(words, []), values, style), series: bars } as ComparisonOption
}

function barOf(
  { y, low, high }: OwnPoint,
  left: number,
  wide: number,
  foot: number,
  { low: least }: Axis,
  api: CustomSeriesRenderItemAPI,
  fill: string,
  ink: string
) {
  const [x0, top] = api.coord([left + wide * 0.05, y])
  const [x1, bottom] = api.coord([left + wide * 0.95, foot])
  const middle = (x0 + x1) / 2
  const half = Math.min(5, (x1 - x0) / 4)
  const bar = {
    type: 'rect' as const,
    shape: { x: x0, y: Math.min(top, bottom), width: x1 - x0, height: Math.abs(bottom - top) },
    style: { fill }
  }
  if (low === undefined || high === undefined) return { type: 'group' as const, children: [bar] }
  // On a logarithmic axis an interval that reaches zero ends at the foot.
  const [, from] = api.coord([left, Math.max(low, foot === 0 ? low : least)])
  const [, to] = api.coord([left, high])
  return { type: 'group' as const, children: [bar, ...whisker(middle, from, to, half, ink)] }
}

function scatterOption(chart: OwnChart, style: OwnStyle): ComparisonOption {
  const all = chart.series.flatMap(({ points }) => points)
  const [x, y] = [
    axisOf(
      chart.x,
      all.map((point) => point.x),
      0.05
    ),
    axisOf(
      chart.y,
      all.map((point) => point.y),
      0.05
    )
  ]
  return {
    ...axes(chart, x, y, style),
    series: chart.series.map(
      ({ key, name, look, points }): ScatterSeriesOption => ({
        type: 'scatter',
        id: `points ${key}`,
        name,
        symbolSize: 8,
        ...markerStyle(look, style.color),
        ...(look.marker === 'none' && { symbol: 'circle' }),
        data: points
          .filter(
            (point) => [point.x, point.y].every(Number.isFinite) && (!chart.x.isLog || point.x > 0) && (!chart.y.isLog || point.y > 0)
          )
          .map((point) => [point.x, point.y])
      })
    )
  } as ComparisonOption
}
