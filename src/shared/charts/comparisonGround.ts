import type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { type LineStyle, MARKER_PATHS } from '../algorithms/looks'
import { legendAbove } from './legend'
import type { Axis } from './ticks'

export type ComparisonOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | ScatterSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>

/** What the charts of a comparison are drawn with. */
export interface ComparisonStyle {
  /** The colour of a token. */
  color(token: string): string
  font: string
  /** English where there are none. */
  said?: ComparisonWords
  /** Pixels of a figure that stands alone: everything in it is then named in a legend above. */
  legendWidth?: number
}

/** The words of these charts; a caller of another language brings its own. */
export interface ComparisonWords {
  delayAxis: string
  energyAxis: string
  gapAxis: string
  shareAxis: string
  decisionAxis: string
  meanGapAxis: string
  gapAtMost(gap: string): string
  taskOf(task: number): string
  computing: string
  transfer: string
  ofOptimum: string
  frontLine: string
  excessAxis: string
}

export const ENGLISH: ComparisonWords = {
  delayAxis: 'delay, s',
  energyAxis: 'energy, J',
  gapAxis: 'optimality gap of a workflow, at most',
  shareAxis: 'share of workflows × seeds',
  decisionAxis: 'decision time, ms',
  meanGapAxis: 'mean gap',
  gapAtMost: (gap) => `gap ≤ ${gap}`,
  taskOf: (task) => `task ${task}`,
  computing: 'computing',
  transfer: 'transfer',
  ofOptimum: 'of the optimal cost Q*',
  frontLine: 'optimum as δ grows',
  excessAxis: 'excess cost, % of the optimal cost Q*'
}

/** A group as charts name it. */
export interface DrawnGroup {
  name: string
  look: LineStyle
}

/** Braces and bars start a style in ECharts' rich text. */
export const bare = (name: string) => name.replace(/[{}|]/g, '')

export function ground({ color, font }: ComparisonStyle) {
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

/** The legend of a figure that stands alone, and how much lower its grid begins. */
export function legendOfGroups(
  groups: readonly DrawnGroup[],
  { color, font, legendWidth }: ComparisonStyle
): { legend?: LegendComponentOption; room: number } {
  if (legendWidth === undefined) return { room: 0 }
  const { option, height } = legendAbove(
    groups.map(({ name, look }) => ({ label: name, look })),
    { color, font, width: legendWidth }
  )
  return { legend: option, room: height }
}

export function ticked<Base extends { axisTick: object; axisLabel: object }>(
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

export function symbolOf(look: LineStyle, { color }: ComparisonStyle) {
  return {
    symbol: look.marker === 'none' ? 'circle' : `path://${MARKER_PATHS[look.marker]}`,
    symbolKeepAspect: true,
    itemStyle: look.hollow
      ? { color: color('bg-1'), borderColor: color(look.color), borderWidth: 1.75 }
      : { color: color(look.color), borderColor: color('bg-1'), borderWidth: 0.5 }
  }
}

export const dashOf = (look: LineStyle) => (look.dash.length > 0 ? [...look.dash] : 'solid')
