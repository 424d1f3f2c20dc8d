import type { Evaluation } from './evaluation'
import { pairedDifference } from './paired'
import { holm, permutationTest } from './permutation'
import { meanProbabilityOfImprovement } from './profiles'
import { bootstrapInterval, type Interval } from './resampling'
import { interquartileMean, mean, meanInterval95 } from './statistics'

/** A finished run as comparing needs it. */
export interface ComparedRun {
  seconds: number
  evaluation: Evaluation
  /** Learn steps to a gap within 5 % and 1 % that lasts to the end; undefined where never, or where nothing is learned. */
  stepsTo5?: number
  stepsTo1?: number
}

/** Runs alike but for their seed. Groups of one world were evaluated on the same held-out workflows, in the same order. */
export interface GroupOfRuns {
  /** The optimum: what the others are measured by, and no rival of theirs. */
  isRuler?: boolean
  world: string
  runs: readonly ComparedRun[]
}

export const FIGURES = [
  { key: 'gapMean', label: 'Gap mean', unit: '%', better: 'lower' },
  { key: 'gapIqm', label: 'Gap IQM', unit: '%', better: 'lower' },
  { key: 'gapP95', label: 'Gap p95', unit: '%', better: 'lower' },
  { key: 'gapMax', label: 'Gap max', unit: '%', better: 'lower' },
  { key: 'cost', label: 'Cost Q', unit: '', better: 'lower' },
  { key: 'delay', label: 'Delay', unit: 's', better: 'lower' },
  { key: 'energy', label: 'Energy', unit: 'J', better: 'lower' },
  { key: 'exact', label: 'Exact', unit: '%', better: 'higher' },
  { key: 'decision', label: 'Decision', unit: 'ms', better: 'lower' },
  { key: 'training', label: 'Training', unit: 's', better: 'lower' },
  { key: 'stepsTo5', label: 'Steps to 5 %', unit: 'learn steps', better: 'lower' },
  { key: 'stepsTo1', label: 'Steps to 1 %', unit: 'learn steps', better: 'lower' }
] as const
export type FigureKey = (typeof FIGURES)[number]['key']

/** One figure of one group. */
export interface FigureCell {
  mean?: number
  /** 95 %: Student's t over seeds; of the IQM, the stratified bootstrap over seeds and workflows. */
  interval?: Interval
  /** This group less the reference. */
  difference?: number
  differenceInterval?: Interval
  /** Two-sided, Holm-corrected over the figures of the group. */
  p?: number
  /** By workflow (signed rank) where both sides were evaluated on the same ones, by seed (permutation) else. */
  test?: 'wilcoxon' | 'permutation'
}

export interface FigureRow {
  key: FigureKey
  /** [groups]. */
  cells: FigureCell[]
  /** Index of the rival with the best mean; undefined where worlds differ, or one alone has a value. */
  best?: number
}

/** What is one number a run. */
const OF_RUN: Record<FigureKey, (run: ComparedRun) => number | undefined> = {
  gapMean: ({ evaluation }) => evaluation.gapMean,
  gapIqm: ({ evaluation }) => interquartileMean(evaluation.gaps),
  gapP95: ({ evaluation }) => evaluation.gapP95,
  gapMax: ({ evaluation }) => evaluation.gapMax,
  cost: ({ evaluation }) => evaluation.meanCost,
  delay: ({ evaluation }) => evaluation.meanDelaySeconds,
  energy: ({ evaluation }) => evaluation.meanEnergyJoules,
  exact: ({ evaluation }) => evaluation.exactMatches / evaluation.workflows,
  decision: ({ evaluation }) => evaluation.decisionMs,
  training: ({ seconds }) => seconds,
  stepsTo5: ({ stepsTo5 }) => stepsTo5,
  stepsTo1: ({ stepsTo1 }) => stepsTo1
}

/** What is one number a workflow, and pairs. */
const OF_WORKFLOW: Partial<Record<FigureKey, (evaluation: Evaluation) => readonly number[]>> = {
  gapMean: ({ gaps }) => gaps,
  cost: ({ costs }) => costs,
  exact: ({ gaps }) => gaps.map((gap) => (gap < 1e-9 ? 1 : 0))
}

const RESAMPLES = 500

/** [workflows][seeds]. */
function byWorkflow(group: GroupOfRuns, of: (evaluation: Evaluation) => readonly number[]): number[][] {
  const all = group.runs.map(({ evaluation }) => of(evaluation))
  return Array.from({ length: all[0]?.length ?? 0 }, (_, x) => all.map((values) => values[x]))
}

