import { scaled } from '../services/settings'
import type { Palette } from './palette'

export const FONT = "'InterVariable','Inter',system-ui,sans-serif"

/** The common base of every chart: hairlines, quiet axes, text-only tooltips. */
export function chartTheme(color: Palette): Record<string, unknown> {
  const words = { fontFamily: FONT, fontSize: scaled(11) }
  const axis = {
    axisLine: { show: true, lineStyle: { color: color('axis'), width: 1 } },
    axisTick: { show: true, length: 4, lineStyle: { color: color('axis') } },
    axisLabel: { ...words, color: color('tx-3'), margin: 8, hideOverlap: true },
    splitLine: { show: true, lineStyle: { color: color('grid'), width: 1 } },
    minorSplitLine: { show: false }
  }
  return {
    backgroundColor: 'transparent',
    animation: false,
    textStyle: { ...words, color: color('tx-2') },
    valueAxis: axis,
    logAxis: axis,
    tooltip: {
      backgroundColor: color('bg-2'),
      borderColor: color('line-2'),
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { ...words, fontSize: scaled(12), lineHeight: scaled(18), color: color('tx-1') },
      axisPointer: { type: 'line', lineStyle: { color: color('line-3'), width: 1, type: 'solid' } }
    }
  }
}
