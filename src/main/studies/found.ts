import type { RunRow } from '@shared/contract/records'
import type { RunSpec } from '@shared/run/spec'
import { isActive } from '@shared/run/lifecycle'
import type { PolicyRule, Study, Variant } from '@shared/studies/study'
import { runKey } from '@shared/run/identity'
import { policyIdOf, type Store } from '../store'
import { type GivenScenario, type PlannedRun, studyPlanOf } from './plan'

/** A run a study wants, and what there is of it. */
export interface FoundRun {
  planned: PlannedRun
  /** What the run is to be, its weights' origin named; undefined while the policy it starts from is not trained yet. */
  spec?: RunSpec
  /** The newest that has ended with a result, else one that still may. */
  row?: RunRow
}

export interface FoundStage {
  key: string
  title: string
  runs: readonly FoundRun[]
}

/** Ended, with all it will ever give. */
type EndedRow = RunRow & { status: 'completed' | 'diverged' }
export const isDone = (row: RunRow | undefined): row is EndedRow => row?.status === 'completed' || row?.status === 'diverged'
const isUnderWay = (row: RunRow) => isActive(row.status)

/** Finds the stored runs that studies want: by scenario, algorithm, parameters, seed, and where their weights come from. */
export class Finder {
  readonly #store: Store
  /** The weights of a run that has ended, by their content. */
  readonly #policies = new Map<string, string | undefined>()

  constructor(store: Store) {
    this.#store = store
  }

  find(study: Study, variant: Variant): FoundStage[] {
    const plan = studyPlanOf(study, variant, this.#given(study))
    const stored = this.#stored(new Set(plan.flatMap(({ runs }) => runs.map((run) => run.scenarioId))))
    const policies: PolicyRule[] = []
    const earlier: FoundRun[] = []
    return plan.map((stage) => {
      const found = stage.runs.map((planned): FoundRun => {
        const source = sourceOf(planned, policies, earlier)
        const spec = planned.start === undefined ? planned.spec : source && this.#startedFrom(planned, source)
        const row = spec && stored.get(this.#store.runs.keyOf(spec, planned.world))
        return { planned, ...(spec && { spec }), ...(row && { row }) }
      })
      earlier.push(...found)
      policies.push(...stage.policies)
      return { key: stage.key, title: stage.title, runs: found }
    })
  }

  /** Whether a study counts on any of these runs, deleted ones included: no other stands where it would. */
  wants(study: Study, variant: Variant, ids: readonly string[]): boolean {
    const plan = studyPlanOf(study, variant, this.#given(study))
    const scenarios = new Set(plan.flatMap(({ runs }) => runs.map((run) => run.scenarioId)))
    const asked = new Map<string, string>()
    for (const id of ids) {
      const kept = this.#store.runs.identityOf(id)
      if (kept && scenarios.has(kept.scenarioId)) asked.set(runKey(kept.alike, kept.seed), id)
    }
    if (asked.size === 0) return false
    return this.find(study, variant).some(({ runs }) =>
      runs.some(({ planned, spec, row }) => {
        const id = spec && asked.get(this.#store.runs.keyOf(spec, planned.world))
        return id !== undefined && (row === undefined || ids.includes(row.id))
      })
    )
  }

  /** The scenarios of the history that a study takes, oldest first. */
  #given({ takes }: Study): GivenScenario[] {
    if (!takes) return []
    return this.#store.scenarios.ofGraphs().flatMap((id) => {
      const scenario = this.#store.scenarios.get(id)
      return takes(scenario) ? [{ id, scenario }] : []
    })
  }

  /** The planned run from the weights of `source`; undefined where it left none. */
  #startedFrom({ spec }: PlannedRun, source: string): RunSpec | undefined {
    if (!this.#policies.has(source)) {
      const bytes = this.#store.policies.get(source)
      this.#policies.set(source, bytes && policyIdOf(bytes))
    }
    const policy = this.#policies.get(source)
    return policy === undefined ? undefined : { ...spec, initialWeights: { name: source, policy } }
  }

  /** By key: the newest run with a result, else the newest under way, else the newest that can continue. */
  #stored(scenarios: ReadonlySet<string>): Map<string, RunRow> {
    const best = new Map<string, RunRow>()
    const rank = (row: RunRow) => (isDone(row) ? 2 : isUnderWay(row) ? 1 : 0)
    for (const row of this.#store.runs.ofScenarios([...scenarios])) {
      const key = runKey(row.alike, row.seed)
      const known = best.get(key)
      if (!known || rank(row) >= rank(known)) best.set(key, row)
    }
    return best
  }
}

/** The run whose weights a planned one starts from: of its seed and δ where there is such, else of its δ, else any. */
function sourceOf({ spec, start }: PlannedRun, policies: readonly PolicyRule[], earlier: readonly FoundRun[]): string | undefined {
  const rule = policies.find(({ name }) => name === start)
  if (!rule) return undefined
  const fitting = earlier.filter(
    ({ row, planned }) =>
      row?.status === 'completed' &&
      planned.spec.algorithm === rule.algorithm &&
      (rule.experiment === undefined || planned.experiment === rule.experiment) &&
      Object.entries(rule.parameters ?? {}).every(([key, value]) => planned.spec.parameters[key] === value)
  )
  const weight = spec.scenario.objective.energyWeight
  const sameWeight = fitting.filter(({ planned }) => planned.spec.scenario.objective.energyWeight === weight)
  const source = sameWeight.find(({ planned }) => planned.spec.seed === spec.seed) ?? sameWeight[0] ?? fitting[0]
  return source?.row?.id
}
