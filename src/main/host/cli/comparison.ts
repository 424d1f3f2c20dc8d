import { duration } from '@shared/format'
import type { GroupRow, RunRow } from '@shared/contract/records'
import { cardsById, distinctions } from '@shared/run/naming'
import { algorithmCards } from '../../algorithms'
import { number, percent, table } from './output'

/** A run as `--json` shows it. */
export function runJson(run: RunRow): object {
  const { id, experiment, scenario, algorithm, parameters, seed, environments, initialWeights } = run
  const { status, message, approximate, learnSteps, evaluation, tags, note, pinned, archived } = run
  return {
    id,
    experiment,
    scenario,
    algorithm,
    parameters,
    seed,
    ...(environments !== undefined && { environments }),
    ...(initialWeights !== undefined && { initialWeights }),
    ...(run.sources && { sources: run.sources }),
    status,
    ...(message !== undefined && { message }),
    ...(approximate !== undefined && { approximate }),
    learnSteps,
    seconds: run.seconds,
    ...(tags && { tags }),
    ...(note !== undefined && { note }),
    ...(pinned && { pinned }),
    ...(archived && { archived }),
    ...(evaluation && { evaluation })
  }
}

/** A group as `--json` shows it: runs of one scenario, algorithm and parameters, seeds aggregated; intervals are null under two seeds. */
export function groupJson({
  scenario,
  algorithm,
  parameters,
  environments,
  initialWeights,
  runs,
  seeds,
  repeats,
  gapMean,
  gapCI95,
  gapP95,
  costMean,
  costCI95,
  delayMean,
  energyMean
}: GroupRow): object {
  return {
    scenario,
    algorithm,
    parameters,
    ...(environments !== undefined && { environments }),
    ...(initialWeights !== undefined && { initialWeights }),
    runs,
    seeds,
    repeats,
    gapMean: gapMean ?? null,
    gapCI95: gapCI95 ?? null,
    gapP95: gapP95 ?? null,
    costMean: costMean ?? null,
    costCI95: costCI95 ?? null,
    delayMean: delayMean ?? null,
    energyMean: energyMean ?? null
  }
}

const half = (interval: readonly [number, number] | undefined) => (interval ? (interval[1] - interval[0]) / 2 : undefined)

/** n: finished seeds; then what else was asked for. */
function seedsText({ seeds, runs, repeats }: GroupRow): string {
  const asked = runs.length - repeats.length
  return `${seeds === asked ? seeds : `${seeds} of ${asked}`}${repeats.length > 0 ? `, ${repeats.length} repeated` : ''}`
}

/** Nothing where there is no interval, as beside an infinite mean. */
const halfText = (half: number | undefined, write: (half: number) => string) =>
  half !== undefined && Number.isFinite(half) ? `± ${write(half)}` : ''

/** The comparison for people: one line per group, best first within its scenario. */
export function comparisonTable(groups: readonly GroupRow[], runs: readonly RunRow[]): string {
  const several = new Set(groups.map((group) => group.scenarioId)).size > 1
  const apart = new Map(distinctions(groups, cardsById(algorithmCards)).map((words, g) => [groups[g], words]))
  const secondsOf = new Map(runs.map((run) => [run.id, run.seconds]))
  const order = [...groups].sort((a, b) => a.scenario.localeCompare(b.scenario) || (a.gapMean ?? Infinity) - (b.gapMean ?? Infinity))
  const rows = order.map((group) => {
    const gapHalf = half(group.gapCI95)
    const costHalf = half(group.costCI95)
    const mean = group.runs.reduce((sum, id) => sum + (secondsOf.get(id) ?? 0), 0) / group.runs.length
    return [
      ...(several ? [group.scenario] : []),
      group.algorithm,
      apart.get(group) ?? '',
      seedsText(group),
      percent(group.gapMean),
      halfText(gapHalf, (half) => `${number(half * 100, 2)} %`),
      percent(group.gapP95),
      number(group.costMean),
      halfText(costHalf, (half) => number(half, 2)),
      number(group.delayMean),
      number(group.energyMean),
      duration(mean)
    ]
  })
  const right = (head: string) => ({ head, align: 'right' as const })
  return table(
    [
      ...(several ? [{ head: 'scenario' }] : []),
      { head: 'algorithm' },
      { head: '' },
      right('seeds'),
      right('gap'),
      { head: '95 %' },
      right('gap p95'),
      right('cost Q'),
      { head: '95 %' },
      right('delay, s'),
      right('energy, J'),
      right('time')
    ],
    rows
  )
}
