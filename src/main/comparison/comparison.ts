import type { ComparisonAnalysis, GroupLosses } from '@shared/contract/comparisons'
import type { GroupRow, RunRow } from '@shared/contract/records'
import { type LineStyle, schemeStyle, variantStyle } from '@shared/charts/schemes'
import type { FigureSeries } from '@shared/charts/figure'
import type { Parameter } from '@shared/experiment/parameters'
import { meanInterval95 } from '@shared/statistics/intervals'
import { mean } from '@shared/statistics/descriptive'
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

/** A parameter of a scheme as its table declares it. */
export function parameterOf(algorithm: string, key: string): Parameter | undefined {
  return algorithmCards.find(({ id }) => id === algorithm)?.parameters.find((parameter) => parameter.key === key)
}

export function groupLooks(groups: readonly GroupRow[]): LineStyle[] {
  return groups.map(({ algorithm }, at) => {
    const turn = groups.slice(0, at).filter((other) => other.algorithm === algorithm).length
    return turn === 0 ? schemeStyle(algorithm) : variantStyle(schemeStyle(algorithm), turn)
  })
}

/** Fewer seeds than this have no band: an interval over two says nothing. */
const LEAST_FOR_BAND = 3
const POINTS = 1000

/** The gap over learn steps of every group that learns: mean of seeds at the steps all of them have, with its 95 % interval. */
export function gapCurves(
  store: Store,
  groups: readonly GroupRow[],
  names: readonly string[],
  looks: readonly LineStyle[]
): FigureSeries[] {
  return groups.flatMap(({ runs, repeats }, g): FigureSeries[] => {
    const told = runs.filter((id) => !repeats.includes(id))
    const curves = told.map((id) => store.curves.read(id, 'gap', POINTS)).filter(({ steps }) => steps.length > 0)
    if (curves.length === 0) return []
    const seeds = curves.map(({ steps, values }) => new Map(Array.from(steps, (step, i) => [step, values[i]])))
    const points: number[] = []
    const band: number[] = []
    for (const step of seeds[0].keys()) {
      const values = seeds.flatMap((seed) => seed.get(step) ?? [])
      if (values.length < seeds.length || !values.every(Number.isFinite)) continue
      points.push(step, mean(values))
      const interval = values.length >= LEAST_FOR_BAND ? meanInterval95(values) : undefined
      if (interval) band.push(step, ...interval)
    }
    return points.length === 0 ? [] : [{ key: String(g), label: names[g], look: looks[g], seeds: seeds.length, points, band, runs }]
  })
}
