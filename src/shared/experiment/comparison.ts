import { interquartileMean, mean } from '../statistics/descriptive'
import { holm } from '../statistics/holm'
import {
  estimateOf,
  type Interval,
  pairedSeedDifference,
  type SeedDifference,
  type SeedTest,
  welchDifference
} from '../statistics/intervals'
import { cliffsDelta, leastPermutationP } from '../statistics/permutation'
import { meanProbabilityOfImprovement, probabilityOfImprovement } from '../statistics/profiles'
import { wilcoxonSignedRank } from '../statistics/signed-rank'
import type { Evaluation } from '../run/evaluation'

/** A finished run as comparing needs it. */
export interface ComparedRun {
  seed: number
  seconds: number
  evaluation: Evaluation
  /** Learn steps to a gap within 5 % and 1 % that lasts to the end; undefined where never, or where nothing is learned. */
  stepsTo5?: number
  stepsTo1?: number
}

/** Runs that differ only in their seed, one per seed. */
export interface GroupOfRuns {
  /** The optimum: what the others are measured by, and no rival of theirs. */
  isRuler?: boolean
  /** It draws nothing at random: its one run is all there is to know. */
  isDeterministic?: boolean
  /** Names what decides the numbers; figures of different worlds are not subtracted. */
  world: string
  /** Names the held-out workflows; groups that share it were evaluated on the same ones, in the same order. */
  heldOut: string
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
  /** 95 %, Student's t over seeds. */
  interval?: Interval
  /** Seeds that the mean, the interval and the tests rest on. */
  n: number
  /** This group less the reference, over seeds; none where their worlds differ. */
  difference?: number
  differenceInterval?: Interval
  /** Of the difference over seeds, two-sided, Holm-corrected over every test of the table. */
  p?: number
  test?: SeedTest
  /** Wilcoxon's signed ranks over workflows, for these trained policies: it says nothing of other seeds. Corrected as `p` is. */
  workflowP?: number
  /** Over pairs of seeds: the chance that this group is the better one, ties half, and Cliff's δ, above 0 where it is. */
  improvement?: number
  cliffsDelta?: number
}

export interface FigureRow {
  key: FigureKey
  /** [groups]. */
  cells: FigureCell[]
  /** Indices of the rivals with the best mean, several where they tie; empty where worlds differ, or one alone has a value. */
  best: number[]
}

/** What is one number per run. */
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

/** What is one number per workflow, and pairs. */
const OF_WORKFLOW: Partial<Record<FigureKey, (evaluation: Evaluation) => readonly number[]>> = {
  gapMean: ({ gaps }) => gaps,
  cost: ({ costs }) => costs,
  exact: ({ gaps }) => gaps.map((gap) => (gap < 1e-9 ? 1 : 0))
}

/** Means this close, relative to their size, are one. */
const TIE = 1e-12

/** [workflows][seeds]. */
function byWorkflow(group: GroupOfRuns, of: (evaluation: Evaluation) => readonly number[]): number[][] {
  const all = group.runs.map(({ evaluation }) => of(evaluation))
  return Array.from({ length: all[0]?.length ?? 0 }, (_, x) => all.map((values) => values[x]))
}

/** One value a seed; empty where one seed has none: a mean over the seeds that got there alone would flatter. */
function valuesOf({ runs }: GroupOfRuns, key: FigureKey): number[] {
  const values = runs.flatMap((run) => OF_RUN[key](run) ?? [])
  return values.length < runs.length ? [] : values
}

/** Whether two groups were evaluated on the same workflows. */
function shareWorkflows(a: GroupOfRuns, b: GroupOfRuns): boolean {
  return a.heldOut === b.heldOut && a.runs.length > 0 && a.runs[0].evaluation.gaps.length === b.runs[0]?.evaluation.gaps.length
}

/** Whether two groups have the same seeds; `b` is then brought into the order of `a`. */
function pairedSeeds(a: GroupOfRuns, b: GroupOfRuns): GroupOfRuns | undefined {
  const bySeed = new Map(b.runs.map((run) => [run.seed, run]))
  const runs = a.runs.flatMap(({ seed }) => bySeed.get(seed) ?? [])
  return runs.length === a.runs.length && runs.length === b.runs.length ? { ...b, runs } : undefined
}

function seedDifference(reference: GroupOfRuns, group: GroupOfRuns, key: FigureKey): SeedDifference | undefined {
  // Two constants: nothing is drawn, so there is nothing to test.
  if (reference.isDeterministic && group.isDeterministic) return undefined
  const isDrawn = !reference.isDeterministic && !group.isDeterministic
  const paired = isDrawn ? pairedSeeds(reference, group) : undefined
  const own = valuesOf(paired ?? group, key)
  const other = valuesOf(reference, key)
  if (own.length === 0 || other.length === 0) return undefined
  return paired ? pairedSeedDifference(other, own) : welchDifference(other, own, { a: reference.isDeterministic, b: group.isDeterministic })
}

