import type { LegendComponentOption } from 'echarts/components'
import type { LineStyle } from '../algorithms/looks'

interface LegendStyle {
  color(token: string): string
  font: string
  /** Pixels of the figure. */
  width?: number
}

/** Pixels a legend takes for each name beside its letters. */
const ENTRY = 46
const LETTER = 6.2
const ROW = 20
/** A line without a marker: ECharts would put a circle on it. */
const DASHES = 'path://M0 11h6v2H0zM9 11h6v2H9zM18 11h6v2h-6z'

/** A legend above the grid, and how high it is at the figure's width. */
export function legendAbove(
  series: readonly { label: string; look: LineStyle }[],
  { color, font, width = 640 }: LegendStyle
): { option: LegendComponentOption; height: number } {
  const room = width - 76
  // A name alone in its row, and still too long for it.
  const isCut = series.some(({ label }) => LETTER * label.length > room - ENTRY)
  let rows = 1
  let used = 0
  for (const { label } of series) {
    const wide = ENTRY + LETTER * label.length
    if (used > 0 && used + wide > room) {
      rows += 1
      used = 0
    }
    used += wide
  }
  return {
    option: {
      show: true,
      top: 4,
      left: 52,
      right: 16,
      itemWidth: 28,
      itemHeight: 10,
      itemGap: 14,
      padding: 0,
      data: series.map(({ label, look }) => (look.marker === 'none' ? { name: label, icon: DASHES } : { name: label })),
      textStyle: {
        fontFamily: font,
        fontSize: 11,
        color: color('tx-1'),
        ...(isCut && { width: room - ENTRY, overflow: 'truncate' as const })
      }
    },
    height: rows * ROW + 6
  }
}
