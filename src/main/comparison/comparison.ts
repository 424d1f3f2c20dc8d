import type { ComparisonAnalysis, GroupLosses } from '@shared/contract/comparisons'
import type { GroupRow, RunRow } from '@shared/contract/records'
import { type LineStyle, lineOf, variantStyle } from '@shared/algorithms/looks'
import type { FigureSeries } from '@shared/charts/figure'
import { meanOverSeeds } from '@shared/curves/seedMean'
import type { Parameter } from '@shared/algorithms/parameters'
import { commonUnit, stepUnitOf } from '@shared/run/steps'
import { meanInterval95 } from '@shared/statistics/intervals'
import { algorithmCards } from '../algorithms'
import type { Store } from '../store'

/** A comparison with all that its documents show. */
export interface ReportedComparison {
  name: string
  /** When it was written, in milliseconds since 1970. */
  at: number
  analysis: ComparisonAnalysis
  /** [groups]. */
  names: string[]
  looks: LineStyle[]
  rows: ReadonlyMap<string, RunRow>
  curves: FigureSeries[]
  losses: GroupLosses[]
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
export function parameterOf(algorithm: string, key: string): Parameter | undefined {
  return algorithmCards.find(({ id }) => id === algorithm)?.parameters.find((parameter) => parameter.key === key)
}

export function groupLooks(groups: readonly GroupRow[]): LineStyle[] {
  return groups.map(({ algorithm }, at) => {
    const turn = groups.slice(0, at).filter((other) => other.algorithm === algorithm).length
    const line = lineOf(algorithmCards, algorithm)
    return turn === 0 ? line : variantStyle(line, turn)
  })
}

/** Fewer seeds than this have no band: an interval over two says nothing. */
const LEAST_FOR_BAND = 3
/** Points of a mean as it is drawn. */
const POINTS = 1000
const EVERY_POINT = 0

/**
 * The gap over learn steps of every group that learns, or over evaluations where all that have curves search ("commonUnit"): mean of seeds over the steps all of them span, with its 95 % interval; NaN where a
 * seed has a gap. The mean is of every recorded point, and thinned after.
 */
export function gapCurves(
  store: Store,
  groups: readonly GroupRow[],
  names: readonly string[],
  looks: readonly LineStyle[]
): FigureSeries[] {
  const unit = commonUnit(groups)
  return groups.flatMap(({ runs, repeats, parameters }, g): FigureSeries[] => {
    if (stepUnitOf({ parameters }) !== unit) return []
    const counted = runs.filter((id) => !repeats.includes(id))
    const curves = counted.map((id) => store.curves.read(id, 'gap', EVERY_POINT)).filter(({ steps }) => steps.length > 0)
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