/** Adds how a group differs from the reference; p-values are not yet corrected. */
function against(cell: FigureCell, group: GroupOfRuns, reference: GroupOfRuns, key: FigureKey): FigureCell {
  const [own, other] = [valuesOf(group, key), valuesOf(reference, key)]
  if (group.world !== reference.world || own.length === 0 || other.length === 0) return cell
  const found = seedDifference(reference, group, key)
  const workflow = OF_WORKFLOW[key]
  const isLower = FIGURES.find((figure) => figure.key === key)?.better === 'lower'
  const chance = probabilityOfImprovement(own, other)
  const difference = found?.difference ?? mean(own) - mean(other)
  return {
    ...cell,
    // Both infinite on some workflow: nothing can be said of how far they are apart.
    ...(!Number.isNaN(difference) && { difference }),
    ...(found && { differenceInterval: found.interval, p: found.p, test: found.test }),
    ...(workflow && shareWorkflows(group, reference) && { workflowP: workflowTest(reference, group, workflow) }),
    improvement: isLower ? chance : 1 - chance,
    cliffsDelta: isLower ? cliffsDelta(other, own) : cliffsDelta(own, other)
  }
}

function workflowTest(a: GroupOfRuns, b: GroupOfRuns, of: (evaluation: Evaluation) => readonly number[]): number {
  const means = (group: GroupOfRuns) => byWorkflow(group, of).map((seeds) => mean(seeds))
  const other = means(a)
  return wilcoxonSignedRank(means(b).map((value, i) => value - other[i])).p
}

/** The rivals with the best mean of a figure. */
function bestOf(groups: readonly GroupOfRuns[], cells: readonly FigureCell[], better: 'lower' | 'higher'): number[] {
  const rivals = cells.flatMap(({ mean }, at) => (mean === undefined || Number.isNaN(mean) || groups[at].isRuler ? [] : [{ mean, at }]))
  if (rivals.length < 2) return []
  const means = rivals.map(({ mean }) => mean)
  const best = better === 'lower' ? Math.min(...means) : Math.max(...means)
  // All infinitely far: nobody is best.
  if (!Number.isFinite(best)) return []
  return rivals.flatMap(({ mean, at }) => (mean === best || Math.abs(mean - best) <= TIE * Math.abs(best) ? [at] : []))
}

/** Every figure of every group, its difference from group `reference`, and tests of it, Holm-corrected over all tests of all groups. */
export function figureRows(groups: readonly GroupOfRuns[], reference: number): FigureRow[] {
  const isOneWorld = new Set(groups.map(({ world }) => world)).size <= 1
  const rows = FIGURES.map(({ key, better }): FigureRow => {
    const cells = groups.map((group, at): FigureCell => {
      const values = valuesOf(group, key)
      const cell: FigureCell = values.length === 0 ? { n: 0 } : estimateOf(values)
      return at === reference ? cell : against(cell, group, groups[reference], key)
    })
    return { key, cells, best: isOneWorld ? bestOf(groups, cells, better) : [] }
  }).filter(({ cells }) => cells.some(({ mean }) => mean !== undefined))
  const tests = rows.flatMap(({ cells }) => cells.flatMap(({ p, workflowP }) => [p, workflowP]))
  const corrected = holm(tests)
  let at = 0
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => {
      const [p, workflowP] = [corrected[at++], corrected[at++]]
      return { ...cell, ...(p !== undefined && { p }), ...(workflowP !== undefined && { workflowP }) }
    })
  }))
}

/**
 * The probability of improvement over workflows: that a run of a group places a workflow better than a run of the reference, ties half,
 * averaged over workflows (Agarwal et al., NeurIPS 2021); undefined for the reference itself and where workflows differ.
 */
export function improvements(groups: readonly GroupOfRuns[], reference: number): (number | undefined)[] {
  const other = groups[reference]
  return groups.map((group, at) => {
    if (at === reference || !shareWorkflows(group, other)) return undefined
    return meanProbabilityOfImprovement(
      byWorkflow(group, ({ gaps }) => gaps),
      byWorkflow(other, ({ gaps }) => gaps)
    )
  })
}

/** [groups] the least p that an exact permutation test against the reference could come to, uncorrected; undefined for the reference. */
export function leastPs(groups: readonly GroupOfRuns[], reference: number): (number | undefined)[] {
  const other = groups[reference]
  return groups.map((group, at) =>
    at === reference || group.isDeterministic || other.isDeterministic || group.runs.length === 0 || other.runs.length === 0
      ? undefined
      : leastPermutationP(group.runs.length, other.runs.length)
  )
}
