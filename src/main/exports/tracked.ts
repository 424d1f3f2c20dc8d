import type { RunRow } from '@shared/contract/records'
import { stepUnitOf } from '@shared/run/steps'
import { UnknownRunError, type Store } from '../store'

/** A run as other trackers see one: a name, parameters as text, curves over steps, and what it came to. */
export interface TrackedRun {
  row: RunRow
  /** Fit for a folder, and different for every run. */
  folder: string
  /** What its steps count: learn steps, evaluations or workflows. */
  unit: string
  parameters: Readonly<Record<string, string>>
  curves: readonly { metric: string; steps: Float64Array; values: Float64Array }[]
  /** Figures of the evaluation at the end, by name. */
  results: Readonly<Record<string, number>>
  /** Milliseconds since 1970 at which a step was made, about: training is taken to be of one speed. */
  at(step: number): number
}

const RESULTS = ['meanCost', 'meanDelaySeconds', 'meanEnergyJoules', 'gapMean', 'gapP95', 'gapMax', 'exactMatches', 'decisionMs'] as const

/** Throws UnknownRunError, DamagedRecordError. */
export function trackedRun(store: Store, id: string): TrackedRun {
  const run = store.detail(id)
  if (!run) throw new UnknownRunError(id)
  const { row } = run
  const { evaluation, environments, initialWeights, facts } = row
  const began = row.startedAt ?? row.queuedAt
  const most = Math.max(row.learnSteps, row.totalLearnSteps, 1)
  const parameters: Record<string, string> = row.foreign ? {} : { algorithm: row.algorithm, scenario: row.scenario, seed: String(row.seed) }
  if (facts)
    Object.assign(parameters, { energyWeight: String(facts.energyWeight), places: String(facts.locations), tasks: String(facts.tasks) })
  if (environments !== undefined) parameters.environments = environments
  if (initialWeights !== undefined) parameters.initialWeights = initialWeights
  for (const [key, value] of Object.entries(row.parameters)) parameters[key] = String(value)
  return {
    row,
    folder: `${row.algorithm}-${row.scenario}-seed-${row.seed}-${id}`
      .replaceAll(/[^\w.-]+/g, '-')
      .slice(0, 120)
      .replace(/^[.-]+/, ''),
    unit: stepUnitOf(row),
    parameters,
    curves: run.curves.map(({ metric }) => ({ metric, ...store.curves.read(id, metric) })),
    results: Object.fromEntries(RESULTS.flatMap((key) => (typeof evaluation?.[key] === 'number' ? [[key, evaluation[key]]] : []))),
    at: (step) => began + row.seconds * 1000 * Math.min(step / most, 1)
  }
}
