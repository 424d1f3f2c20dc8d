import type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { amount, fixed, gapUnit, NONE, plain } from '../format'
import { movesApart } from './labels'
import { type LineStyle, MARKER_PATHS } from './schemes'
import { type Axis, linearAxis, logAxis } from './ticks'

export type ComparisonOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | ScatterSeriesOption | GridComponentOption | TooltipComponentOption
>

/** What the charts of a comparison are drawn with. */
export interface ComparisonStyle {
  /** The colour of a token. */
  color(token: string): string
  font: string
  /** English where there are none. */
  said?: ComparisonWords
}

/** The words of these charts; a caller of another language brings its own. */
export interface ComparisonWords {
  delayAxis: string
  energyAxis: string
  gapAxis: string
  shareAxis: string
  gapAtMost(gap: string): string
  taskOf(task: number): string
  computing: string
  transfer: string
  ofOptimum: string
}

const ENGLISH: ComparisonWords = {
  delayAxis: 'delay, s',
  energyAxis: 'energy, J',
  gapAxis: 'optimality gap of a workflow, at most',
  shareAxis: 'share of workflows × seeds',
  gapAtMost: (gap) => `gap ≤ ${gap}`,
  taskOf: (task) => `task ${task}`,
  computing: 'computing',
  transfer: 'transfer',
  ofOptimum: 'of the optimal cost Q*'
}

/** A group as charts name it. */
export interface NamedGroup {
  name: string
  look: LineStyle
}

/** Braces and bars start a style in ECharts' rich text. */
const bare = (name: string) => name.replace(/[{}|]/g, '')

function ground({ color, font }: ComparisonStyle) {
  const words = { fontFamily: font, fontSize: 11 }
  const axis = {
    axisLine: { show: true, onZero: false, lineStyle: { color: color('axis'), width: 1 } },
    axisTick: { show: true, length: 4, lineStyle: { color: color('axis') } },
    axisLabel: { ...words, color: color('tx-3'), margin: 8, hideOverlap: true },
    splitLine: { show: true, lineStyle: { color: color('grid'), width: 1 } },
    nameTextStyle: { ...words, color: color('tx-2') }
  }
  const tooltip = {
    renderMode: 'richText' as const,
    confine: true,
    transitionDuration: 0,
    backgroundColor: color('bg-2'),
    borderColor: color('line-2'),
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { ...words, fontSize: 12, lineHeight: 18, color: color('tx-1') }
  }
  return { words, axis, tooltip, base: { animation: false, backgroundColor: 'transparent', textStyle: { ...words, color: color('tx-2') } } }
}

function ticked<Base extends { axisTick: object; axisLabel: object }>(
  base: Base,
  { low, high, ticks }: Axis,
  format: (value: number) => string
) {
  return {
    ...base,
    min: low,
    max: high,
    axisTick: { ...base.axisTick, customValues: ticks },
    axisLabel: { ...base.axisLabel, customValues: ticks, formatter: format }
  }
}

function symbolOf(look: LineStyle, { color }: ComparisonStyle) {
  return {
    symbol: look.marker === 'none' ? 'circle' : `path://${MARKER_PATHS[look.marker]}`,
    symbolKeepAspect: true,
    itemStyle: look.hollow
      ? { color: color('bg-1'), borderColor: color(look.color), borderWidth: 1.75 }
      : { color: color(look.color), borderColor: color('bg-1'), borderWidth: 0.5 }
  }
}

const dashOf = (look: LineStyle) => (look.dash.length > 0 ? [...look.dash] : 'solid')

export interface DelayEnergyPoint extends NamedGroup {
  /** Means over seeds: s and J a workflow. */
  delaySeconds: number
  energyJoules: number
}

/** Delay against energy, mean a workflow, and the front: what the optimum comes to as δ grows. */
export function delayEnergyOption(
  points: readonly DelayEnergyPoint[],
  front: readonly { delaySeconds: number; energyJoules: number; energyWeight: number }[],
  style: ComparisonStyle
): ComparisonOption {
  const { color, font, said = ENGLISH } = style
  const { axis, base, tooltip, words } = ground(style)
  const all = [...points, ...front]
  const span = (values: readonly number[]): Axis => {
    const finite = values.filter(Number.isFinite)
    if (finite.length === 0) return linearAxis(0, 1, 4)
    const [low, high] = [Math.min(...finite), Math.max(...finite)]
    const room = (high - low) * 0.08 || high * 0.05 || 1
    return linearAxis(Math.max(0, low - room), high + room, 4)
  }
  return {
    ...base,
    grid: { left: 56, right: 28, top: 30, bottom: 44, outerBoundsMode: 'none' },
    tooltip: { ...tooltip, trigger: 'item' },
    xAxis: {
      type: 'value',
      ...ticked(axis, span(all.map(({ delaySeconds }) => delaySeconds)), (value) => plain(value)),
      name: said.delayAxis,
      nameLocation: 'middle',
      nameGap: 26
    },
    yAxis: {
      type: 'value',
      ...ticked(axis, span(all.map(({ energyJoules }) => energyJoules)), (value) => plain(value)),
      name: said.energyAxis,
      nameLocation: 'end',
      nameGap: 10,
      nameTextStyle: { ...words, color: color('tx-2'), align: 'left', padding: [0, 0, 0, -48] }
    },
    series: [
      {
        type: 'line',
        id: 'front',
        data: front.map(({ delaySeconds, energyJoules }) => [delaySeconds, energyJoules]),
        showSymbol: false,
        z: 2,
        silent: true,
        lineStyle: { color: color('sc-optimum'), width: 1.25, type: [4, 4] },
        itemStyle: { color: color('sc-optimum') },
        tooltip: { show: false }
      },
      ...points.map(
        (point): ScatterSeriesOption => ({
          type: 'scatter',
          id: `group ${point.name}`,
          symbolSize: 10,
          z: 5,
          ...symbolOf(point.look, style),
          label: {
            show: points.length <= 12,
            position: 'right',
            distance: 6,
            formatter: () => bare(point.name),
            color: color('tx-1'),
            fontFamily: font,
            fontSize: 11,
            textBorderColor: color('bg-1'),
            textBorderWidth: 3
          },
          labelLayout: movesApart(),
          // Names that made room for others are led back to their marks.
          labelLine: { show: true, length2: 4, lineStyle: { color: color('line-3'), width: 1 } },
          tooltip: {
            formatter: () => `${bare(point.name)}\n${amount(point.delaySeconds)} s   ${amount(point.energyJoules)} J`
          },
          data: [[point.delaySeconds, point.energyJoules]]
        })
      )
    ]
  }
}

