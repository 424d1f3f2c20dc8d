import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { ChartStyle, CurvesChart, StandingCurve } from './curveModel'
import { movesApart } from './labels'
import { type LineStyle, MARKER_PATHS } from '../algorithms/looks'
import { type Edge, EDGE_PATHS, EDGE_SIGNS, type Ends, isolated, lastNumber, sideOf, type Scale, standingOf } from './standing'

/** What all series of a chart are drawn in. */
export interface Frame {
  xLow: number
  xHigh: number
  axis: Ends
  style: ChartStyle
}

type Color = ChartStyle['color']

const BAND_OPACITY = { dark: 0.2, light: 0.16 }
const THIN_OPACITY = 0.38
const MARKERS = 6
/** What neither a pointer nor a tooltip knows of. */
const SILENT = { silent: true, tooltip: { show: false } } as const

const pointOf = ({ points }: StandingCurve, i: number) => [points[2 * i], points[2 * i + 1]]
const isWithin = ({ points }: StandingCurve, i: number, { xLow, xHigh }: Frame) => points[2 * i] >= xLow && points[2 * i] <= xHigh

/** An algorithm's marker as ECharts draws it: hollow ones are filled with the panel's colour. */
export function markerStyle(look: LineStyle, color: Color): Pick<ScatterSeriesOption, 'symbol' | 'symbolKeepAspect' | 'itemStyle'> {
  return {
    symbol: look.marker === 'none' ? 'none' : `path://${MARKER_PATHS[look.marker]}`,
    symbolKeepAspect: true,
    itemStyle: look.hollow
      ? { color: color('bg-1'), borderColor: color(look.color), borderWidth: 1.75, opacity: 1 }
      : { color: color(look.color), borderColor: color('bg-1'), borderWidth: 0.5, opacity: 1 }
  }
}

/** A mark at an edge, its tip on the edge and all of it inside. */
export function edgeStyle(edge: keyof typeof EDGE_PATHS, token: string, color: Color) {
  const offset: Record<typeof edge, [number | string, number | string]> = {
    left: ['50%', 0],
    right: ['-50%', 0],
    down: [0, '-50%'],
    up: [0, '50%']
  }
  return {
    symbol: `path://${EDGE_PATHS[edge]}`,
    symbolSize: 9,
    symbolOffset: offset[edge],
    itemStyle: { color: color(token), borderColor: color('bg-1'), borderWidth: 0.75, opacity: 1 }
  }
}

const VERTICAL = { low: 'down', high: 'up' } as const satisfies Record<Edge, string>

export function lineSeries({ key, name, look, thin }: StandingCurve, { color }: ChartStyle): LineSeriesOption {
  return {
    type: 'line',
    id: `line ${key}`,
    name,
    // By id: where datasets are exchanged one by one, their places are not the order they were given in.
    datasetId: key,
    encode: { x: 0, y: 1 },
    // For the legend.
    ...markerStyle(look, color),
    symbolSize: 8,
    showSymbol: false,
    emphasis: { disabled: true },
    connectNulls: false,
    z: thin ? 2 : 3,
    lineStyle: {
      color: color(look.color),
      width: thin ? 1 : look.width,
      opacity: thin ? THIN_OPACITY : 1,
      type: look.dash.length > 0 && !thin ? [...look.dash] : 'solid',
      cap: 'butt'
    }
  }
}

/** Points that no line reaches, as dots. */
export function curveSeries(curve: StandingCurve, frame: Frame): ScatterSeriesOption[] {
  const { color } = frame.style
  const alone = isolated(curve.points).filter((i) => isWithin(curve, i, frame))
  if (alone.length === 0) return []
  return [
    {
      type: 'scatter',
      id: `dots ${curve.key}`,
      ...SILENT,
      z: curve.thin ? 2 : 3,
      symbol: 'circle',
      symbolSize: curve.thin ? 3 : 6,
      itemStyle: { color: color(curve.look.color), opacity: curve.thin ? THIN_OPACITY : 1 },
      data: alone.map((i) => pointOf(curve, i))
    }
  ]
}

