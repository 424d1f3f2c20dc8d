import { createHash } from 'node:crypto'
import type { AlgorithmCard } from '@shared/experiment/algorithm'
import type { RunSpec } from '@shared/experiment/experiment'
import { compileScenario, factsOf, type Scenario } from '@shared/model/scenario'
import { devicesOf } from '@shared/model/topology'
import { isGenerated } from '@shared/model/workload'
import { deviceKinds } from '../learn/episode'

/**
 * What runs must share to train as members of one learner: scheme, every parameter that does not stack, the shape of
 * states (K, longest N, kinds of device), the number of held-out workflows, environments, the policy they start from, and the
 * learn step they resume from. Undefined for runs that train alone or not at all: schemes that do not learn, and scenarios that cannot be compiled.
 */
export function stackKey(spec: RunSpec, card: AlgorithmCard | undefined, learnSteps: number): string | undefined {
  if (card?.kind !== 'learned') return undefined
  const stacks = new Set(card.parameters.filter((parameter) => parameter.stacks).map(({ key }) => key))
  const shared = Object.entries(spec.parameters).filter(([key]) => !stacks.has(key))
  const shape = shapeOf(spec.scenario)
  if (shape === undefined) return undefined
  const { workload } = spec.scenario
  const heldOut = isGenerated(workload) ? spec.heldOut : [workload.workflows.length, spec.split]
  const parameters = shared.sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([spec.algorithm, parameters, shape, heldOut, spec.environments, spec.initialWeights?.policy, learnSteps])
}

const shapes = new WeakMap<Scenario, number[] | undefined>()
const kinds = new Map<string, number | undefined>()

/** K, N and the number of device kinds; undefined where the scenario cannot be compiled, which its worker will say. */
function shapeOf(scenario: Scenario): number[] | undefined {
  if (!shapes.has(scenario)) {
    const { locations, tasks } = factsOf(scenario)
    const count = devicesOf(scenario.topology).length > 1 ? kindsOf(scenario) : 1
    shapes.set(scenario, count === undefined ? undefined : [locations, tasks, count])
  }
  return shapes.get(scenario)
}

/** Remembered by content: the same scenario comes from the store as another object each time. */
function kindsOf(scenario: Scenario): number | undefined {
  const content = createHash('sha1').update(JSON.stringify(scenario)).digest('base64')
  if (!kinds.has(content)) {
    try {
      kinds.set(content, deviceKinds(compileScenario(scenario)).count)
    } catch {
      kinds.set(content, undefined)
    }
  }
  return kinds.get(content)
}

/** What a member adds to a group, as shares of what one process may hold; a group's members come to 1 at most. */
export function loadOf({ scenario, parameters }: RunSpec): number {
  const number = (key: string, otherwise: number) => Number(parameters[key] ?? otherwise)
  const { locations, tasks } = factsOf(scenario)
  const units = number('units', 1)
  const rows = number('batch', number('batchWorkflows', 1) * tasks)
  const workflows = number('memoryWorkflows', number('memory', 0) / (tasks * units))
  // A workflow in memory: its table of step costs, and the objects around it.
  const bytes = workflows * (tasks * locations * locations * 8 + 1500)
  return Math.max(units / MOST_UNITS, (units * rows) / MOST_ROWS, bytes / MOST_BYTES)
}

/** Networks of a group. */
const MOST_UNITS = 240
/** Rows of states in a learn step; with 128 hidden units each tensor of activations then is 16 MB. */
const MOST_ROWS = 32_768
/** Of the members' memory pools. */
const MOST_BYTES = 512e6
