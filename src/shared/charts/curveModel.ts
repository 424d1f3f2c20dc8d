import type { LineStyle } from '../algorithms/looks'
import type { Edge, LevelSide, Scale } from './standing'

/** What charts are drawn with. */
export interface ChartStyle {
  theme: 'dark' | 'light'
  /** The colour of a token. */
  color(token: string): string
  font: string
  /** Pixels at the reader's text size. */
  scaled?(pixels: number): number
}

/** One line, as it is to be drawn. */
export interface DrawnCurve {
  key: string
  /** What a legend calls it. */
  name: string
  look: LineStyle
  /** x, y, x, y …; NaN is a gap. */
  points: ArrayLike<number>
  /** x, low, high, x, low, high …. */
  band?: ArrayLike<number>
  /** Single networks and seeds are thin; the curve they belong to is bold. */
  thin?: boolean
  /** The algorithm's marker along it: at a few points, or at every one. */
  markers?: 'few' | 'every'
  /** What stands at its last point, which is marked, above it or below; or its name beside the grid. */
  end?: { text: string; as: 'above' | 'below' | 'beside' }
}

/** A chart of curves, wherever it is shown: the page, a study, a report. */
export interface CurvesChart {
  scale: Scale
  curves: readonly DrawnCurve[]
  /** On which side of it a level is named and has room; where no curve is, if not said. */
  levels: readonly { value: number; label: string; color?: string; side?: LevelSide }[]
  /** x of faint uprights, and what they mark. */
  uprights?: { at: readonly number[]; label: string }
  x: { low: number; high: number; ticks: readonly number[]; text(value: number): string; name?: string; isFlush: boolean }
  y: { count: number; atLeast?: readonly [number, number]; text(value: number): string; name?: string }
}

/** A curve with everything where it stands on its axis. */
export interface StandingCurve extends Omit<DrawnCurve, 'points' | 'band'> {
  points: Float64Array
  band: number[][]
  edges: { index: number; edge: Edge }[]
}
