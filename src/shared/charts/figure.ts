import type { LineStyle } from '../algorithms/looks'
import type { Scale } from './standing'

/** How values read on ticks and in tables. */
export type FigureValueKind = 'gap' | 'cost' | 'plain'

/** One line of a figure: means over seeds, and their 95 % intervals. */
export interface FigureSeries {
  key: string
  label: string
  look: LineStyle
  /** Seeds that every point is a mean of. */
  seeds: number
  /** x, y, x, y …; NaN is a gap. */
  points: readonly number[]
  /** x, low, high, x, low, high …; empty where there are too few seeds. */
  band: readonly number[]
  /** The runs behind it. */
  runs: readonly string[]
}

/** A figure ready to be drawn on a canvas or as SVG. */
export interface FigureChart {
  key: string
  title: string
  /** Times stand on a logarithmic axis. */
  x: 'learnSteps' | 'evaluations' | 'seconds' | 'energyWeight' | 'together' | 'decisionMs' | 'trainingSeconds' | 'rank'
  y: { label: string; scale: Scale; kind: FigureValueKind }
  series: readonly FigureSeries[]
  /** Of a chart of mean ranks: those nearer to each other than this are not told apart. */
  ranks?: { distance: number }
  levels: readonly { value: number; label: string }[]
  /** x of faint uprights, and what they mark. */
  uprights?: { at: readonly number[]; label: string }
}
