import type { CurveUnit } from '@shared/run/steps'
import type { LineStyle } from '@shared/algorithms/looks'
import type { ChartKind, ChartReference, Scale } from './kind'
import type { Points } from './points'

/** What the axis of a curve chart counts: steps, seconds of training, or seconds that passed meanwhile. */
export type AxisUnit = CurveUnit | 'seconds' | 'clock'

/** One line of a chart. */
export interface Curve {
  key: string
  /** What it is, in tooltips and tables. */
  label: string
  look: LineStyle
  points: Points
  /** What was recorded, where `points` are smoothed: tooltips and tables tell these. */
  raw?: Points
  /** Single networks and seeds are thin; the curve they belong to is bold. */
  thin?: boolean
  /** A 95 % interval around the curve: rows of step, low, high, flat. */
  band?: Float64Array
  /** What the band is; the 95 % interval unless said. */
  spread?: 'interval' | 'range'
  /** What stands at the curve's end. */
  end?: string
  /** Sparse markers along it, so that curves are told apart without colour. */
  marked?: boolean
}

/** A chart as it is asked for, before ECharts comes into it. */
export interface CurveChart {
  kind: ChartKind
  scale: Scale
  curves: readonly Curve[]
  references: readonly ChartReference[]
  /** Where the axis of steps ends, if further than the curves. */
  lastStep?: number
  /** The steps in sight; all of them where absent. */
  range?: readonly [from: number, to: number]
  /** What the axis counts; learn steps unless said. */
  x?: AxisUnit
  /** Few ticks, for charts of a third of the width. */
  small?: boolean
}
