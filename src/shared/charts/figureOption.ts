import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, MarkLineComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { counted, cost, gapUnit, plain, steps } from '../format'
import type { FigureChart, FigureSeries, ValueKind } from './figure'
import { movesApart } from './labels'
import { type LineStyle, MARKER_PATHS } from './schemes'
import { type Axis, linearAxis, linearTicks, logAxis } from './ticks'

export type FigureOption = ComposeOption<
  | LineSeriesOption
  | ScatterSeriesOption
  | CustomSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | MarkLineComponentOption
  | TooltipComponentOption
>

/** What a figure is drawn with. */
export interface FigureStyle {
  theme: 'dark' | 'light'
  /** The colour of a token. */
  color(token: string): string
  font: string
  /** Where the lines are named: in a legend above, at their ends, or elsewhere on the page. */
  names: 'legend' | 'ends' | 'none'
  /** Pixels of the figure; the legend is laid out for it. */
  width?: number
}

const BAND_OPACITY = { dark: 0.2, light: 0.16 }
const MARKERS = 5
/** Room for names at the ends of lines. */
const END_ROOM = 76

/** A value as ticks, tooltips and tables have it. */
export function valueText(kind: ValueKind, value: number): string {
  return kind === 'gap' ? gapUnit(value) : kind === 'cost' ? cost(value) : plain(Number(value.toPrecision(4)))
}

function tickText(kind: ValueKind, value: number): string {
  return kind === 'gap' ? `${plain(Number((value * 100).toPrecision(6)))} %` : plain(value)
}

/** The whole ECharts option of a figure. Pure. */
export function figureOption(chart: FigureChart, style: FigureStyle): FigureOption {
  const { color, font, names } = style
  const series = chart.series.map((each) => ({ ...each, points: drawable(each.points, 2, chart), band: drawable(each.band, 3, chart) }))
  const isSweep = chart.x === 'energyWeight'
  const xMax = isSweep ? 1 : Math.max(1, ...series.map(({ points }) => points.at(-2) ?? 0))
  const xTicks = isSweep ? [0, 0.2, 0.4, 0.6, 0.8, 1] : linearTicks(0, xMax, 4)
  const y = valueAxis({ ...chart, series })
  const words = { fontFamily: font, fontSize: 11 }
  const axis = {
    axisLine: { show: true, onZero: false, lineStyle: { color: color('axis'), width: 1 } },
    nameTextStyle: { ...words, color: color('tx-2') }
  }
  const tick = { show: true, length: 4, lineStyle: { color: color('axis') } }
  const label = { ...words, color: color('tx-3'), margin: 8, hideOverlap: true }
  const legend = names === 'legend' ? legendOf(series, style) : undefined
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { ...words, color: color('tx-2') },
    grid: {
      left: 56,
      right: names === 'ends' ? END_ROOM : 20,
      top: 26 + (legend?.height ?? 0),
      bottom: names === 'legend' ? 44 : 28,
      outerBoundsMode: 'none'
    },
    ...(legend && { legend: legend.option }),
    xAxis: {
      type: 'value',
      min: 0,
      max: xMax,
      ...axis,
      ...(names === 'legend' && {
        name: isSweep ? 'weight of energy δ' : 'learn step',
        nameLocation: 'middle' as const,
        nameGap: 26
      }),
      axisTick: { ...tick, customValues: xTicks },
      splitLine: { show: false },
      axisLabel: {
        ...label,
        customValues: xTicks,
        formatter: (value: number) => xText(value, isSweep, value === xTicks.at(-1) && names !== 'legend'),
        alignMaxLabel: names === 'ends' ? undefined : 'right'
      }
    },
    yAxis: {
      type: chart.y.scale === 'log' ? 'log' : 'value',
      min: y.low,
      max: y.high,
      ...axis,
      name: chart.y.label,
      nameLocation: 'end',
      nameGap: 10,
      nameTextStyle: { ...words, color: color('tx-2'), align: 'left', padding: [0, 0, 0, -48] },
      axisTick: { ...tick, customValues: y.ticks },
      splitLine: { show: true, lineStyle: { color: color('grid'), width: 1 } },
      axisLabel: { ...label, customValues: y.ticks, formatter: (value: number) => tickText(chart.y.kind, value) }
    },
    series: [
      ...series.flatMap((each) => (each.band.length > 0 ? [bandSeries(each, style)] : [])),
      ...uprights(chart, style),
      ...levels(chart, style),
      ...series.map((each) => lineSeries(each, isSweep, style)),
      ...(isSweep ? [] : series.map((each, i) => markerSeries(each, i / series.length, style))),
      ...(names === 'ends' ? series.map((each) => endSeries(each, style)) : [])
    ]
  }
}

