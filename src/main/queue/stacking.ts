import { createHash } from 'node:crypto'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { RunSpec } from '@shared/run/spec'
import { stackLoad } from '@shared/run/stacks'
import { worldKindOf } from '@shared/model/compile'
import { compileScenario, factsOf, type Scenario } from '@shared/model/scenario'
import { isStream, mostTogether } from '@shared/model/streams'
import { devicesOf, type Topology } from '@shared/model/topology'
import { isGenerated } from '@shared/model/workload'
import { deviceKinds } from '../learn/episode'

/**
 * What runs must share to train as members of one learner: algorithm, every parameter that does not stack, the shape of
 * states (K, longest N, kinds of device; of graphs the execution, M and whether they are a stream), the number of held-out workflows, environments, the policy they start from, and the
 * learn step they resume from. Undefined for runs that train alone or not at all: algorithms that do not learn, and scenarios that cannot be compiled.
 */
export function stackKey(spec: RunSpec, card: AlgorithmCard | undefined, learnSteps: number): string | undefined {
  if (card?.kind !== 'learned' || card.program !== undefined) return undefined
  const stacks = new Set(card.parameters.filter((parameter) => parameter.stacks).map(({ key }) => key))
  const shared = Object.entries(spec.parameters).filter(([key]) => !stacks.has(key))
  const shape = shapeOf(spec.scenario)
  if (shape === undefined) return undefined
  const { workload } = spec.scenario
  const heldOut = isGenerated(workload) ? spec.heldOut : [workload.workflows.length, spec.split]
  const parameters = shared.sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([spec.algorithm, parameters, shape, heldOut, spec.environments, spec.initialWeights?.policy, learnSteps])
}

const shapes = new WeakMap<Scenario, (number | string)[] | undefined>()

/** K, N and the kinds of device; undefined where the scenario cannot be compiled, which its worker will say. */
function shapeOf(scenario: Scenario): (number | string)[] | undefined {
  if (!shapes.has(scenario)) {
    const { locations, tasks } = factsOf(scenario)
    const kinds = devicesOf(scenario.topology).length > 1 ? kindsOf(scenario) : 1
    shapes.set(scenario, kinds === undefined ? undefined : [locations, tasks, kinds, ...graphShapeOf(scenario)])
  }
  return shapes.get(scenario)
}

/** What networks of graphs hang on beside that: how many workflows are placed together, and whether they know of each other. */
function graphShapeOf(scenario: Scenario): string[] {
  if (worldKindOf(scenario) === 'chains') return []
  return [`${scenario.execution} ${mostTogether(scenario.workload)}${isStream(scenario) ? ' stream' : ''}`]
}

/** Nodes times links of a topology whose devices are compared here and now: a few milliseconds. */
const MOST_COMPARED = 5000

const kinds = new Map<string, number | undefined>()
const contents = new WeakMap<Topology, string>()

/**
 * The number of kinds of device, remembered by what it hangs on: the same topology comes from the store as another object each time.
 * Finding it takes seconds on large topologies. There their content stands for it: runs of one topology have as many kinds, and those
 * of another train apart.
 */
function kindsOf(scenario: Scenario): number | string | undefined {
  const { topology, workload } = scenario
  const owners = isGenerated(workload) ? '' : [...new Set(workload.workflows.map(({ device }) => device))].sort().join('\n')
  const content = `${contentOf(topology)} ${createHash('sha1').update(owners).digest('base64')}`
  if (topology.nodes.length * topology.links.length > MOST_COMPARED) return content
  if (!kinds.has(content)) {
    try {
      kinds.set(content, deviceKinds(compileScenario(scenario)).count)
    } catch {
      kinds.set(content, undefined)
    }
  }
  return kinds.get(content)
}

/** Names the nodes and links of a topology. */
function contentOf(topology: Topology): string {
  const known = contents.get(topology)
  if (known !== undefined) return known
  const nodes = topology.nodes.map(({ position: _, ...node }) => node)
  const content = createHash('sha1')
    .update(JSON.stringify([nodes, topology.links]))
    .digest('base64')
  contents.set(topology, content)
  return content
}

/** What a member adds to a group, as a share of what one process may hold; a group's members come to 1 at most. */
export function loadOf({ scenario, parameters }: RunSpec): number {
  const { locations, tasks } = factsOf(scenario)
  return stackLoad(parameters, { places: locations, tasks })
}
