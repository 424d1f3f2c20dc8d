import { advance } from '../model/advance'
import { mean } from '../statistics/descriptive'
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
import { meanProbabilityOfImprovement, probabilityOfImprovement, strataOf } from '../statistics/profiles'
import { wilcoxonSignedRank } from '../statistics/signed-rank'
import { type ComparedRun, exactOf, FIGURES, type FigureKey, type ComparedWorkflows } from './compared'

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
  /** The group whose seeds these are made of, several to one. Its seeds cannot be paired, and the two groups are not independent samples. */
  source?: GroupOfRuns
}

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

/** What is one number per workflow, and pairs. */
const OF_WORKFLOW: Partial<Record<FigureKey, (values: ComparedWorkflows) => ArrayLike<number>>> = {
  gapMean: ({ gaps }) => gaps,
  cost: ({ costs }) => costs,
  exact: exactOf
}

/** Means this close, relative to their size, are one. */
const TIE = 1e-12

/** A group with what every figure of it is read from, each computed once. */
class Measured {
  readonly #values = new Map<FigureKey, readonly number[]>()
  readonly #means = new Map<FigureKey, Float64Array | undefined>()

  constructor(readonly group: GroupOfRuns) {}

  /** One value a seed; empty where one seed has none: a mean over the seeds that got there alone would flatter. */
  values(key: FigureKey): readonly number[] {
    const known = this.#values.get(key)
    if (known) return known
    const { runs } = this.group
    const values = runs.flatMap(({ figures }) => figures[key] ?? [])
    const all = values.length < runs.length ? [] : values
    this.#values.set(key, all)
    return all
  }

  /** [workflows] mean over seeds; undefined where the figure has no value for each workflow, or a seed's are not known. */
  workflowMeans(key: FigureKey): Float64Array | undefined {
    if (this.#means.has(key)) return this.#means.get(key)
    const of = OF_WORKFLOW[key]
    const lists = of && workflowsOf(this.group)?.map(of)
    const means = lists?.[0] && new Float64Array(lists[0].length)
    if (lists && means) {
      for (const list of lists) for (let x = 0; x < means.length; x++) means[x] += list[x]
      for (let x = 0; x < means.length; x++) means[x] /= lists.length
    }
    this.#means.set(key, means)
    return means
  }
}

/** The values of every seed's workflows; undefined where a seed's are not known. */
function workflowsOf({ runs }: GroupOfRuns): ComparedWorkflows[] | undefined {
  const known = runs.flatMap(({ workflows }) => workflows ?? [])
  return known.length === runs.length ? known : undefined
}

/** Whether two groups were evaluated on the same workflows, and these are known. */
function shareWorkflows(a: GroupOfRuns, b: GroupOfRuns): boolean {
  const [own, other] = [workflowsOf(a)?.[0], workflowsOf(b)?.[0]]
  return a.heldOut === b.heldOut && own !== undefined && own.gaps.length === other?.gaps.length
}

/** Whether seeds of one group are seeds of the other, so that the two are not independent samples. */
const sharesSeeds = (a: GroupOfRuns, b: GroupOfRuns) => a.source === b || b.source === a

/** [runs of `a`] which run of `b` has the same seed; undefined where the two do not have the same seeds. */
function pairedSeeds(a: GroupOfRuns, b: GroupOfRuns): number[] | undefined {
  if (a.source || b.source) return undefined
  const bySeed = new Map(b.runs.map(({ seed }, at) => [seed, at]))
  const places = a.runs.flatMap(({ seed }) => bySeed.get(seed) ?? [])
  return places.length === a.runs.length && places.length === b.runs.length ? places : undefined
}

/** How a group differs from the reference in each figure, before p-values are corrected. */
function differences(reference: Measured, compared: Measured): (cell: FigureCell, key: FigureKey) => FigureCell {
  const [base, group] = [reference.group, compared.group]
  if (group.world !== base.world) return (cell) => cell
  const isIndependent = !sharesSeeds(base, group)
  // Two constants: nothing is drawn, so there is nothing to test.
  const isTested = isIndependent && !(base.isDeterministic && group.isDeterministic)
  const paired = base.isDeterministic || group.isDeterministic ? undefined : pairedSeeds(base, group)
  const hasPairs = isIndependent && shareWorkflows(base, group)
  const seedDifference = (own: readonly number[], other: readonly number[]): SeedDifference | undefined => {
    if (!isTested) return undefined
    if (paired)
      return pairedSeedDifference(
        other,
        paired.map((at) => own[at])
      )
    return welchDifference(other, own, { a: base.isDeterministic, b: group.isDeterministic })
  }
  return (cell, key) => {
    const [own, other] = [compared.values(key), reference.values(key)]
    if (own.length === 0 || other.length === 0) return cell
    const found = seedDifference(own, other)
    const difference = found?.difference ?? mean(own) - mean(other)
    const isLower = FIGURES.find((figure) => figure.key === key)?.better === 'lower'
    const chance = probabilityOfImprovement(own, other)
    const workflowP = hasPairs ? workflowTest(reference.workflowMeans(key), compared.workflowMeans(key)) : undefined
    return {
      ...cell,
      // Both infinite on some workflow: nothing can be said of how far they are apart.
      ...(!Number.isNaN(difference) && { difference }),
      ...(found && { differenceInterval: found.interval, p: found.p, test: found.test }),
      ...(workflowP !== undefined && { workflowP }),
      ...(isIndependent && {
        improvement: isLower ? chance : 1 - chance,
        cliffsDelta: isLower ? cliffsDelta(other, own) : cliffsDelta(own, other)
      })
    }
  }
}

function workflowTest(a: Float64Array | undefined, b: Float64Array | undefined): number | undefined {
  return a && b && wilcoxonSignedRank(b.map((value, x) => value - a[x])).p
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
  const measured = groups.map((group) => new Measured(group))
  const columns = measured.map((each, at): FigureCell[] => {
    advance()
    const against = at === reference ? (cell: FigureCell) => cell : differences(measured[reference], each)
    return FIGURES.map(({ key }) => {
      const values = each.values(key)
      return against(values.length === 0 ? { n: 0 } : estimateOf(values), key)
    })
  })
  const rows = FIGURES.map(({ key, better }, f): FigureRow => {
    const cells = columns.map((column) => column[f])
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
  const strata = (group: GroupOfRuns) => strataOf((workflowsOf(group) ?? []).map(({ gaps }) => gaps))
  const base = other && strata(other)
  return groups.map((group, at) => {
    if (at === reference || sharesSeeds(group, other) || !shareWorkflows(group, other)) return undefined
    return meanProbabilityOfImprovement(strata(group), base)
  })
}

/** [groups] the least p that an exact permutation test against the reference could come to, uncorrected; undefined for the reference. */
export function leastPs(groups: readonly GroupOfRuns[], reference: number): (number | undefined)[] {
  const other = groups[reference]
  return groups.map((group, at) =>
    at === reference ||
    sharesSeeds(group, other) ||
    group.isDeterministic ||
    other.isDeterministic ||
    group.runs.length === 0 ||
    other.runs.length === 0
      ? undefined
      : leastPermutationP(group.runs.length, other.runs.length)
  )
}
