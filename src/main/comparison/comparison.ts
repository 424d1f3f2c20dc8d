import { referenceNote } from '@shared/experiment/figureText'
import { referenceKindOf } from '@shared/run/evaluation'
import type { ComparisonAnalysis, GroupLosses } from '@shared/contract/comparisons'
import type { GroupRow, RunRow } from '@shared/contract/records'
import { bestOfStyle, type LineStyle, lineOf, looksOf } from '@shared/algorithms/looks'
import type { FigureSeries } from '@shared/charts/figure'
import { clockOf, secondsAt, upTo } from '@shared/curves/clock'
import { meanOverSeeds, type SeedCurve } from '@shared/curves/seedMean'
import type { Scenario } from '@shared/model/scenario'
import type { Parameter } from '@shared/algorithms/parameters'
import type { BestOfSeeds } from '@shared/experiment/bestOfSeeds'
import type { ReadAt } from '@shared/experiment/training'
import { bestOfName } from '@shared/experiment/trainingText'
import { cardsById, settingKey } from '@shared/run/naming'
import { commonUnit, stepUnitOf } from '@shared/run/steps'
import { meanInterval95 } from '@shared/statistics/intervals'
import { algorithmCards } from '../algorithms'
import type { Store } from '../store'

/** A comparison with all that its tables show. */
export interface ReportedComparison {
  name: string
  /** When it was written, in milliseconds since 1970. */
  at: number
  analysis: ComparisonAnalysis
  /** [groups, bestOf]. */
  names: string[]
  looks: LineStyle[]
  rows: ReadonlyMap<string, RunRow>
}

/** A comparison with what takes longer: what its page draws beside its tables. */
export interface DrawnComparison extends ReportedComparison {
  curves: FigureSeries[]
  losses: GroupLosses[]
  /** Drawn elsewhere, as SVG. */
  pictures: readonly { title: string; svg: string }[]
  /** Those of its groups, each once. */
  scenarios: Scenario[]
}

/** What must be said of runs whose results are not exact, a sentence each. */
export function approximationNotes({ analysis, rows }: Pick<ReportedComparison, 'analysis' | 'rows'>): string[] {
  return analysis.groups.flatMap(({ runs }) =>
    runs.flatMap((id) => {
      const approximate = rows.get(id)?.approximate
      return approximate === undefined ? [] : [`Run ${id}. ${approximate}`]
    })
  )
}

/** A parameter of an algorithm as its table declares it. */
export function parameterOfAlgorithm(algorithm: string, key: string): Parameter | undefined {
  return algorithmCards.find(({ id }) => id === algorithm)?.parameters.find((parameter) => parameter.key === key)
}

/** [groups, bestOf] names of groups, and of seeds of theirs taken together. */
export function namesWithBests(names: readonly string[], bests: readonly BestOfSeeds[]): string[] {
  return [...names, ...bests.map((best) => bestOfName(best, names))]
}

/** [groups, bestOf]. */
export function groupLooks(groups: readonly GroupRow[], bests: readonly BestOfSeeds[] = []): LineStyle[] {
  const cards = cardsById(algorithmCards)
  const looks = looksOf(
    groups.map((group) => ({ algorithm: group.algorithm, setting: settingKey(group, cards) })),
    (algorithm) => lineOf(algorithmCards, algorithm)
  )
  return [...looks, ...bests.map(({ group }) => bestOfStyle(looks[group]))]
}

/** Fewer seeds than this have no band: an interval over two says nothing. */
const LEAST_FOR_BAND = 3
/** Points of a mean as it is drawn. */
const POINTS = 1000
const EVERY_POINT = 0

/**
 * The gap of every group that learns, over learn steps or seconds of training, or over evaluations where all that have curves search
 * ("commonUnit"): mean of seeds over what all of them span, with its 95 % interval; NaN where a seed has a gap. It ends where figures are read.
 * The mean is of every recorded point, and thinned after.
 */
export function gapCurves(
  store: Store,
  { groups, read }: Pick<ComparisonAnalysis, 'groups' | 'read'>,
  names: readonly string[],
  looks: readonly LineStyle[],
  rows: ReadonlyMap<string, RunRow>
): FigureSeries[] {
  const unit = commonUnit(groups)
  return groups.flatMap(({ runs, repeats, parameters }, g): FigureSeries[] => {
    if (stepUnitOf({ parameters }) !== unit) return []
    const counted = runs.filter((id) => !repeats.includes(id))
    const curves = counted.map((id) => gapCurve(store, id, read, rows.get(id))).filter(({ steps }) => steps.length > 0)
    const points: number[] = []
    const band: number[] = []
    for (const { step, values, mean } of meanOverSeeds(curves, POINTS)) {
      points.push(step, mean)
      const interval = values.length >= LEAST_FOR_BAND ? meanInterval95(values) : undefined
      if (values.length >= LEAST_FOR_BAND) band.push(step, ...(interval ?? [Number.NaN, Number.NaN]))
    }
    return points.length === 0 ? [] : [{ key: String(g), label: names[g], look: looks[g], seeds: curves.length, points, band, runs }]
  })
}

/** What the gaps of a comparison are to, where that is weaker than the optimum. */
export function gapNote({ rows }: Pick<ReportedComparison, 'rows'>): string | undefined {
  return referenceNote([...rows.values()].flatMap(({ evaluation }) => (evaluation ? [referenceKindOf(evaluation)] : [])))
}

/** A run's gap curve up to where figures are read; over seconds where these are. */
function gapCurve(store: Store, id: string, read: ReadAt, row: RunRow | undefined): SeedCurve {
  const curve = store.curves.read(id, 'gap', EVERY_POINT)
  if (read.basis === 'trained') return curve
  if (read.basis === 'steps') return upTo(curve, read.at)
  const clock = clockOf(store.curves.read(id, 'speed', EVERY_POINT), row?.learnSteps ?? 0, row?.seconds ?? 0)
  return upTo({ steps: curve.steps.map((step) => secondsAt(clock, step)), values: curve.values }, read.at)
}
