import type { ParameterValue } from '@shared/algorithms/parameters'
import { EXPERIMENT_DEFAULTS } from '@shared/experiment/experiment'
import type { NamedPart } from '@shared/formats'

/** A value of the form: one, or a list that is swept. */
export type Given = ParameterValue | ParameterValue[]

/** A scenario of an experiment's document: a preset's name, or topology and workload by name, as a version of the library, or whole. */
export type ScenarioPart = string | { name: string; topology: unknown; workload: unknown; [key: string]: unknown }

export interface PlannedAlgorithm {
  id: string
  parameters: Record<string, Given>
  [key: string]: unknown
}

/** An experiment's document (`dmro-experiment/1`) as the planner holds it, finished or not. */
export interface ExperimentPlan {
  format: 'dmro-experiment/1'
  name: string
  note?: string
  scenarios: ScenarioPart[]
  objective?: Record<string, Given>
  algorithms: PlannedAlgorithm[]
  seeds: number[]
  heldOut: number
  split: number
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isGiven = (value: unknown): value is Given =>
  (Array.isArray(value) ? value : [value]).every((each) => ['number', 'string', 'boolean'].includes(typeof each))

function givenOf(value: unknown): Record<string, Given> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Given] => isGiven(entry[1])))
}

/** A plan of whatever was kept: what does not belong to one is left out, what is missing takes its default. */
export function planOf(content: unknown, untitled: string): ExperimentPlan {
  const given = isRecord(content) ? content : {}
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
  const scenarios = list(given.scenarios).filter(
    (part): part is ScenarioPart => typeof part === 'string' || (isRecord(part) && typeof part.name === 'string')
  )
  const algorithms = list(given.algorithms).flatMap((choice): PlannedAlgorithm[] =>
    isRecord(choice) && typeof choice.id === 'string' ? [{ ...choice, id: choice.id, parameters: givenOf(choice.parameters) }] : []
  )
  const objective = givenOf(given.objective)
  return {
    format: 'dmro-experiment/1',
    name: typeof given.name === 'string' ? given.name : untitled,
    ...(typeof given.note === 'string' && { note: given.note }),
    scenarios,
    ...(Object.keys(objective).length > 0 && { objective }),
    algorithms,
    seeds: list(given.seeds).filter((seed): seed is number => typeof seed === 'number'),
    heldOut: typeof given.heldOut === 'number' ? given.heldOut : EXPERIMENT_DEFAULTS.heldOut,
    split: typeof given.split === 'number' ? given.split : EXPERIMENT_DEFAULTS.split
  }
}

/** What a newcomer's plan begins with: the paper's world, the two algorithms most asked about, three seeds. */
export const STARTING_PLAN = {
  scenarios: ['one-edge-one-cloud'],
  algorithms: [
    { id: 'dmro-plus', parameters: {} },
    { id: 'dqn', parameters: {} },
    { id: 'optimum', parameters: {} }
  ],
  seeds: [1, 2, 3]
}

const calledOf = (part: NamedPart) => (typeof part === 'string' ? part : part.name)

/** The starting plan on a topology or with a workload; what is not given is the paper's. */
export function startingWith({ topology, workload }: { topology?: NamedPart; workload?: NamedPart }) {
  const parts = { topology: topology ?? 'one-edge-one-cloud', workload: workload ?? 'paper' }
  const name = `${calledOf(parts.topology)} × ${calledOf(parts.workload)}`
  const called = workload === undefined ? calledOf(parts.topology) : name
  return { ...STARTING_PLAN, name: called, scenarios: [{ format: 'dmro-scenario/1', name, ...parts }] }
}

export function nameOfScenario(part: ScenarioPart): string {
  return typeof part === 'string' ? part : part.name
}

export function toggleScenario(plan: ExperimentPlan, part: ScenarioPart): ExperimentPlan {
  const at = plan.scenarios.findIndex((each) => nameOfScenario(each) === nameOfScenario(part))
  return { ...plan, scenarios: at < 0 ? [...plan.scenarios, part] : plan.scenarios.filter((_, i) => i !== at) }
}

/** Adds an algorithm at its defaults, in the catalogue's order. */
export function addAlgorithm(plan: ExperimentPlan, id: string, order: readonly string[]): ExperimentPlan {
  const algorithms = [...plan.algorithms, { id, parameters: {} }]
  return { ...plan, algorithms: algorithms.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) }
}

export function removeAlgorithm(plan: ExperimentPlan, at: number): ExperimentPlan {
  return { ...plan, algorithms: plan.algorithms.filter((_, i) => i !== at) }
}

/** Sets a parameter of the algorithm at `at`; undefined: back to its default. */
export function setParameter(plan: ExperimentPlan, at: number, key: string, value: Given | undefined): ExperimentPlan {
  const algorithms = plan.algorithms.map((choice, i) =>
    i === at ? { ...choice, parameters: withGiven(choice.parameters, key, value) } : choice
  )
  return { ...plan, algorithms }
}

/** Sets a part of the objective for all scenarios; undefined: each scenario's own. */
export function setObjective({ objective, ...plan }: ExperimentPlan, key: string, value: Given | undefined): ExperimentPlan {
  const next = withGiven(objective ?? {}, key, value)
  return Object.keys(next).length > 0 ? { ...plan, objective: next } : plan
}

function withGiven(given: Readonly<Record<string, Given>>, key: string, value: Given | undefined): Record<string, Given> {
  const { [key]: _, ...rest } = given
  return value === undefined ? rest : { ...rest, [key]: value }
}

/** Settings that an algorithm's swept values make. */
export function settingsOf(choice: PlannedAlgorithm): number {
  return Object.values(choice.parameters).reduce<number>((product, value) => product * (Array.isArray(value) ? value.length : 1), 1)
}
