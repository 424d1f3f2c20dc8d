import type { Evaluation } from './evaluation'
import type { RunStatus } from './lifecycle'
import type { ParameterValues } from '../algorithms/parameters'
import { mean } from '../statistics/descriptive'
import { type Interval, meanInterval95 } from '../statistics/intervals'
import { type CountableRun, distinctRuns } from './identity'

/** What grouping needs to know of a run. */
export interface GroupableRun extends CountableRun {
  id: string
  /** Names what runs share that differ only in their seed (`alikeText`). */
  alike: string
  /** Names the scenario's content; `scenario` is what people call it. */
  scenarioId: string
  scenario: string
  algorithm: string
  parameters: ParameterValues
  environments?: string
  initialWeights?: string
  /** What those weights are called for all seeds, where each seed has its own. */
  start?: string
  status: RunStatus
  evaluation?: Pick<Evaluation, 'gapMean' | 'meanCost' | 'meanDelaySeconds' | 'meanEnergyJoules' | 'gapP95'>
}

/** Runs that differ only in their seed. Means count each finished seed once. */
export interface RunGroup {
  scenarioId: string
  scenario: string
  algorithm: string
  parameters: ParameterValues
  environments?: string
  initialWeights?: string
  runs: string[]
  /** n: finished seeds, each counted once. */
  seeds: number
  /** The finished runs that count, one per seed. */
  counted: string[]
  /** Finished runs that repeat one that counts, and are in no mean, interval or test. */
  repeats: string[]
  isDeterministic?: true
  gapMean?: number
  gapCI95?: Interval
  gapP95?: number
  costMean?: number
  costCI95?: Interval
  delayMean?: number
  energyMean?: number
}

/** Runs by what they share, groups in order of first appearance. */
export function alikeRuns<Run extends { alike: string }>(runs: readonly Run[]): Run[][] {
  const groups = new Map<string, Run[]>()
  for (const run of runs) {
    const members = groups.get(run.alike)
    if (members) members.push(run)
    else groups.set(run.alike, [run])
  }
  return [...groups.values()]
}

/** The finished runs that count, one per seed. */
export function countedRuns<Run extends CountableRun & { evaluation?: unknown }>(runs: readonly Run[]): Run[] {
  return distinctRuns(runs.filter(({ evaluation }) => evaluation !== undefined))
}

/** Aggregates runs over their seeds, groups in order of first appearance. Intervals are Student's t over seeds. */
export function groupRuns(runs: readonly GroupableRun[]): RunGroup[] {
  return alikeRuns(runs).map((members) => {
    const { scenarioId, scenario, algorithm, parameters, environments, isDeterministic } = members[0]
    const initialWeights = members[0].start ?? members[0].initialWeights
    const counted = countedRuns(members)
    const finished = counted.flatMap((run) => (run.evaluation ? [run.evaluation] : []))
    const group: RunGroup = {
      scenarioId,
      scenario,
      algorithm,
      parameters,
      ...(environments !== undefined && { environments }),
      ...(initialWeights !== undefined && { initialWeights }),
      ...(isDeterministic && { isDeterministic }),
      runs: members.map((run) => run.id),
      seeds: finished.length,
      counted: counted.map((run) => run.id),
      repeats: members.filter((run) => run.evaluation !== undefined && !counted.includes(run)).map((run) => run.id)
    }
    if (finished.length === 0) return group
    const gaps = finished.map((evaluation) => evaluation.gapMean)
    const costs = finished.map((evaluation) => evaluation.meanCost)
    return {
      ...group,
      gapMean: mean(gaps),
      gapCI95: meanInterval95(gaps),
      gapP95: mean(finished.map((evaluation) => evaluation.gapP95)),
      costMean: mean(costs),
      costCI95: meanInterval95(costs),
      delayMean: mean(finished.map((evaluation) => evaluation.meanDelaySeconds)),
      energyMean: mean(finished.map((evaluation) => evaluation.meanEnergyJoules))
    }
  })
}
