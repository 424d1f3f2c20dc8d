import type { EvaluationSummary, RunRow } from '@shared/contract/records'

/** An evaluation with a given gap (0.01 is 1 %); the optimum costs 1. */
export function evaluation(gapMean: number, others: Partial<EvaluationSummary> = {}): EvaluationSummary {
  const share = { device: 0.2, edge: 0.3, cloud: 0.5 }
  return {
    workflows: 200,
    inSample: false,
    meanCost: 1 + gapMean,
    meanDelaySeconds: 90,
    meanEnergyJoules: 250,
    gapMean,
    gapP95: 3 * gapMean,
    gapMax: 9 * gapMean,
    exactMatches: 10,
    share,
    decisionMs: 0.1,
    optimum: { meanCost: 1, meanDelaySeconds: 88, meanEnergyJoules: 260, share },
    ...others
  }
}

/** A completed dqn run; `id` is written with eight hexadecimal digits. */
export function runRow(id: number, others: Partial<RunRow> = {}): RunRow {
  const row = {
    id: id.toString(16).padStart(8, '0'),
    experimentId: 1,
    experiment: 'trial',
    scenarioId: 'scenario-1',
    scenario: 'one edge',
    algorithm: 'dqn',
    parameters: { hidden: 64 },
    seed: 1,
    status: 'completed',
    learnSteps: 100,
    totalLearnSteps: 100,
    seconds: 2,
    queuedAt: 1000,
    startedAt: 2000,
    latest: {},
    ...others
  } satisfies Partial<RunRow>
  // As the store tells them: one world a scenario, alike what differs in the seed alone.
  const world = `world of ${row.scenarioId}`
  const parameters = Object.entries(row.parameters).sort(([a], [b]) => (a < b ? -1 : 1))
  const alike = JSON.stringify([world, row.algorithm, parameters, others.initialWeights, others.environments])
  return { world, alike, ...row }
}
