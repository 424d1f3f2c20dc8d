import type { GroupRow, RunRow } from '@shared/contract/records'
import { number, percent, seconds, table } from './output'

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

/** The parameters in which groups of one algorithm and scenario differ, to tell them apart. */
function distinction(group: GroupRow, groups: readonly GroupRow[]): string {
  const rivals = groups.filter((other) => other !== group && other.algorithm === group.algorithm && other.scenarioId === group.scenarioId)
  const keys = Object.keys(group.parameters).filter((key) => rivals.some((other) => other.parameters[key] !== group.parameters[key]))
  const start = group.initialWeights === undefined ? [] : [`from ${group.initialWeights}`]
  const set = group.environments === undefined ? [] : [`over ${group.environments}`]
  return [...keys.map((key) => `${key}=${group.parameters[key]}`), ...start, ...set].join(' ')
}

/** The comparison for people: one line a group, best first within its scenario. */
export function comparisonTable(groups: readonly GroupRow[], runs: readonly RunRow[]): string {
  const several = new Set(groups.map((group) => group.scenarioId)).size > 1
  const secondsOf = new Map(runs.map((run) => [run.id, run.seconds]))
  const order = [...groups].sort((a, b) => a.scenario.localeCompare(b.scenario) || (a.gapMean ?? Infinity) - (b.gapMean ?? Infinity))
  const rows = order.map((group) => {
    const gapHalf = half(group.gapCI95)
    const costHalf = half(group.costCI95)
    const mean = group.runs.reduce((sum, id) => sum + (secondsOf.get(id) ?? 0), 0) / group.runs.length
    return [
      ...(several ? [group.scenario] : []),
      group.algorithm,
      distinction(group, groups),
      `${group.seeds} of ${group.runs.length}`,
      percent(group.gapMean),
      gapHalf === undefined ? '' : `± ${number(gapHalf * 100, 2)} %`,
      percent(group.gapP95),
      number(group.costMean),
      costHalf === undefined ? '' : `± ${number(costHalf, 2)}`,
      number(group.delayMean),
      number(group.energyMean),
      seconds(mean)
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
