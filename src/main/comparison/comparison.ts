import type { ComparisonAnalysis, GroupLosses } from '@shared/contract/comparisons'
import type { GroupRow, RunRow } from '@shared/contract/records'
import { type LineStyle, schemeStyle, variantStyle } from '@shared/charts/schemes'
import type { FigureSeries } from '@shared/charts/figure'
import type { Parameter } from '@shared/experiment/parameters'
import { seedInterval95 } from '@shared/experiment/seed-interval'
import { mean } from '@shared/experiment/statistics'
import { plain } from '@shared/format'
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

/** A parameter of a scheme as its table declares it. */
export function parameterOf(algorithm: string, key: string): Parameter | undefined {
  return algorithmCards.find(({ id }) => id === algorithm)?.parameters.find((parameter) => parameter.key === key)
}

/** A parameter's value as people read it. */
export function valueText(value: string | number | boolean, parameter: Parameter | undefined): string {
  if (typeof value === 'number') return plain(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return parameter?.type === 'choice' ? (parameter.choices.find((choice) => choice.value === value)?.label ?? value) : value
}

/** Groups as people tell them apart: the scheme, then the parameters in which its own kind differ, then the scenario where there are several. */
export function groupNames(groups: readonly GroupRow[]): string[] {
  const several = new Set(groups.map(({ scenarioId }) => scenarioId)).size > 1
  const names = groups.map((group) => {
    const rivals = groups.filter((other) => other !== group && other.algorithm === group.algorithm)
    const keys = Object.keys(group.parameters).filter((key) => rivals.some((other) => other.parameters[key] !== group.parameters[key]))
    const setting = keys.map((key) => {
      const parameter = parameterOf(group.algorithm, key)
      return `${parameter?.symbol ?? parameter?.label.toLowerCase() ?? key} ${valueText(group.parameters[key], parameter)}`
    })
    return [group.algorithm, ...setting, ...(several ? [group.scenario] : [])].join(' · ')
  })
  // What still reads alike is numbered.
  return names.map((name, at) => {
    const turn = names.slice(0, at).filter((other) => other === name).length
    return turn === 0 ? name : `${name} (${turn + 1})`
  })
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
  return groups.flatMap(({ runs }, g): FigureSeries[] => {
    const curves = runs.map((id) => store.curves.read(id, 'gap', POINTS)).filter(({ steps }) => steps.length > 0)
    if (curves.length === 0) return []
    const seeds = curves.map(({ steps, values }) => new Map(Array.from(steps, (step, i) => [step, values[i]])))
    const points: number[] = []
    const band: number[] = []
    for (const step of seeds[0].keys()) {
      const values = seeds.flatMap((seed) => seed.get(step) ?? [])
      if (values.length < seeds.length || !values.every(Number.isFinite)) continue
      points.push(step, mean(values))
      const interval = values.length >= LEAST_FOR_BAND ? seedInterval95(values) : undefined
      if (interval) band.push(step, ...interval)
    }
    return points.length === 0 ? [] : [{ key: String(g), label: names[g], look: looks[g], seeds: seeds.length, points, band, runs }]
  })
}
