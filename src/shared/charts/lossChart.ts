import { fixed, NONE, plain } from '../format'
import { type ComparisonOption, type ComparisonStyle, ENGLISH, ground, type DrawnGroup, ticked } from './comparisonGround'
import { edgeStyle } from './curveSeries'
import { linearAxis } from './ticks'

/** Excess over the optimum by position of the task, % of Q*: computing filled, transfer outlined. */
export function lossOption(
  { look }: DrawnGroup,
  tasks: readonly { task: number; compute: number; transfer: number }[],
  style: ComparisonStyle
): ComparisonOption {
  const { color, said = ENGLISH } = style
  const { axis, base, tooltip, words } = ground(style)
  const isAlone = style.legendWidth !== undefined
  const percent = (value: number) => value * 100
  const finite = (value: number) => (Number.isFinite(value) ? value : 0)
  const ends = tasks
    .map(({ compute, transfer }) => [finite(compute), finite(transfer)])
    .flatMap(([compute, transfer]) => [Math.min(0, compute) + Math.min(0, transfer), Math.max(0, compute) + Math.max(0, transfer)])
  const isAnyBeyond = tasks.some(({ compute, transfer }) => compute === Number.POSITIVE_INFINITY || transfer === Number.POSITIVE_INFINITY)
  const most = (Math.max(0, ...ends.map(percent)) || (isAnyBeyond ? 1 : 0.001)) * (isAnyBeyond ? 1.25 : 1)
  const x = linearAxis(Math.min(0, ...ends.map(percent)), most, 4)
  const scale = ticked(axis, x, (value) => `${plain(value, 3)} %`)
  // An infinite part fills the axis to its edge, and a sign there points on.
  const bars = tasks.map(({ compute, transfer }) => {
    const isBeyond = compute === Number.POSITIVE_INFINITY || transfer === Number.POSITIVE_INFINITY
    const first = compute === Number.POSITIVE_INFINITY ? x.high : percent(compute)
    const second =
      compute === Number.POSITIVE_INFINITY ? 0 : transfer === Number.POSITIVE_INFINITY ? x.high - Math.max(0, first) : percent(transfer)
    return { first, second, isBeyond }
  })
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
    grid: { left: 64, right: 24, top: isAlone ? 30 : 8, bottom: isAlone ? 44 : 30, outerBoundsMode: 'none' },
    ...(isAlone && {
      legend: {
        show: true,
        top: 4,
        left: 60,
        itemWidth: 14,
        itemHeight: 10,
        itemGap: 14,
        padding: 0,
        icon: 'rect',
        data: [said.computing, said.transfer],
        textStyle: { ...words, color: color('tx-1') }
      }
    }),
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
    xAxis: {
      type: 'value',
      ...scale,
      axisLabel: { ...scale.axisLabel, alignMaxLabel: 'right' },
      axisLine: { show: false },
      ...(isAlone && { name: said.excessAxis, nameLocation: 'middle', nameGap: 26 })
    },
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
      { ...bar, id: 'compute', name: said.computing, itemStyle: { color: color(look.color) }, data: bars.map(({ first }) => first) },
      {
        ...bar,
        id: 'transfer',
        name: said.transfer,
        itemStyle: { color: color('bg-1'), borderColor: color(look.color), borderWidth: 1.5 },
        data: bars.map(({ second }) => second)
      },
      {
        type: 'scatter',
        id: 'beyond',
        silent: true,
        clip: false,
        z: 7,
        tooltip: { show: false },
        data: bars.flatMap(({ isBeyond }, i) => (isBeyond ? [{ value: [x.high, i], ...edgeStyle('right', look.color, color) }] : []))
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