/** Spread along the curve and shifted for each, so that they do not pile up; none where there is a gap, or a mark at the edge. */
export function markerSeries(curve: StandingCurve, shift: number, frame: Frame): ScatterSeriesOption[] {
  const count = curve.points.length / 2
  const few = Math.min(MARKERS, count)
  const isEvery = curve.markers === 'every'
  const spread = Array.from({ length: few }, (_, k) => Math.min(count - 1, Math.floor(((k + 0.25 + shift * 0.75) * count) / few)))
  const { low, high } = frame.axis
  const isInside = (value: number) => !Number.isNaN(value) && !(curve.edges.length > 0 && (value === low || value === high))
  const at = (isEvery ? Array.from({ length: count }, (_, i) => i) : spread).filter((i) => isInside(curve.points[2 * i + 1]))
  return [
    {
      type: 'scatter',
      id: `marks ${curve.key}`,
      ...SILENT,
      symbolSize: isEvery ? 8 : 7,
      z: 4,
      ...markerStyle(curve.look, frame.style.color),
      data: at.map((i) => pointOf(curve, i))
    }
  ]
}

/** Where a curve leaves its axis, and where it is beyond it at its end. */
export function edgeSeries(curve: StandingCurve, { style }: Frame): ScatterSeriesOption[] {
  if (curve.thin || curve.edges.length === 0) return []
  return [
    {
      type: 'scatter',
      id: `edges ${curve.key}`,
      ...SILENT,
      // Their places are on the border of the grid, where rounding alone would decide on them.
      clip: false,
      z: 7,
      data: curve.edges.map(({ index, edge }) => ({
        value: pointOf(curve, index),
        ...edgeStyle(VERTICAL[edge], curve.look.color, style.color)
      }))
    }
  ]
}

/** What stands at the last point of a curve, over those of `onFloor` curves that ended on the floor as it does. Names that would overlap move apart. */
export function endSeries(
  curve: StandingCurve,
  frame: Frame,
  { hasLevels, onFloor }: { hasLevels: boolean; onFloor: number }
): ScatterSeriesOption[] {
  const { end, look, key } = curve
  const at = lastNumber(curve.points)
  if (!end || at < 0 || !isWithin(curve, at, frame)) return []
  const { color, font, scaled = (pixels) => pixels } = frame.style
  const [x, y] = pointOf(curve, at)
  const words = { show: true, formatter: end.text.replace(/[{}|]/g, ''), fontFamily: font, fontSize: scaled(11) }
  const series = { type: 'scatter' as const, id: `end ${key}`, ...SILENT, z: 6, data: [[x, y]] }
  if (end.as === 'beside') {
    return [
      {
        ...series,
        symbolSize: 1,
        // Not by opacity: the name would go with it.
        itemStyle: { color: 'transparent', borderWidth: 0 },
        label: { ...words, position: 'right', distance: 8, minMargin: 6, color: color('tx-2') },
        labelLayout: movesApart()
      }
    ]
  }
  const isLate = x > frame.xLow + 0.72 * (frame.xHigh - frame.xLow)
  const edge = curve.edges.find(({ index }) => index === at)?.edge
  // Beside a curve that has come close to a level there is no room.
  const isBeside = !isLate && !hasLevels
  return [
    {
      ...series,
      symbolSize: 8,
      ...markerStyle(look, color),
      ...(look.marker === 'none' && { symbol: 'circle' }),
      // The mark at the edge is there already.
      ...(edge && { symbolSize: 1, itemStyle: { color: 'transparent', borderWidth: 0 } }),
      label: {
        ...words,
        position: isBeside ? 'right' : end.as === 'below' || edge === 'high' ? 'bottom' : 'top',
        align: isLate ? 'right' : 'left',
        // Under the floor there is no room to move apart.
        distance: isBeside ? 8 : edge === 'low' ? 10 + onFloor * scaled(14) : edge ? 10 : 6,
        color: color('tx-1'),
        lineHeight: scaled(14),
        fontWeight: 500,
        textBorderColor: color('bg-1'),
        textBorderWidth: 3
      },
      labelLayout: movesApart(isLate ? 'right' : 'left')
    }
  ]
}

