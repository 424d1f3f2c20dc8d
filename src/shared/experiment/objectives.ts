import type { Objective } from '../model/objective'
import { DEFAULT_OBJECTIVE } from '../model/objective'
import type { Scenario } from '../model/scenario'
import type { ParameterTable } from '../algorithms/parameters'

/** What an experiment sets of the objectives of all its scenarios; a list is swept, what is left out stays each scenario's own. */
export type ObjectiveSweep = { [K in keyof Objective]?: Objective[K] | Objective[K][] }

/** The objective as forms show it. */
export const OBJECTIVE_PARAMETERS: ParameterTable = [
  {
    key: 'energyWeight',
    label: 'Energy weight',
    symbol: 'δ',
    type: 'number',
    default: DEFAULT_OBJECTIVE.energyWeight,
    min: 0,
    max: 1e15,
    sentence: 'How much a workflow’s energy counts beside its delay, eq. (9).'
  },
  {
    key: 'edgeEnergyWeight',
    label: 'Edge energy weight',
    symbol: 'α',
    type: 'number',
    default: DEFAULT_OBJECTIVE.edgeEnergyWeight,
    min: 0,
    max: 1e15,
    sentence: 'Weight of energy spent on edges, eq. (6).'
  },
  {
    key: 'cloudEnergyWeight',
    label: 'Cloud energy weight',
    symbol: 'β',
    type: 'number',
    default: DEFAULT_OBJECTIVE.cloudEnergyWeight,
    min: 0,
    max: 1e15,
    sentence: 'Weight of energy spent on clouds, eq. (6).'
  },
  {
    key: 'scaling',
    label: 'Scaling',
    type: 'choice',
    default: DEFAULT_OBJECTIVE.scaling,
    choices: [
      { value: 'local-only', label: 'local-only' },
      { value: 'none', label: 'none' }
    ],
    sentence: 'What delay and energy are divided by: the workload’s mean under local-only placement, or 1 s and 1 J.'
  },
  {
    key: 'countReturn',
    label: 'Return transfer',
    type: 'switch',
    default: DEFAULT_OBJECTIVE.countReturn,
    sentence: 'Whether the last task’s result travels back to the device and its time counts.'
  }
]

const KEYS = ['energyWeight', 'edgeEnergyWeight', 'cloudEnergyWeight', 'scaling', 'countReturn'] as const

/** How many objectives a sweep makes of one scenario. */
export function objectivesOf(sweep: ObjectiveSweep): number {
  return KEYS.reduce((product, key) => product * (Array.isArray(sweep[key]) ? sweep[key].length : 1), 1)
}

/** Each scenario under every objective of the sweep. One whose objective stays its own keeps its name, so that its runs are known again. */
export function sweptScenarios(scenarios: readonly Scenario[], sweep: ObjectiveSweep): Scenario[] {
  let changes: Partial<Objective>[] = [{}]
  for (const key of KEYS) {
    const given = sweep[key]
    if (given === undefined) continue
    const values = Array.isArray(given) ? [...new Set<Objective[typeof key]>(given)] : [given]
    changes = changes.flatMap((change) => values.map((value) => ({ ...change, [key]: value })))
  }
  return scenarios.flatMap((scenario) => changes.map((change) => underObjective(scenario, change)))
}

function underObjective(scenario: Scenario, change: Partial<Objective>): Scenario {
  const objective = { ...scenario.objective, ...change }
  const marks = OBJECTIVE_PARAMETERS.flatMap((parameter) => {
    const key = parameter.key as keyof Objective
    if (objective[key] === scenario.objective[key]) return []
    return [`${parameter.symbol ?? parameter.label.toLowerCase()} ${objective[key]}`]
  })
  return marks.length === 0 ? scenario : { ...scenario, name: [scenario.name, ...marks].join(', '), objective }
}
