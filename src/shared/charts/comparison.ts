import type { LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import { amount, fixed, gapUnit, plain } from '../format'
import {
  bare,
  type ComparisonOption,
  type ComparisonStyle,
  dashOf,
  ENGLISH,
  ground,
  type DrawnGroup,
  legendOfGroups,
  symbolOf,
  ticked
} from './comparisonGround'
import { edgeStyle } from './curveSeries'
import { movesApart } from './labels'
import type { LineStyle } from '../algorithms/looks'
import { type Edge, standingOf } from './standing'
import { type Axis, linearAxis, logAxis } from './ticks'

/** The sign of a point beyond its axes: one of them, sideways first. */
const beyondOf = (x: Edge | undefined, y: Edge | undefined) =>
  x ? (x === 'low' ? 'left' : 'right') : y ? (y === 'low' ? 'down' : 'up') : undefined

/** How the front of optima is drawn. */
const FRONT: LineStyle = { color: 'sc-optimum', dash: [4, 4], marker: 'none', hollow: false, width: 1.25 }

export interface DelayEnergyPoint extends DrawnGroup {
  /** Means over seeds: s and J a workflow. */
  delaySeconds: number
  energyJoules: number
}

/** Delay against energy, mean per workflow, and the front: what the optimum comes to as δ grows. */
export function delayEnergyOption(
  points: readonly DelayEnergyPoint[],
  front: readonly { delaySeconds: number; energyJoules: number; energyWeight: number }[],
  style: ComparisonStyle
): ComparisonOption {
  const { color, font, said = ENGLISH } = style
  const { axis, base, tooltip, words } = ground(style)
  // What has no number in one of the two has no place in the plane.
  const known = points.filter((point) => !Number.isNaN(point.delaySeconds) && !Number.isNaN(point.energyJoules))
  const all = [...known, ...front]
  const span = (values: readonly number[]): Axis => {
    const finite = values.filter(Number.isFinite)
    if (finite.length === 0) return linearAxis(0, 1, 4)
    const [low, high] = [Math.min(...finite), Math.max(...finite)]
    const room = (high - low) * 0.08 || high * 0.05 || 1
    return linearAxis(Math.max(0, low - room), high + room, 4)
  }
  const [xAxis, yAxis] = [span(all.map(({ delaySeconds }) => delaySeconds)), span(all.map(({ energyJoules }) => energyJoules))]
  const { legend, room } = legendOfGroups(front.length > 0 ? [...known, { name: said.frontLine, look: FRONT }] : known, style)
  return {
    ...base,
    ...(legend && { legend }),
    grid: { left: 56, right: 28, top: 30 + room, bottom: 44, outerBoundsMode: 'none' },
    tooltip: { ...tooltip, trigger: 'item' },
    xAxis: {
      type: 'value',
      ...ticked(axis, xAxis, (value) => plain(value)),
      name: said.delayAxis,
      nameLocation: 'middle',
      nameGap: 26
    },
    yAxis: {
      type: 'value',
      ...ticked(axis, yAxis, (value) => plain(value)),
      name: said.energyAxis,
      nameLocation: 'end',
      nameGap: 10,
      nameTextStyle: { ...words, color: color('tx-2'), align: 'left', padding: [0, 0, 0, -48] }
    },
    series: [
      {
        type: 'line',
        id: 'front',
        name: said.frontLine,
        data: front.map(({ delaySeconds, energyJoules }) => [delaySeconds, energyJoules]),
        showSymbol: false,
        z: 2,
        silent: true,
        lineStyle: { color: color('sc-optimum'), width: 1.25, type: [4, 4] },
        itemStyle: { color: color('sc-optimum') },
        tooltip: { show: false }
      },
      ...known.map((point): ScatterSeriesOption => {
        const [x, y] = [standingOf(point.delaySeconds, xAxis), standingOf(point.energyJoules, yAxis)]
        const beyond = beyondOf(x?.beyond, y?.beyond)
        return {
          type: 'scatter',
          id: `group ${point.name}`,
          name: point.name,
          symbolSize: 10,
          z: 5,
          ...(beyond ? { ...edgeStyle(beyond, point.look.color, color), clip: false } : symbolOf(point.look, style)),
          label: {
            show: known.length <= 12 && !legend,
            position: beyond === 'right' ? 'left' : 'right',
            distance: beyond ? 10 : 6,
            formatter: () => bare(point.name),
            color: color('tx-1'),
            fontFamily: font,
            fontSize: 11,
            textBorderColor: color('bg-1'),
            textBorderWidth: 3
          },
          labelLayout: movesApart(beyond === 'right' ? 'right' : 'left'),
          // Names that made room for others are led back to their marks.
          labelLine: { show: true, length2: 4, lineStyle: { color: color('line-3'), width: 1 } },
          tooltip: {
            formatter: () => `${bare(point.name)}\n${amount(point.delaySeconds)} s   ${amount(point.energyJoules)} J`
          },
          data: [[x?.at ?? Number.NaN, y?.at ?? Number.NaN]]
        }
      })
    ]
  }
}

/** For each gap the share of runs × held-out workflows within it. `shares` [groups][thresholds]. */
export function profileOption(
  groups: readonly DrawnGroup[],
  { thresholds, shares }: { thresholds: readonly number[]; shares: readonly (readonly number[])[] },
  style: ComparisonStyle
): ComparisonOption {
  const { color, said = ENGLISH } = style
  const { axis, base, tooltip, words } = ground(style)
  const x = logAxis(thresholds[0] ?? 1e-4, thresholds.at(-1) ?? 1, 5)
  const { legend, room } = legendOfGroups(groups, style)
  return {
    ...base,
    // Its lines have no markers.
    ...(legend && { legend: { ...legend, itemStyle: { opacity: 0 } } }),
    grid: { left: 56, right: 24, top: 30 + room, bottom: 44, outerBoundsMode: 'none' },
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: color('line-3') } },
      formatter: (params) => {
        const first: unknown = Array.isArray(params) ? params[0] : params
        const at = typeof first === 'object' && first !== null && 'dataIndex' in first ? Number(first.dataIndex) : -1
        if (!(at >= 0)) return ''
        const rows = groups.map(({ name }, g) => ({ name, share: shares[g][at] })).sort((a, b) => b.share - a.share)
        return [
          said.gapAtMost(gapUnit(thresholds[at])),
          ...rows.map(({ name, share }) => `${bare(name)}   ${fixed(share * 100, 1)} %`)
        ].join('\n')
      }
    },
    xAxis: {
      type: 'log',
      ...ticked(axis, x, (value) => `${plain(value * 100)} %`),
      name: said.gapAxis,
      nameLocation: 'middle',
      nameGap: 26
    },
    yAxis: {
      type: 'value',
      ...ticked(axis, { low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1] }, (value) => `${fixed(value * 100)} %`),
      name: said.shareAxis,
      nameLocation: 'end',
      nameGap: 10,
      nameTextStyle: { ...words, color: color('tx-2'), align: 'left', padding: [0, 0, 0, -48] }
    },
    series: groups.flatMap(({ name, look }, g): (LineSeriesOption | ScatterSeriesOption)[] => [
      {
        type: 'line',
        id: `profile ${g}`,
        name,
        data: thresholds.map((threshold, i) => [threshold, shares[g][i]]),
        showSymbol: false,
        emphasis: { disabled: true },
        lineStyle: { color: color(look.color), width: look.width, type: dashOf(look), cap: 'butt' },
        itemStyle: { color: color(look.color) }
      },
      ...profileEnds(thresholds, shares[g], g, look, style)
    ])
  }
}

/** Signs at the ends of a profile: some of its gaps are at or below the least threshold, some above the greatest. */
function profileEnds(
  thresholds: readonly number[],
  shares: readonly number[],
  g: number,
  look: LineStyle,
  { color }: ComparisonStyle
): ScatterSeriesOption[] {
  const last = thresholds.length - 1
  const data = [
    ...(shares[0] > 0 ? [{ value: [thresholds[0], shares[0]], ...edgeStyle('left', look.color, color) }] : []),
    ...(shares[last] < 1 ? [{ value: [thresholds[last], shares[last]], ...edgeStyle('right', look.color, color) }] : [])
  ]
  return data.length > 0
    ? [{ type: 'scatter', id: `profile ends ${g}`, silent: true, clip: false, z: 7, tooltip: { show: false }, data }]
    : []
}
