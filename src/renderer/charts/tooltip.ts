import { fixed, integer } from '@shared/format'
import { text } from '../ui/text'
import type { ChartKind } from './kind'
import type { AxisUnit, Curve } from './curve'
import { nearest } from './points'

/** More rows than this would cover the chart. */
const ROWS = 12

/** Braces and bars start a style in ECharts' rich text: names are shown without. */
const bare = (name: string) => name.replace(/[{}|]/g, '')

/** What a tooltip says at step `at`: the step, then one line per curve, best first. Values are the recorded ones. */
export function tooltipText(kind: ChartKind, curves: readonly Curve[], at: number, x: AxisUnit = 'learn steps'): string {
  if (!Number.isFinite(at)) return ''
  const rows = curves.flatMap((curve) => {
    const point = nearest(curve.raw ?? curve.points, at)
    return point && !Number.isNaN(point.value) ? [{ curve, ...point }] : []
  })
  if (rows.length === 0) return ''
  if (kind.better !== 'neither') rows.sort((a, b) => (kind.better === 'lower' ? a.value - b.value : b.value - a.value))
  const [first] = [...rows].sort((a, b) => Math.abs(a.step - at) - Math.abs(b.step - at))
  const lines = rows
    .slice(0, ROWS)
    .map(({ curve, step, value }) => `${bare(curve.label)}   ${kind.value(value)}${half(kind, curve, step, value)}`)
  const more = rows.length > ROWS ? [text.app.more(rows.length - ROWS)] : []
  const place = text.charts.at[x](x === 'seconds' || x === 'clock' ? fixed(first.step, 1) : integer(Math.round(first.step)))
  return [place, ...lines, ...more].join('\n')
}

/** Half of the 95 % interval at a step, where the curve has one there. */
function half(kind: ChartKind, { band }: Curve, step: number, mean: number): string {
  if (!band) return ''
  const text = (reach: number) => (Number.isFinite(reach) ? ` ${write(mean, reach)}` : '')
  const write = kind.half ?? ((_: number, half: number) => `± ${kind.value(half)}`)
  for (let i = 0; i < band.length; i += 3) if (band[i] === step) return text((band[i + 2] - band[i + 1]) / 2)
  return ''
}
