import type { CustomSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import { fixed } from '../format'
import { cliquesOf } from '../statistics/ranks'
import type { ChartStyle } from './curveModel'
import type { CurvesOption } from './curves'
import { markerStyle } from './curveSeries'
import type { FigureChart } from './figure'
import { linearTicks } from './ticks'

/** Room for names, and for a bar of each group. */
const NAMES = 150
const BAR = 14

/**
 * A critical-difference diagram (J. Demšar 2006), lying on its side so that many names can be read: a line for each algorithm, the best above,
 * at its mean rank; bars at the right join those that the test cannot part. Pure.
 */
export function ranksOption(chart: FigureChart, { color, font }: ChartStyle): CurvesOption {
  const { series, ranks } = chart
  const sorted = [...series].sort((a, b) => a.points[0] - b.points[0])
  const values = sorted.map(({ points }) => points[0])
  const cliques = cliquesOf(values, ranks?.distance ?? 0)
  const words = { fontFamily: font, fontSize: 11 }
  const most = Math.ceil(Math.max(1, ...values))
  const dots: ScatterSeriesOption[] = sorted.map(({ label, look }, row) => ({
    type: 'scatter',
    name: label,
    data: [[values[row], row]],
    symbolSize: 9,
    ...markerStyle(look, color),
    label: {
      show: true,
      position: values[row] > (1 + most) / 2 ? 'left' : 'right',
      formatter: fixed(values[row], 2),
      color: color('tx-2'),
      ...words
    },
    z: 3
  }))
  const bars: CustomSeriesOption = {
    type: 'custom',
    silent: true,
    tooltip: { show: false },
    data: cliques.map(([first, last], c) => [first, last, c]),
    encode: { x: [], y: [] },
    clip: false,
    renderItem: (_, api) => {
      const right = api.coord([most, 0])[0] + 18 + BAR * Number(api.value(2))
      const [top, bottom] = [api.coord([1, Number(api.value(0))])[1], api.coord([1, Number(api.value(1))])[1]]
      return {
        type: 'line',
        shape: { x1: right, y1: top - 5, x2: right, y2: bottom + 5 },
        style: { stroke: color('tx-1'), lineWidth: 3, lineCap: 'round' }
      }
    }
  }
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: words,
    grid: { left: NAMES, right: 36 + BAR * Math.max(1, cliques.length), top: 12, bottom: 44 },
    xAxis: {
      type: 'value',
      min: 1,
      max: most,
      name: `mean rank; critical difference ${fixed(ranks?.distance, 2)}`,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { ...words, color: color('tx-2') },
      axisLabel: { ...words, color: color('tx-2'), customValues: linearTicks(1, most, 6) },
      axisTick: { customValues: linearTicks(1, most, 6) },
      axisLine: { show: true, lineStyle: { color: color('axis') } },
      splitLine: { show: false }
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: sorted.map(({ label }) => label),
      axisLabel: { ...words, color: color('tx-1'), interval: 0 },
      axisTick: { show: false },
      axisLine: { show: false },
      splitLine: { show: true, interval: 0, lineStyle: { color: color('line-1') } }
    },
    series: [...dots, bars]
  }
}
