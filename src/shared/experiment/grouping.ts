import type { Evaluation } from './evaluation'
import type { RunStatus } from './lifecycle'
import type { ParameterValues } from './parameters'
import { mean, meanInterval95 } from './statistics'

/** What grouping needs to know of a run. */
export interface GroupableRun {
  id: string
  /** Names the scenario's content; `scenario` is what people call it. */
  scenarioId: string
  scenario: string
  algorithm: string
  parameters: ParameterValues
  seed: number
  environments?: string
  initialWeights?: string
  status: RunStatus
  evaluation?: Pick<Evaluation, 'gapMean' | 'meanCost' | 'meanDelaySeconds' | 'meanEnergyJoules' | 'gapP95'>
}

/** Runs alike but for their seed. Means count finished seeds only. */
export interface RunGroup {
  scenarioId: string
  scenario: string
  algorithm: string
  parameters: ParameterValues
  environments?: string
  initialWeights?: string
  runs: string[]
  /** Finished seeds; `runs.length` were asked for. */
  seeds: number
  gapMean?: number
  gapCI95?: [number, number]
  gapP95?: number
  costMean?: number
  costCI95?: [number, number]
  delayMean?: number
  energyMean?: number
}

function groupKey(run: GroupableRun): string {
  const parameters = Object.entries(run.parameters).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([run.scenarioId, run.algorithm, parameters, run.environments, run.initialWeights])
}

/** Aggregates runs over their seeds, groups in order of first appearance. Intervals are Student's t over seeds. */
export function groupRuns(runs: readonly GroupableRun[]): RunGroup[] {
  const groups = new Map<string, GroupableRun[]>()
  for (const run of runs) {
    const key = groupKey(run)
    const members = groups.get(key)
    if (members) members.push(run)
    else groups.set(key, [run])
  }
  return [...groups.values()].map((members) => {
    const { scenarioId, scenario, algorithm, parameters, environments, initialWeights } = members[0]
    const finished = members.flatMap((run) => (run.evaluation ? [run.evaluation] : []))
    const group: RunGroup = {
      scenarioId,
      scenario,
      algorithm,
      parameters,
      ...(environments !== undefined && { environments }),
      ...(initialWeights !== undefined && { initialWeights }),
      runs: members.map((run) => run.id),
      seeds: finished.length
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
