import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type {
  DatasetComponentOption,
  GridComponentOption,
  LegendComponentOption,
  MarkLineComponentOption,
  TooltipComponentOption
} from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { bandSeries, curveSeries, edgeSeries, endSeries, levelSeries, lineSeries, markerSeries, uprightSeries } from './curveSeries'
import type { ChartStyle, CurvesChart, StandingCurve } from './curveModel'
import { type Edge, EDGE_SIGNS, edgeMarks, lastNumber, standingBand, standingPoints, valueAxis } from './standing'

export type CurvesOption = ComposeOption<
  | LineSeriesOption
  | ScatterSeriesOption
  | CustomSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
  | DatasetComponentOption
  | MarkLineComponentOption
>

const endsOnFloor = ({ edges, points, end }: StandingCurve) =>
  end !== undefined && edges.some(({ index, edge }) => edge === 'low' && index === lastNumber(points))

/** ECharts' axes, datasets and series of a chart, and the edges that something is beyond. Pure. */
export function curvesOption(chart: CurvesChart, style: ChartStyle): { option: CurvesOption; beyond: ReadonlySet<Edge> } {
  const { color, font, scaled = (pixels) => pixels } = style
  const { x, y, scale, levels } = chart
  const axis = valueAxis({
    scale,
    curves: chart.curves.map(({ points }) => points),
    bands: chart.curves.flatMap(({ band }) => (band ? [band] : [])),
    levels,
    count: y.count,
    atLeast: y.atLeast
  })
  const curves = chart.curves.map(
    ({ points, band, ...curve }): StandingCurve => ({
      ...curve,
      points: standingPoints(points, axis),
      band: band ? standingBand(band, axis) : [],
      edges: edgeMarks(points, axis, curve.markers === 'every').filter(
        ({ index }) => points[2 * index] >= x.low && points[2 * index] <= x.high
      )
    })
  )
  const beyond = new Set(curves.flatMap(({ edges, thin }) => (thin ? [] : edges.map(({ edge }) => edge))))
  const signs = [
    ...(beyond.has('low') ? [`${EDGE_SIGNS.down} below the axis`] : []),
    ...(beyond.has('high') ? [`${EDGE_SIGNS.up} above the axis`] : [])
  ]
  const words = { fontFamily: font, fontSize: scaled(11) }
  const ground = {
    axisLine: { show: true, onZero: false, lineStyle: { color: color('axis'), width: 1 } },
    nameTextStyle: { ...words, color: color('tx-2') }
  }
  const tick = { show: true, length: 4, lineStyle: { color: color('axis') } }
  const label = { ...words, color: color('tx-3'), margin: 8, hideOverlap: true }
  const frame = { xLow: x.low, xHigh: x.high, axis, style }
  return {
    beyond,
    option: {
      xAxis: {
        type: 'value',
        min: x.low,
        max: x.high,
        ...ground,
        ...(x.name !== undefined && { name: x.name, nameLocation: 'middle' as const, nameGap: 26 }),
        axisTick: { ...tick, customValues: [...x.ticks] },
        splitLine: { show: false },
        // The last tick may carry the unit: set flush with the grid's edge it would be cut.
        axisLabel: { ...label, customValues: [...x.ticks], formatter: x.text, alignMaxLabel: x.isFlush ? 'right' : undefined }
      },
      yAxis: {
        type: scale === 'log' ? 'log' : 'value',
        min: axis.low,
        max: axis.high,
        ...ground,
        ...(y.name !== undefined && {
          name: [y.name, ...signs].join('   '),
          nameLocation: 'end' as const,
          nameGap: 10,
          nameTextStyle: { ...words, color: color('tx-2'), align: 'left' as const, padding: [0, 0, 0, -48] }
        }),
        axisTick: { ...tick, customValues: axis.ticks },
        splitLine: { show: true, lineStyle: { color: color('grid'), width: 1 } },
        axisLabel: { ...label, customValues: axis.ticks, formatter: y.text }
      },
      dataset: curves.map(({ key, points }) => ({ id: key, source: points, dimensions: ['x', 'y'], sourceHeader: false })),
      series: [
        ...curves.flatMap((curve) => (curve.band.length > 0 ? [bandSeries(curve, style)] : [])),
        ...(chart.uprights ? uprightSeries(chart.uprights, style) : []),
        ...levelSeries(chart, axis, style),
        ...curves.map((curve) => lineSeries(curve, style)),
        ...curves.flatMap((curve, i) => [
          ...curveSeries(curve, frame),
          ...(curve.markers ? markerSeries(curve, i / curves.length, frame) : []),
          ...edgeSeries(curve, frame),
          ...endSeries(curve, frame, { hasLevels: levels.length > 0, onFloor: curves.slice(0, i).filter(endsOnFloor).length })
        ])
      ]
    }
  }
}
