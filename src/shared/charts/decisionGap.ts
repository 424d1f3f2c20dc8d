import type { LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import { gapUnit, milliseconds, plain } from '../format'
import { bare, type ComparisonOption, type ComparisonStyle, type DrawnGroup, ENGLISH, ground, symbolOf, ticked } from './comparisonGround'
import { edgeStyle } from './curveSeries'
import { movesApart } from './labels'
import { standingOf } from './standing'
import { type Axis, linearAxis, logAxis } from './ticks'

/** A mean over seeds, with the ends of its 95 % interval where there is one. */
export interface WithInterval {
  mean: number
  low?: number
  high?: number
}

export interface DecisionGapPoint extends DrawnGroup {
  /** Of one workflow, or of what is placed together, in ms. */
  decisionMs: WithInterval
  /** Mean gap as a fraction. */
  gap: WithInterval
}

/** What nothing else is both faster and better than, the fastest first. */
export function paretoFront(points: readonly DecisionGapPoint[]): DecisionGapPoint[] {
  const byTime = [...points].sort((a, b) => a.decisionMs.mean - b.decisionMs.mean || a.gap.mean - b.gap.mean)
  let least = Infinity
  return byTime.filter(({ gap }) => {
    const isBetter = gap.mean < least
    if (isBetter) least = gap.mean
    return isBetter
  })
}

/** Both from the least above 0 to the most, intervals included; without any, about 1. */
function axisOf(values: readonly WithInterval[], count: number): Axis {
  const all = values.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean]).filter((value) => value > 0 && value < Infinity)
  return all.length === 0 ? logAxis(0.5, 2, count) : logAxis(Math.min(...all), Math.max(...all), count)
}

/**
 * Decision time against mean gap, both logarithmic, each group with its intervals over seeds, and the front: a step down where something
 * slower is better. A gap of 0 stands at the lower edge, marked as beyond it.
 */
export function decisionGapOption(points: readonly DecisionGapPoint[], style: ComparisonStyle): ComparisonOption {
  const { color, font, said = ENGLISH } = style
  const { axis, base, tooltip, words } = ground(style)
  const known = points.filter(({ decisionMs, gap }) => decisionMs.mean >= 0 && gap.mean >= 0)
  const xAxis = axisOf(
    known.map(({ decisionMs }) => decisionMs),
    5
  )
  const gaps = known.map(({ gap }) => gap)
  const yAxis = gaps.some(({ mean }) => mean > 0 && mean < Infinity) ? axisOf(gaps, 4) : linearAxis(0, 1, 4)
  const isLog = yAxis.low > 0
  const at = (value: number, ends: Axis) => standingOf(value, ends)?.at ?? Number.NaN
  const front = paretoFront(known)
  const steps = front.flatMap(({ decisionMs, gap }, i) => {
    const [x, y] = [at(decisionMs.mean, xAxis), at(gap.mean, yAxis)]
    return i === 0
      ? [
          [x, yAxis.high],
          [x, y]
        ]
      : [
          [x, at(front[i - 1].gap.mean, yAxis)],
          [x, y]
        ]
  })
  const last = steps.at(-1)
  return {
    ...base,
    grid: { left: 56, right: 28, top: 30, bottom: 44, outerBoundsMode: 'none' },
    tooltip: { ...tooltip, trigger: 'item' },
    xAxis: {
      type: 'log',
      ...ticked(axis, xAxis, (value) => plain(Number(value.toPrecision(3)))),
      name: said.decisionAxis,
      nameLocation: 'middle',
      nameGap: 26
    },
    yAxis: {
      type: isLog ? 'log' : 'value',
      ...ticked(axis, yAxis, (value) => `${plain(Number((value * 100).toPrecision(3)))} %`),
      name: said.meanGapAxis,
      nameLocation: 'end',
      nameGap: 10,
      nameTextStyle: { ...words, color: color('tx-2'), align: 'left', padding: [0, 0, 0, -48] }
    },
    series: [
      {
        type: 'line',
        id: 'front',
        data: last ? [...steps, [xAxis.high, last[1]]] : [],
        showSymbol: false,
        silent: true,
        z: 1,
        lineStyle: { color: color('line-2'), width: 5, cap: 'butt', join: 'miter' },
        tooltip: { show: false }
      },
      ...known.flatMap((point): (LineSeriesOption | ScatterSeriesOption)[] => {
        const { name, look, decisionMs, gap } = point
        const [x, y] = [standingOf(decisionMs.mean, xAxis), standingOf(gap.mean, yAxis)]
        const beyond = y?.beyond === 'low' ? 'down' : y?.beyond === 'high' ? 'up' : x?.beyond === 'low' ? 'left' : undefined
        // On the right its name would leave the picture.
        const side = Math.log(at(decisionMs.mean, xAxis) / xAxis.low) > 0.75 * Math.log(xAxis.high / xAxis.low) ? 'left' : 'right'
        const place = [x?.at ?? Number.NaN, y?.at ?? Number.NaN]
        const whisker = (id: string, data: number[][]): LineSeriesOption => ({
          type: 'line',
          id: `${id} ${name}`,
          data,
          showSymbol: false,
          silent: true,
          z: 3,
          lineStyle: { color: color(look.color), width: 1.25 },
          tooltip: { show: false }
        })
        const ends = ({ low, high }: WithInterval, on: Axis) => (low === undefined || high === undefined ? [] : [at(low, on), at(high, on)])
        const upright = ends(gap, yAxis).map((end) => [place[0], end])
        const level = ends(decisionMs, xAxis).map((end) => [end, place[1]])
        return [
          ...(upright.length > 0 ? [whisker('gap', upright)] : []),
          ...(level.length > 0 ? [whisker('time', level)] : []),
          {
            type: 'scatter',
            id: `group ${name}`,
            symbolSize: 10,
            z: 5,
            ...(beyond ? { ...edgeStyle(beyond, look.color, color), clip: false } : symbolOf(look, style)),
            label: {
              show: known.length <= 16,
              position: side,
              distance: beyond ? 10 : 6,
              formatter: () => bare(name),
              color: color('tx-1'),
              fontFamily: font,
              fontSize: 11,
              textBorderColor: color('bg-1'),
              textBorderWidth: 3
            },
            labelLayout: movesApart(side === 'right' ? 'left' : 'right'),
            labelLine: { show: true, length2: 4, lineStyle: { color: color('line-3'), width: 1 } },
            tooltip: { formatter: () => `${bare(name)}\n${milliseconds(decisionMs.mean)} ms   ${gapUnit(gap.mean)}` },
            data: [place]
          }
        ]
      })
    ]
  }
}