function xText(value: number, isSweep: boolean, isLast: boolean): string {
  if (isSweep) return isLast ? `δ = ${plain(value)}` : plain(value)
  return isLast ? counted(steps(value), 'step', 'steps') : steps(value)
}

/** Without what a logarithmic axis cannot show; rows of `width` numbers. */
function drawable(rows: readonly number[], width: 2 | 3, { y }: FigureChart): number[] {
  if (y.scale !== 'log') return [...rows]
  const kept: number[] = []
  for (let i = 0; i < rows.length; i += width) {
    const value = rows[i + width - 1]
    if (!(value > 0)) continue
    const row = rows.slice(i, i + width)
    // The lower end of an interval may fall below 0: it then reaches to the foot of the axis.
    kept.push(...(width === 3 ? [row[0], Math.max(row[1], Number.MIN_VALUE), row[2]] : row))
  }
  return kept
}

function valueAxis({ y, series, levels }: FigureChart): Axis {
  const values = [...series.flatMap(({ points }) => points.filter((_, i) => i % 2 === 1)), ...levels.map(({ value }) => value)]
  if (values.length === 0) return y.scale === 'log' ? logAxis(0.01, 1, 4) : linearAxis(0, 1, 4)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const ends = series.flatMap(({ band }) => band.filter((_, i) => i % 3 !== 0))
  // Room for the bands, but only so much that a wide one does not press the lines flat.
  const room = (most - least) / 4
  const [floor, ceiling] = y.scale === 'log' ? [least / 2, most * 2] : [least - room, most + room]
  // A level below everything has its name under it.
  const isUnder = y.scale === 'log' && levels.some(({ value }) => value === least)
  const low = Math.min(isUnder ? least * (least / most) ** 0.1 : least, ...ends.map((end) => Math.max(end, floor)))
  const high = Math.max(most, ...ends.map((end) => Math.min(end, ceiling)))
  return y.scale === 'log' ? logAxis(low, high, 4) : linearAxis(low, high, 5)
}

function symbolOf(look: LineStyle, { color }: FigureStyle) {
  return {
    symbol: look.marker === 'none' ? 'none' : `path://${MARKER_PATHS[look.marker]}`,
    symbolKeepAspect: true,
    itemStyle: look.hollow
      ? { color: color('bg-1'), borderColor: color(look.color), borderWidth: 1.75, opacity: 1 }
      : { color: color(look.color), borderColor: color('bg-1'), borderWidth: 0.5, opacity: 1 }
  }
}

const pairs = (points: readonly number[]) => Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i], points[2 * i + 1]])

function lineSeries(series: FigureSeries, isSweep: boolean, style: FigureStyle): LineSeriesOption {
  const { look, label, key } = series
  return {
    type: 'line',
    id: `line ${key}`,
    name: label,
    data: pairs(series.points),
    ...symbolOf(look, style),
    symbolSize: 8,
    showSymbol: isSweep,
    emphasis: { disabled: true },
    z: 3,
    lineStyle: {
      color: style.color(look.color),
      width: look.width,
      type: look.dash.length > 0 ? [...look.dash] : 'solid',
      cap: 'butt'
    }
  }
}

/** The name of a line beside its last point; names that would overlap move apart. */
function endSeries({ key, label, points }: FigureSeries, { color, font }: FigureStyle): ScatterSeriesOption {
  return {
    type: 'scatter',
    id: `end ${key}`,
    silent: true,
    symbolSize: 1,
    z: 6,
    tooltip: { show: false },
    // Not by opacity: the name would go with it.
    itemStyle: { color: 'transparent', borderWidth: 0 },
    label: {
      show: true,
      position: 'right',
      distance: 8,
      minMargin: 6,
      formatter: label,
      color: color('tx-2'),
      fontFamily: font,
      fontSize: 11
    },
    labelLayout: movesApart(),
    data: [points.slice(-2)]
  }
}

/** Spread along a curve and shifted for each, so that they do not pile up. */
function markerSeries({ key, look, points }: FigureSeries, shift: number, style: FigureStyle): ScatterSeriesOption {
  const all = pairs(points)
  const count = Math.min(MARKERS, all.length)
  const at = Array.from(
    { length: count },
    (_, k) => all[Math.min(all.length - 1, Math.floor(((k + 0.25 + shift * 0.75) * all.length) / count))]
  )
  return {
    type: 'scatter',
    id: `marks ${key}`,
    silent: true,
    symbolSize: 7,
    z: 4,
    tooltip: { show: false },
    ...symbolOf(look, style),
    data: at
  }
}

