import { STARTS, type Start } from '@shared/experiment/recovery'
import type { Curve } from '../charts/curve'
import type { ChartKind } from '../charts/kind'
import { type ChartOption, curveOption } from '../charts/option'
import type { Palette } from '../charts/palette'
import { FONT } from '../charts/theme'
import { cost, plain } from '@shared/format'
import type { LineStyle } from '@shared/algorithms/looks'
import { algorithmStyle } from '../ui/algorithms'
import { text } from '../ui/text'
import { type Phase, stepsOf } from './phases'
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

/** The learners' curves over all phases, and the optimum that moves with each; gaps stand between phases. */
export function recoveryCurves(phases: readonly Phase[], isPsi: boolean): Curve[] {
  const curveOf = (start: Start): Curve => ({
    key: start,
    label: text.playground.starts[startName(start, isPsi)],
    look: START_LOOKS[start],
    points: Float64Array.from(
      phases.flatMap(({ from, points }) =>
        points[start].length === 0
          ? []
          : [...points[start].flatMap(({ step, cost }) => [from + step, cost]), from + (points[start].at(-1)?.step ?? 0), Number.NaN]
      )
    ),
    marked: true
  })
  const optimum: Curve = {
    key: 'optimum',
    label: text.playground.optimum,
    look: algorithmStyle('optimum'),
    points: Float64Array.from(
      phases.flatMap((phase) => {
        const to = phase.from + stepsOf(phase)
        return [phase.from, phase.optimumCost, to, phase.optimumCost, to, Number.NaN]
      })
    )
  }
  return [optimum, ...STARTS.toReversed().map(curveOf)].filter((curve) => curve.points.length > 0)
}

/** The chart's option: curves, and a named line where the world changed. */
export function recoveryOption(
  phases: readonly Phase[],
  palette: { theme: 'dark' | 'light'; color: Palette },
  isPsi: boolean
): ChartOption {
  const option = curveOption({ kind: adaptingChart, scale: 'linear', curves: recoveryCurves(phases, isPsi), references: [] }, palette)
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
          data: marksOf(phases)
        }
      }
    ]
  }
}

/** Where the world changed. A change is named where there is room before the next; a late one to the left of its line. */
function marksOf(phases: readonly Phase[]) {
  const last = phases.at(-1)
  const whole = last ? last.from + stepsOf(last) : 1
  const isLate = last !== undefined && last.from > 0.7 * whole
  return phases.map((phase, i) => {
    const isLast = phase === last
    const next = phases[i + 1]
    // The name of a late last change covers a quarter of the chart before its line.
    const until = next ? next.from - (isLate && next === last ? 0.25 * whole : 0) : whole
    const hasRoom = isLast || until - phase.from > 0.25 * whole
    return {
      xAxis: phase.from,
      label: {
        show: hasRoom,
        align: isLast && isLate ? ('right' as const) : ('left' as const),
        formatter: phase.label.replace(/[{}|]/g, '')
      }
    }
  })
}
