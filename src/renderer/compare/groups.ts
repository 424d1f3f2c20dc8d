import type { EvaluationSummary, RunRow } from '@shared/contract/records'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { type EvaluatedOn, type Sampling, samplingOf } from '@shared/run/evaluated'
import { TIERS, type Tier } from '@shared/model/topology'
import { alikeRuns, countedRuns } from '@shared/run/grouping'
import { distinctions, settingKey, settingText } from '@shared/run/naming'
import { type GroupTraining, trainingOf } from '@shared/experiment/training'
import { estimateOf } from '@shared/statistics/intervals'
import type { LineStyle } from '@shared/algorithms/looks'
import { looksOf } from '@shared/algorithms/looks'
import { algorithmStyle } from '../ui/algorithms'

/** A, B … Z, AA, AB … for the groups of a comparison in their order. */
export function groupLetter(g: number): string {
  const last = String.fromCharCode(65 + (g % 26))
  return g < 26 ? last : groupLetter(Math.floor(g / 26) - 1) + last
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
  /** Learn steps and networks; undefined of what does not learn. */
  training?: GroupTraining
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

/** Groups in the order their first run was chosen in. Groups of one algorithm share its colour, those of one setting its dash. */
export function comparedGroups(
  rows: readonly RunRow[],
  cards: ReadonlyMap<string, AlgorithmCard>,
  labelOf: (row: RunRow) => string = ({ scenario }) => scenario
): ComparedGroup[] {
  const groups = alikeRuns(rows)
  const apart = distinctions(
    groups.map(([first]) => first),
    cards
  )
  const looks = looksOf(
    groups.map(([first]) => ({ algorithm: first.algorithm, setting: settingKey(first, cards) })),
    algorithmStyle
  )
  return groups.map((runs, g) => {
    const [{ alike, algorithm, parameters, world, totalLearnSteps }] = runs
    const bySeed = [...runs].sort((a, b) => a.seed - b.seed)
    return {
      key: alike,
      algorithm,
      setting: settingText(parameters, cards.get(algorithm)),
      distinction: apart[g],
      scenario: labelOf(runs[0]),
      world,
      parameters,
      training: trainingOf(cards.get(algorithm), parameters, totalLearnSteps),
      look: looks[g],
      runs: bySeed,
      finished: countedRuns(bySeed)
    }
  })
}

/** Names which of some runs have been evaluated. */
export function evaluatedKey(rows: readonly RunRow[]): string {
  return rows.map(({ evaluation, endedAt }) => (evaluation ? (endedAt ?? 1) : 0)).join(' ')
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