/** A 95 % interval as one polygon, right on logarithmic axes. */
function bandSeries({ key, look, band }: FigureSeries, { theme, color }: FigureStyle): CustomSeriesOption {
  const rows = band.length / 3
  return {
    type: 'custom',
    id: `band ${key}`,
    silent: true,
    z: 1,
    clip: true,
    data: [0],
    tooltip: { show: false },
    renderItem: (_, api) => {
      const corner = (i: number, side: 1 | 2) => api.coord([band[3 * i], band[3 * i + side]])
      const there = Array.from({ length: rows }, (_, i) => corner(i, 2))
      const back = Array.from({ length: rows }, (_, i) => corner(rows - 1 - i, 1))
      return { type: 'polygon', shape: { points: [...there, ...back] }, style: { fill: color(look.color), opacity: BAND_OPACITY[theme] } }
    }
  }
}

function levels({ levels: all, series }: FigureChart, { color, font }: FigureStyle): LineSeriesOption[] {
  // A level that everything stays below has its name above it.
  const most = Math.max(...series.flatMap(({ points }) => points.filter((_, i) => i % 2 === 1)))
  return all.map(({ value, label }, i) => ({
    type: 'line',
    id: `level ${i}`,
    silent: true,
    data: [],
    tooltip: { show: false },
    markLine: {
      silent: true,
      animation: false,
      symbol: 'none',
      precision: 9,
      lineStyle: { color: color('sc-optimum'), width: 1.25, type: [4, 4] },
      label: {
        position: value >= most ? 'insideEndTop' : 'insideEndBottom',
        formatter: label,
        color: color('tx-1'),
        fontFamily: font,
        fontSize: 11,
        textBorderColor: color('bg-1'),
        textBorderWidth: 3
      },
      data: [{ yAxis: value }]
    }
  }))
}

function uprights({ uprights: all }: FigureChart, { color, font }: FigureStyle): LineSeriesOption[] {
  if (!all || all.at.length === 0) return []
  // In the middle, where it meets neither the axis' name nor those of the lines.
  const named = Math.floor(all.at.length / 2)
  return [
    {
      type: 'line',
      id: 'uprights',
      silent: true,
      data: [],
      tooltip: { show: false },
      z: 0,
      markLine: {
        silent: true,
        animation: false,
        symbol: 'none',
        lineStyle: { color: color('line-2'), width: 1, type: [2, 3] },
        label: { show: false },
        data: all.at.map((x, i) => ({
          xAxis: x,
          ...(i === named && {
            label: { show: true, position: 'end', rotate: 0, formatter: all.label, color: color('tx-3'), fontFamily: font, fontSize: 11 }
          })
        }))
      }
    }
  ]
}

/** Pixels a legend takes for each name beside its letters. */
const ENTRY = 46
const LETTER = 6.2
const ROW = 20
/** A line without a marker: ECharts would put a circle on it. */
const DASHES = 'path://M0 11h6v2H0zM9 11h6v2H9zM18 11h6v2h-6z'

/** A legend above the grid, and how high it is at the figure's width. */
function legendOf(
  series: readonly FigureSeries[],
  { color, font, width = 640 }: FigureStyle
): { option: LegendComponentOption; height: number } {
  let rows = 1
  let used = 0
  for (const { label } of series) {
    const wide = ENTRY + LETTER * label.length
    if (used > 0 && used + wide > width - 76) {
      rows += 1
      used = 0
    }
    used += wide
  }
  return {
    option: {
      show: true,
      top: 4,
      left: 52,
      right: 16,
      itemWidth: 28,
      itemHeight: 10,
      itemGap: 14,
      padding: 0,
      data: series.map(({ label, look }) => (look.marker === 'none' ? { name: label, icon: DASHES } : { name: label })),
      textStyle: { fontFamily: font, fontSize: 11, color: color('tx-1') }
    },
    height: rows * ROW + 6
  }
}

/** The figure in one sentence, for those who do not see it. */
export function figureSentence({ title, series, y }: FigureChart): string {
  const ends = series.map(({ label, points }) => `${label} ${valueText(y.kind, points[points.length - 1])}`)
  return `${title}: ${ends.join(', ')} at the end.`
}

/** Rows of [series, x, mean, low, high, seeds], the figure as numbers; no interval where there are too few seeds. */
export function figureRows({
  series
}: FigureChart): { series: string; x: number; mean: number; low?: number; high?: number; seeds: number }[] {
  return series.flatMap(({ label, points, band, seeds }) => {
    const ends = new Map(Array.from({ length: band.length / 3 }, (_, i) => [band[3 * i], [band[3 * i + 1], band[3 * i + 2]]]))
    return pairs(points).map(([x, mean]) => {
      const [low, high] = ends.get(x) ?? []
      return { series: label, x, mean, ...(low !== undefined && { low, high }), seeds }
    })
  })
}

export const xName = (chart: Pick<FigureChart, 'x'>) => (chart.x === 'energyWeight' ? 'weight of energy δ' : 'learn step')