/** For each gap the share of runs × held-out workflows within it. `shares` [groups][thresholds]. */
export function profileOption(
  groups: readonly NamedGroup[],
  { thresholds, shares }: { thresholds: readonly number[]; shares: readonly (readonly number[])[] },
  style: ComparisonStyle
): ComparisonOption {
  const { color, said = ENGLISH } = style
  const { axis, base, tooltip, words } = ground(style)
  const x = logAxis(thresholds[0] ?? 1e-4, thresholds.at(-1) ?? 1, 5)
  return {
    ...base,
    grid: { left: 56, right: 24, top: 30, bottom: 44, outerBoundsMode: 'none' },
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
    series: groups.map(
      ({ name, look }, g): LineSeriesOption => ({
        type: 'line',
        id: `profile ${g}`,
        name,
        data: thresholds.map((threshold, i) => [threshold, shares[g][i]]),
        showSymbol: false,
        emphasis: { disabled: true },
        lineStyle: { color: color(look.color), width: look.width, type: dashOf(look), cap: 'butt' },
        itemStyle: { color: color(look.color) }
      })
    )
  }
}

/** Excess over the optimum by position of the task, % of Q*: computing filled, transfer outlined. */
export function lossOption(
  { look }: NamedGroup,
  tasks: readonly { task: number; compute: number; transfer: number }[],
  style: ComparisonStyle
): ComparisonOption {
  const { color, said = ENGLISH } = style
  const { axis, base, tooltip } = ground(style)
  const percent = (value: number) => value * 100
  const ends = tasks.flatMap(({ compute, transfer }) => [
    Math.min(0, compute) + Math.min(0, transfer),
    Math.max(0, compute) + Math.max(0, transfer)
  ])
  const x = linearAxis(Math.min(0, ...ends.map(percent)), Math.max(0, ...ends.map(percent)) || 0.001, 4)
  const bar = {
    type: 'bar' as const,
    stack: 'excess',
    barMaxWidth: 12,
    barMinWidth: 4,
    barCategoryGap: '30%',
    emphasis: { disabled: true }
  }
  return {
    ...base,
    grid: { left: 64, right: 24, top: 8, bottom: 30, outerBoundsMode: 'none' },
    tooltip: {
      ...tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: color('bg-3'), opacity: 0.6 } },
      formatter: (params) => {
        const first: unknown = Array.isArray(params) ? params[0] : params
        const at = typeof first === 'object' && first !== null && 'dataIndex' in first ? Number(first.dataIndex) : -1
        const task = tasks[at]
        if (!task) return ''
        return [
          said.taskOf(task.task + 1),
          `${said.computing}   ${signedPercent(task.compute)}`,
          `${said.transfer}   ${signedPercent(task.transfer)}`,
          said.ofOptimum
        ].join('\n')
      }
    },
    xAxis: { type: 'value', ...ticked(axis, x, (value) => `${plain(value, 3)} %`), axisLine: { show: false } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: tasks.map(({ task }) => said.taskOf(task + 1)),
      ...axis,
      axisTick: { show: false },
      splitLine: { show: false },
      axisLine: { show: true, onZero: true, lineStyle: { color: color('axis'), width: 1 } },
      axisLabel: { ...axis.axisLabel, margin: 12 }
    },
    series: [
      { ...bar, id: 'compute', itemStyle: { color: color(look.color) }, data: tasks.map(({ compute }) => percent(compute)) },
      {
        ...bar,
        id: 'transfer',
        itemStyle: { color: color('bg-1'), borderColor: color(look.color), borderWidth: 1.5 },
        data: tasks.map(({ transfer }) => percent(transfer))
      }
    ]
  }
}

/** A share as per cent with its sign: +0.49 %; no sign before no value. */
export function signedPercent(fraction: number): string {
  if (Number.isNaN(fraction)) return NONE
  const text = fixed(fraction * 100, 3)
  return `${fraction > 0 ? '+' : ''}${text} %`
}
