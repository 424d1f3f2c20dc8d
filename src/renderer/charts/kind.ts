import type { Scale } from '@shared/charts/standing'
import type { RunOptimum } from '@shared/contract/records'
import type { ReferenceKind } from '@shared/model/world'
import type { Sampling } from '@shared/run/evaluated'

export type { Scale }

/** A level drawn across a chart, always with its value. */
export interface ChartReference {
  value: number
  label: string
  /** Token of its colour; ink where none is given. */
  color?: string
}

/** One kind of curve chart: what it shows, how its values read, which levels belong into it. */
export interface ChartKind {
  /** Also the recorded metric it draws. */
  key: string
  title(): string
  /** What stands beside the title: unit, meaning, on which workflows, where it is measured on some and that is known, and what gaps are to. */
  caption(sampling?: Sampling, to?: ReferenceKind): string
  /** The scale it opens with, and whether the other may be chosen. */
  scale: Scale
  switchable: boolean
  /** The lowest and highest value the axis shows at the least. */
  atLeast?: readonly [low: number, high: number]
  /** A value in words, with its unit. */
  value(value: number): string
  /** Half an interval beside its mean, with the mean's decimals; as a value where it has no form of its own. */
  half?(mean: number, half: number): string
  /** A tick on the axis. */
  tick(value: number): string
  /** Which end is good; orders rows in tooltips. */
  better: 'lower' | 'higher' | 'neither'
  /** Levels that the optimum of the workflows a run is evaluated on draws. */
  references(optimum: RunOptimum): ChartReference[]
  /** Where single learn steps scatter, the running mean is the curve and they are drawn faintly behind it. */
  noisy?: boolean
  /** What cannot be drawn and must be said, on a logarithmic axis. */
  corner?(to?: ReferenceKind): string
}
