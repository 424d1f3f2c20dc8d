import type { EvaluationSummary, RunRow } from '@shared/contract/records'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { type EvaluatedOn, type Sampling, samplingOf } from '@shared/run/evaluated'
import { TIERS, type Tier } from '@shared/model/topology'
import { alikeRuns, countedRuns } from '@shared/run/grouping'
import { distinctions, settingText } from '@shared/run/naming'
import { estimateOf } from '@shared/statistics/intervals'
import { type LineStyle, variantStyle } from '@shared/algorithms/looks'
import { algorithmStyle } from '../ui/algorithms'

/** A, B, C … for the groups of a comparison in their order. */
export function letterOf(g: number): string {
  return String.fromCharCode(65 + (g % 26))
}

/** A mean over finished seeds and half of its 95 % interval, where there are two or more. */
export interface Spread {
  mean: number
  /** Seeds it rests on. */
  n: number
  half?: number
  low?: number
  high?: number
}

/** Runs that differ only in their seed, as one line of a comparison. */
export interface ComparedGroup {
  key: string
  algorithm: string
  /** What sets it apart from the algorithm as it comes, e.g. `s 10`. */
  setting: string
  /** What sets it apart from the other groups of its algorithm; empty where there are none. */
  distinction: string
  scenario: string
  /** Names what decides the scenario's numbers. */
  world: string
  parameters: ParameterValues
  look: LineStyle
  runs: RunRow[]
  /** Those that are done, each seed once. */
  finished: RunRow[]
}

/** Groups in the order their first run was chosen in. Groups of one algorithm share its colour and differ in dash. */
export function comparedGroups(rows: readonly RunRow[], cards: ReadonlyMap<string, AlgorithmCard>): ComparedGroup[] {
  const groups = alikeRuns(rows)
  const apart = distinctions(
    groups.map(([first]) => first),
    cards
  )
  const turns = new Map<string, number>()
  return groups.map((runs, g) => {
    const [{ alike, algorithm, parameters, scenario, world }] = runs
    const turn = turns.get(algorithm) ?? 0
    turns.set(algorithm, turn + 1)
    const base = algorithmStyle(algorithm)
    const bySeed = [...runs].sort((a, b) => a.seed - b.seed)
    return {
      key: alike,
      algorithm,
      setting: settingText(parameters, cards.get(algorithm)),
      distinction: apart[g],
      scenario,
      world,
      parameters,
      look: turn === 0 ? base : variantStyle(base, turn),
      runs: bySeed,
      finished: countedRuns(bySeed)
    }
  })
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined
  const { mean, interval, n } = estimateOf(values)
  return { mean, n, ...(interval && { half: (interval[1] - interval[0]) / 2, low: interval[0], high: interval[1] }) }
}

/** One figure of a group's evaluations, over its finished seeds. */
export function evaluated({ finished }: ComparedGroup, figure: (evaluation: EvaluationSummary) => number): Spread | undefined {
  return spreadOf(finished.flatMap((row) => (row.evaluation ? [figure(row.evaluation)] : [])))
}

export function sharesOf(group: ComparedGroup): Record<Tier, number> | undefined {
  if (group.finished.length === 0) return undefined
  return Object.fromEntries(TIERS.map((tier) => [tier, evaluated(group, (evaluation) => evaluation.share[tier])?.mean ?? 0])) as Record<
    Tier,
    number
  >
}

/** What groups are evaluated on, and those of them that are drawn; of runs that are not evaluated yet the analysis knows (`known`). */
export function samplingsOf(
  groups: readonly ComparedGroup[],
  drawn: readonly ComparedGroup[],
  known: readonly EvaluatedOn[] = []
): { all?: Sampling; drawn?: Sampling } {
  const of = (some: readonly ComparedGroup[]) => samplingOf(some.flatMap(({ finished }) => finished.flatMap((row) => row.evaluation ?? [])))
  const all = of(groups) ?? samplingOf(known)
  return { all, drawn: of(drawn) ?? all }
}

/** A parameter over groups; undefined where an algorithm has no such parameter. */
export interface ParameterLine {
  key: string
  values: (ParameterValues[string] | undefined)[]
  isEqual: boolean
}

/** Every parameter of the groups, in the order of their tables. Algorithms without any parameter differ in none. */
export function parameterLines(groups: readonly ComparedGroup[]): ParameterLine[] {
  const isSet = groups.map((group) => Object.keys(group.parameters).length > 0)
  const keys = new Set(groups.flatMap((group) => Object.keys(group.parameters)))
  return [...keys].map((key) => {
    const values = groups.map((group) => group.parameters[key])
    const told = values.filter((_, g) => isSet[g])
    return { key, values, isEqual: told.every((value) => value === told[0]) }
  })
}
