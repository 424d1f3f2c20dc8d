import type { RunSpec } from '@shared/run/spec'
import { runsOf } from '@shared/experiment/experiment'
import type { Scenario } from '@shared/model/scenario'
import type { PolicyRule, Study, Variant } from '@shared/studies/study'
import { readExperiment } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { algorithmCards } from '../algorithms'
import { scenarioIdOf, worldIdOf } from '../store'

/** A run a study wants, whether or not it is there. */
export interface PlannedRun {
  spec: RunSpec
  scenarioId: string
  /** Names what decides the scenario's numbers. */
  world: string
  /** The experiment it is queued in, as its document names it. */
  experiment: string
  /** The policy of an earlier stage it starts from, by its name in the study. */
  start?: string
}

export interface PlannedStage {
  key: string
  title: string
  runs: readonly PlannedRun[]
  /** What its runs leave for later stages to start from. */
  policies: readonly PolicyRule[]
}

const POLICY_OF_STUDY = 'study:'
const plans = new Map<string, readonly PlannedStage[]>()

/** A scenario of the history that a study takes. */
export interface GivenScenario {
  id: string
  scenario: Scenario
}

/** Every run of a study, stage by stage. Throws Error where one of its documents is not what it must be: a fault of ours. */
export function studyPlanOf(study: Study, variant: Variant, given: readonly GivenScenario[] = []): readonly PlannedStage[] {
  const key = [study.id, variant, ...given.map(({ id }) => id)].join(' ')
  const known = plans.get(key)
  if (known) return known
  const plan = study
    .stages(
      variant,
      given.map(({ scenario }) => scenario)
    )
    .map(({ key, title, documents, policies = [] }) => ({ key, title, runs: documents.flatMap(plannedRuns), policies }))
  plans.set(key, plan)
  return plan
}

function plannedRuns(document: object): PlannedRun[] {
  const read = readExperiment(document, { resolve: presetOf, catalogue: algorithmCards })
  if (!read.ok) throw new Error(read.faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  const ids = new Map<RunSpec['scenario'], { scenarioId: string; world: string }>()
  return runsOf(read.value, algorithmCards).map((spec): PlannedRun => {
    const names = ids.get(spec.scenario) ?? { scenarioId: scenarioIdOf(spec.scenario), world: worldIdOf(spec.scenario) }
    ids.set(spec.scenario, names)
    const policy = spec.initialWeights?.name
    const start = policy?.startsWith(POLICY_OF_STUDY) ? policy.slice(POLICY_OF_STUDY.length) : undefined
    return { spec, ...names, experiment: read.value.name, ...(start !== undefined && { start }) }
  })
}