/** A 95 % interval as polygons, right on logarithmic axes; one draw call. */
export function bandSeries({ key, look, band }: StandingCurve, { theme, color }: ChartStyle): CustomSeriesOption {
  const style = { fill: color(look.color), opacity: BAND_OPACITY[theme] }
  return {
    type: 'custom',
    id: `band ${key}`,
    ...SILENT,
    z: 1,
    clip: true,
    data: [0],
    renderItem: (_, api) => ({
      type: 'group',
      children: band.map((rows) => {
        const corner = (i: number, side: 1 | 2) => api.coord([rows[3 * i], rows[3 * i + side]])
        const count = rows.length / 3
        const there = Array.from({ length: count }, (_, i) => corner(i, 2))
        const back = Array.from({ length: count }, (_, i) => corner(count - 1 - i, 1))
        return { type: 'polygon' as const, shape: { points: [...there, ...back] }, style }
      })
    })
  }
}

/** A hair inside the edge: ECharts leaves out a mark line that rounding puts a hair outside. */
function inset(at: number, edge: Edge, { low, high }: Ends, scale: Scale): number {
  const inwards = edge === 'low' ? 1 : -1
  return scale === 'log' ? at * (1 + inwards * 1e-6) : at + inwards * 1e-6 * (high - low)
}

/** The exact optimum, or any other level, across the whole chart; at the edge, with a sign, where the axis has no place for it. */
export function levelSeries(
  { levels, curves, scale }: CurvesChart,
  axis: Ends,
  { color, font, scaled = (pixels) => pixels }: ChartStyle
): LineSeriesOption[] {
  const points = curves.map((curve) => curve.points)
  return levels.flatMap(({ value, label, color: own, side = sideOf(value, points) }, i) => {
    const standing = standingOf(value, axis)
    if (!standing) return []
    const { beyond } = standing
    const at = beyond ? inset(standing.at, beyond, axis, scale) : standing.at
    const sign = beyond ? ` ${EDGE_SIGNS[VERTICAL[beyond]]}` : ''
    const isTop = beyond ? beyond === 'low' : side === 'above'
    return [
      {
        type: 'line' as const,
        id: `level ${i}`,
        ...SILENT,
        data: [],
        markLine: {
          silent: true,
          animation: false,
          symbol: 'none',
          // The default rounds the value to two decimals, and with it the place of the line.
          precision: 9,
          lineStyle: { color: color(own ?? 'sc-optimum'), width: 1.25, type: [4, 4] },
          label: {
            // On the side the curves do not come from.
            position: isTop ? ('insideEndTop' as const) : ('insideEndBottom' as const),
            formatter: `${label}${sign}`,
            color: color('tx-1'),
            fontFamily: font,
            fontSize: scaled(11),
            textBorderColor: color('bg-1'),
            textBorderWidth: 3
          },
          data: [{ yAxis: at }]
        }
      }
    ]
  })
}

export function uprightSeries({ at, label }: { at: readonly number[]; label: string }, { color, font }: ChartStyle): LineSeriesOption[] {
  if (at.length === 0) return []
  // In the middle, where it meets neither the axis' name nor those of the lines.
  const named = Math.floor(at.length / 2)
  const words = { show: true, position: 'end' as const, rotate: 0, formatter: label, color: color('tx-3'), fontFamily: font, fontSize: 11 }
  return [
    {
      type: 'line',
      id: 'uprights',
      ...SILENT,
      data: [],
      z: 0,
      markLine: {
        silent: true,
        animation: false,
        symbol: 'none',
        lineStyle: { color: color('line-2'), width: 1, type: [2, 3] },
        label: { show: false },
        data: at.map((x, i) => ({ xAxis: x, ...(i === named && { label: words }) }))
      }
    }
  ]
}
