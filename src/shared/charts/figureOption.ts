import { cost, counted, gapUnit, plain, steps } from '../format'
import type { ChartStyle } from './curveModel'
import { type CurvesOption, curvesOption } from './curves'
import type { FigureChart, FigureValueKind } from './figure'
import { lastNumber } from './standing'
import { legendAbove } from './legend'
import { ranksOption } from './ranks'
import { linearTicks, logAxis } from './ticks'

/** What a figure is drawn with. */
export interface FigureStyle extends ChartStyle {
  /** Where the lines are named: in a legend above, at their ends, or elsewhere on the page. */
  names: 'legend' | 'ends' | 'none'
  /** Pixels of the figure; the legend is laid out for it. */
  width?: number
}

/** Room for names at the ends of lines. */
const END_ROOM = 76

/** A value as ticks, tooltips and tables have it. */
export function figureValueText(kind: FigureValueKind, value: number): string {
  return kind === 'gap' ? gapUnit(value) : kind === 'cost' ? cost(value) : plain(Number(value.toPrecision(4)))
}

function tickText(kind: FigureValueKind, value: number): string {
  return kind === 'gap' ? `${plain(Number((value * 100).toPrecision(6)))} %` : plain(value)
}

/** The whole ECharts option of a figure. Pure. */
export function figureOption(chart: FigureChart, style: FigureStyle): CurvesOption {
  if (chart.ranks) return ranksOption(chart, style)
  const { color, font, names } = style
  const isSweep = SWEPT.has(chart.x)
  const x = xAxis(chart)
  const legend = names === 'legend' ? legendAbove(chart.series, style) : undefined
  const { option } = curvesOption(
    {
      scale: chart.y.scale,
      curves: chart.series.map(({ key, label, look, points, band }) => ({
        key,
        name: label,
        look,
        points: alongX(points, 2, x.at),
        ...(band.length > 0 && { band: alongX(band, 3, x.at) }),
        markers: isSweep ? 'every' : 'few',
        ...(names === 'ends' && { end: { text: label, as: 'beside' as const } })
      })),
      levels: chart.levels,
      uprights: chart.uprights,
      x: {
        low: x.low,
        high: x.high,
        ticks: x.ticks,
        text: (value) => xText(chart, value, value === x.ticks.at(-1) && names !== 'legend'),
        ...(names === 'legend' && { name: xName(chart) }),
        isFlush: names !== 'ends'
      },
      y: { count: chart.y.scale === 'log' ? 4 : 5, text: (value) => tickText(chart.y.kind, value), name: chart.y.label }
    },
    style
  )
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font, fontSize: 11, color: color('tx-2') },
    grid: {
      left: 56,
      right: names === 'ends' ? END_ROOM : 20,
      top: 26 + (legend?.height ?? 0),
      bottom: names === 'legend' ? 44 : 28,
      outerBoundsMode: 'none'
    },
    ...(legend && { legend: legend.option }),
    ...option
  }
}

/** What is swept has a mark at each of its points. */
const SWEPT: ReadonlySet<FigureChart['x']> = new Set(['energyWeight', 'together', 'decisionMs', 'trainingSeconds'])
/** Of times every decade is as wide. */
const TIMES: ReadonlySet<FigureChart['x']> = new Set(['decisionMs', 'trainingSeconds'])

/** Where an x stands along the axis, and what it is that stands there. */
export const standingX = ({ x }: Pick<FigureChart, 'x'>, value: number): number => (TIMES.has(x) ? Math.log10(value) : value)
export const xStanding = ({ x }: Pick<FigureChart, 'x'>, at: number): number => (TIMES.has(x) ? 10 ** at : at)

/** Points or bands with their x, the first of every `width` numbers, where it stands. */
const alongX = (numbers: readonly number[], width: number, at: (value: number) => number) =>
  numbers.map((value, i) => (i % width === 0 ? at(value) : value))

function xAxis(chart: FigureChart): { low: number; high: number; ticks: number[]; at(value: number): number } {
  const at = (value: number) => standingX(chart, value)
  const all = chart.series.flatMap(({ points }) => points.filter((_, i) => i % 2 === 0))
  const last = Math.max(0, ...all)
  if (chart.x === 'energyWeight') return { low: 0, high: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], at }
  if (chart.x === 'together') {
    const counts = [...new Set(all)].sort((a, b) => a - b)
    return { low: Math.min(1, ...counts), high: Math.max(1, last), ticks: counts, at }
  }
  if (TIMES.has(chart.x)) {
    const times = all.filter((ms) => ms > 0)
    const { low, high, ticks } = logAxis(Math.min(...times, 1), Math.max(...times, 1), 5)
    return { low: at(low), high: at(high), ticks: ticks.map(at), at }
  }
  const high = chart.x === 'seconds' ? last || 1 : Math.max(1, last)
  return { low: 0, high, ticks: linearTicks(0, high, 4), at }
}

function xText({ x }: FigureChart, value: number, isLast: boolean): string {
  if (TIMES.has(x)) {
    const text = plain(Number((10 ** value).toPrecision(3)))
    return isLast ? `${text} ${x === 'decisionMs' ? 'ms' : 's'}` : text
  }
  if (x === 'together') return isLast ? `M = ${plain(value)}` : plain(value)
  if (x === 'energyWeight') return isLast ? `δ = ${plain(value)}` : plain(value)
  if (x === 'seconds') return isLast ? `${plain(value)} s` : plain(value)
  if (!isLast) return steps(value)
  return x === 'evaluations' ? counted(steps(value), 'evaluation', 'evaluations') : counted(steps(value), 'step', 'steps')
}

/** The figure in one sentence, for those who do not see it. */
export function figureSentence({ title, series, y }: FigureChart): string {
  const ends = series.map(({ label, points }) => `${label} ${figureValueText(y.kind, points[2 * lastNumber(points) + 1] ?? Number.NaN)}`)
  return `${title}: ${ends.join(', ')} at the end.`
}

/** Rows of [series, x, mean, low, high, seeds], the figure as numbers; no interval where there are too few seeds. */
export function plottedRows({
  series
}: FigureChart): { series: string; x: number; mean: number; low?: number; high?: number; seeds: number }[] {
  return series.flatMap(({ label, points, band, seeds }) => {
    const ends = new Map(Array.from({ length: band.length / 3 }, (_, i) => [band[3 * i], [band[3 * i + 1], band[3 * i + 2]]]))
    return Array.from({ length: points.length / 2 }, (_, i) => {
      const [x, mean] = [points[2 * i], points[2 * i + 1]]
      const [low, high] = ends.get(x) ?? []
      return { series: label, x, mean, ...(low !== undefined && !Number.isNaN(low) && { low, high }), seeds }
    })
  })
}

const X_NAMES: Record<FigureChart['x'], string> = {
  learnSteps: 'learn step',
  evaluations: 'evaluations per workflow',
  seconds: 'seconds of training',
  energyWeight: 'weight of energy δ',
  together: 'workflows together M',
  decisionMs: 'decision time, ms a workflow',
  trainingSeconds: 'training, s a run',
  rank: 'mean rank'
}
export const xName = ({ x }: Pick<FigureChart, 'x'>): string => X_NAMES[x]
