import { STARTS, type Start } from '@shared/experiment/recovery'
import { groupCurves } from '../compare/groupCurve'
import type { Curve } from '../charts/curve'
import type { ChartKind } from '../charts/kind'
import { type ChartOption, curveOption } from '../charts/option'
import type { Palette } from '../charts/palette'
import { lastStep } from '../charts/points'
import { FONT } from '../charts/theme'
import { cost, plain } from '@shared/format'
import type { LineStyle } from '@shared/algorithms/looks'
import { algorithmStyle } from '../ui/algorithms'
import { text } from '../ui/text'
import { lengthOf, type Phase, type PhaseAxis, placeOn } from './phases'
import { startName } from './starts'

/** How the starts of one algorithm are told apart, everywhere. */
export const START_LOOKS: Record<Start, LineStyle> = {
  psi: { color: 'pg-a', dash: [], marker: 'circle', hollow: false, width: 2 },
  old: { color: 'pg-b', dash: [8, 4], marker: 'triangle', hollow: false, width: 2 },
  random: { color: 'pg-c', dash: [3, 3], marker: 'square', hollow: false, width: 2 }
}

export const adaptingChart: ChartKind = {
  key: 'adapting',
  title: () => text.playground.adapting,
  caption: () => '',
  scale: 'linear',
  switchable: false,
  value: cost,
  tick: (value) => plain(value),
  better: 'lower',
  references: () => []
}

/** One start over all phases: the mean over its seeds, their interval, and the seeds themselves where they are two. Gaps stand between phases. */
function startCurves(phases: readonly Phase[], start: Start, label: string, axis: PhaseAxis): Curve[] {
  const parts = phases.map(({ from, learned }) =>
    groupCurves(
      { key: start, name: label, look: START_LOOKS[start] },
      learned[start].map(({ seed, points }) => ({
        id: `${start} ${seed}`,
        label: `${label}, ${text.algorithm.seed(seed)}`,
        points: Float64Array.from(points.flatMap((point) => [from[axis] + placeOn(axis, point), point.cost]))
      })),
      undefined
    )
  )
  const joined = (key: string): Curve | undefined => {
    const own = parts.flatMap((curves) => curves.filter((curve) => curve.key === key))
    if (own.length === 0) return undefined
    const points = own.flatMap((curve) => [...curve.points, lastStep(curve.points), Number.NaN])
    const band = own.flatMap((curve) => (curve.band ? [...curve.band, lastStep(curve.points), Number.NaN, Number.NaN] : []))
    return { ...own[own.length - 1], points: Float64Array.from(points), ...(band.length > 0 && { band: Float64Array.from(band) }) }
  }
  const keys = new Set(parts.flatMap((curves) => curves.map(({ key }) => key)))
  return [...keys].flatMap((key) => joined(key) ?? [])
}

/** The learners' curves over all phases, and the optimum that moves with each. */
export function recoveryCurves(phases: readonly Phase[], isPsi: boolean, axis: PhaseAxis): Curve[] {
  const optimum: Curve = {
    key: 'optimum',
    label: text.playground.optimum,
    look: algorithmStyle('optimum'),
    points: Float64Array.from(
      phases.flatMap((phase) => {
        const [from, to] = [phase.from[axis], phase.from[axis] + lengthOf(phase, axis)]
        return [from, phase.optimumCost, to, phase.optimumCost, to, Number.NaN]
      })
    )
  }
  const started = STARTS.toReversed().flatMap((start) => startCurves(phases, start, text.playground.starts[startName(start, isPsi)], axis))
  return [optimum, ...started].filter((curve) => curve.points.length > 0)
}

/** The chart's option: curves, and a named line where the world changed. */
export function recoveryOption(
  phases: readonly Phase[],
  palette: { theme: 'dark' | 'light'; color: Palette },
  isPsi: boolean,
  axis: PhaseAxis
): ChartOption {
  const curves = recoveryCurves(phases, isPsi, axis)
  const option = curveOption({ kind: adaptingChart, scale: 'linear', curves, references: [], x: axis }, palette)
  const { color } = palette
  const series = Array.isArray(option.series) ? option.series : []
  return {
    ...option,
    grid: { left: 56, right: 24, top: 26, bottom: 28, outerBoundsMode: 'none' },
    series: [
      ...series,
      {
        type: 'line',
        id: 'changes',
        silent: true,
        data: [],
        tooltip: { show: false },
        markLine: {
          silent: true,
          animation: false,
          symbol: 'none',
          lineStyle: { color: color('tx-3'), width: 1, type: 'solid' },
          label: { position: 'end', color: color('tx-2'), fontFamily: FONT, fontSize: 11, distance: 6, width: 150, overflow: 'truncate' },
          data: marksOf(phases, axis)
        }
      }
    ]
  }
}

/** Where the world changed. A change is named where there is room before the next; a late one to the left of its line. */
function marksOf(phases: readonly Phase[], axis: PhaseAxis) {
  const last = phases.at(-1)
  const whole = last ? last.from[axis] + lengthOf(last, axis) : 1
  const isLate = last !== undefined && last.from[axis] > 0.7 * whole
  return phases.map((phase, i) => {
    const isLast = phase === last
    const next = phases[i + 1]
    // The name of a late last change covers a quarter of the chart before its line.
    const until = next ? next.from[axis] - (isLate && next === last ? 0.25 * whole : 0) : whole
    const hasRoom = isLast || until - phase.from[axis] > 0.25 * whole
    return {
      xAxis: phase.from[axis],
      label: {
        show: hasRoom,
        align: isLast && isLate ? ('right' as const) : ('left' as const),
        formatter: phase.label.replace(/[{}|]/g, '')
      }
    }
  })
}