function valuesOf(group: GroupOfRuns, key: FigureKey): number[] {
  return group.runs.flatMap((run) => OF_RUN[key](run) ?? [])
}

/** Whether two groups were evaluated on the same workflows. */
function arePaired(a: GroupOfRuns, b: GroupOfRuns): boolean {
  return a.world === b.world && a.runs[0]?.evaluation.gaps.length === b.runs[0]?.evaluation.gaps.length
}

function cellOf(group: GroupOfRuns, key: FigureKey): FigureCell {
  const values = valuesOf(group, key)
  // A mean over the seeds that got there alone would flatter: where one did not there is no mean.
  if (values.length === 0 || values.length < group.runs.length) return {}
  if (key !== 'gapIqm') return { mean: mean(values), interval: meanInterval95(values) }
  const strata = byWorkflow(group, ({ gaps }) => gaps)
  const pooled = (all: readonly ArrayLike<number>[]) => interquartileMean(all.flatMap((stratum) => Array.from(stratum)))
  return { mean: pooled(strata), interval: told(bootstrapInterval(strata, pooled, { resamples: RESAMPLES })) }
}

/** An interval both ends of which are numbers: resamples of infinite values come to ∞ − ∞. */
const told = (interval: Interval | undefined) => (interval?.every(Number.isFinite) ? interval : undefined)

/** Adds how a group differs from the reference; p is not yet corrected. */
function against(cell: FigureCell, group: GroupOfRuns, reference: GroupOfRuns, key: FigureKey): FigureCell {
  const [own, other] = [valuesOf(group, key), valuesOf(reference, key)]
  if (cell.mean === undefined || other.length < reference.runs.length || other.length === 0) return cell
  const workflow = OF_WORKFLOW[key]
  if (workflow && arePaired(group, reference)) {
    const means = (of: GroupOfRuns) => byWorkflow(of, workflow).map((seeds) => mean(seeds))
    const found = pairedDifference(means(reference), means(group), { resamples: RESAMPLES })
    // Both infinite on some workflow: nothing can be said of how far they are apart.
    if (Number.isNaN(found.mean)) return cell
    return { ...cell, difference: found.mean, differenceInterval: told(found.interval), p: found.p, test: 'wilcoxon' }
  }
  const difference = mean(own) - mean(other)
  if (Number.isNaN(difference)) return cell
  // A permutation of infinite values differs from none.
  const isTested = own.length > 1 && other.length > 1 && Number.isFinite(difference)
  return {
    ...cell,
    difference,
    differenceInterval: told(bootstrapInterval([own, other], ([a, b]) => mean(a) - mean(b), { resamples: RESAMPLES })),
    ...(isTested && { p: permutationTest(own, other), test: 'permutation' as const })
  }
}

/** Every figure of every group, its difference from group `reference`, and tests of it, Holm-corrected over the figures of each group. */
export function figureRows(groups: readonly GroupOfRuns[], reference: number): FigureRow[] {
  const isOneWorld = new Set(groups.map(({ world }) => world)).size <= 1
  const rows = FIGURES.map(({ key, better }): FigureRow => {
    const cells = groups.map((group, at) => {
      const cell = cellOf(group, key)
      return at === reference ? cell : against(cell, group, groups[reference], key)
    })
    const rivals = cells.map(({ mean }, at) => (mean === undefined || Number.isNaN(mean) || groups[at].isRuler ? undefined : mean))
    const means = rivals.filter((mean) => mean !== undefined)
    if (!isOneWorld || means.length < 2) return { key, cells }
    const best = better === 'lower' ? Math.min(...means) : Math.max(...means)
    return { key, cells, ...(Number.isFinite(best) && { best: rivals.indexOf(best) }) }
  }).filter(({ cells }) => cells.some(({ mean }) => mean !== undefined))
  const corrected = groups.map((_, at) => holm(rows.map(({ cells }) => cells[at].p)))
  return rows.map((row, r) => ({
    ...row,
    cells: row.cells.map((cell, at) => (cell.p === undefined ? cell : { ...cell, p: corrected[at][r] }))
  }))
}

/**
 * The chance that a run of a group places a workflow better than a run of the reference, averaged over workflows
 * (ties count half); undefined for the reference itself and across worlds.
 */
export function improvements(groups: readonly GroupOfRuns[], reference: number): (number | undefined)[] {
  const other = groups[reference]
  return groups.map((group, at) => {
    if (at === reference || !arePaired(group, other) || group.runs.length === 0) return undefined
    return meanProbabilityOfImprovement(
      byWorkflow(group, ({ gaps }) => gaps),
      byWorkflow(other, ({ gaps }) => gaps)
    )
  })
}
