import type { AlgorithmCard } from '../algorithms/card'
import type { RunSpec } from './spec'
import { type ParameterValues, parametersOfRun } from '../algorithms/parameters'
import type { EnvironmentSet } from '../model/environment-set'
import { DEFAULT_EXECUTION, type Scenario } from '../model/scenario'
import type { Topology } from '../model/topology'
import type { Workload } from '../model/workload'

/**
 * What makes two runs the same, in one place: the run table, comparisons, studies and "only what is missing" all ask here. Names,
 * notes and places on the canvas have no meaning for the model and never count.
 */

/** JSON with sorted keys and nothing undefined. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item
  )
}

/** What of a topology decides numbers. */
function bareTopology({ nodes, links }: Topology): object {
  return { nodes: nodes.map(({ position: _, group: __, ...node }) => node), links }
}

/** What of a workload decides numbers. */
function bareWorkload({ name: _, note: __, ...work }: Workload): object {
  return work
}

/** What decides a scenario's numbers, as text: equal for equal worlds. What is absent stays so, or runs of before there was a choice would be others. */
export function worldText({ topology, workload, objective, execution }: Scenario): string {
  const said = execution === DEFAULT_EXECUTION ? undefined : execution
  return canonical({ topology: bareTopology(topology), work: bareWorkload(workload), objective, execution: said })
}

/** What of a topology decides numbers, as text. */
export function topologyContentText(topology: Topology): string {
  return canonical(bareTopology(topology))
}

/** What of a workload decides numbers, as text. */
export function workloadContentText(workload: Workload): string {
  return canonical(bareWorkload(workload))
}

function bareSet({ topologies, family }: EnvironmentSet): object {
  return { topologies: topologies.map(bareTopology), family: family && { ...family, around: bareTopology(family.around) } }
}

/** What an experiment asks for, as far as it decides numbers. */
interface AskedRuns {
  scenarios: readonly Scenario[]
  algorithms: readonly { environments?: EnvironmentSet }[]
  heldOut: number
  split: number
}

/** What an experiment asks for but its seeds, as text: equal for equal ones, whatever they and their parts are called. */
export function experimentText({ scenarios, algorithms, heldOut, split }: AskedRuns): string {
  const choices = algorithms.map(({ environments, ...choice }) => ({ ...choice, environments: environments && bareSet(environments) }))
  return canonical({ worlds: scenarios.map(worldText), choices, heldOut, split })
}

/** A run's parameters with those it does not name, as its algorithm read them (`parametersOfRun`). */
export function fullParameters(
  cards: readonly AlgorithmCard[],
  { algorithm, parameters }: Pick<RunSpec, 'algorithm' | 'parameters'>
): ParameterValues {
  const card = cards.find(({ id }) => id === algorithm)
  return card ? parametersOfRun(card, parameters) : parameters
}

/**
 * What runs share that differ only in their seed, as text. `world` names the content of their scenario's `worldText`. Weights to
 * start from count by their content, as soon as it is known: a name may come to mean something else. Weights that a run of the same seed has
 * learned differ in that seed as well, so they count by what that run shares with its likes: `learned` names it.
 */
export function alikeText(
  spec: Omit<RunSpec, 'scenario' | 'seed'>,
  world: string,
  cards: readonly AlgorithmCard[],
  learned?: string
): string {
  const { algorithm, heldOut, split, environments, initialWeights } = spec
  const start = learned !== undefined ? `learned ${learned}` : initialWeights && (initialWeights.policy ?? `named ${initialWeights.name}`)
  return canonical([
    world,
    algorithm,
    fullParameters(cards, spec),
    heldOut,
    split,
    environments ? bareSet(environments) : null,
    start ?? null
  ])
}

/** Names one run's results: of runs that share it, one is a repeat of the other and tells nothing new. `alike` names its `alikeText`. */
export function runKey(alike: string, seed: number): string {
  return `${alike} ${seed}`
}

/** What counting needs of a run. */
export interface CountableRun {
  seed: number
  /** Places the same whatever the seed. */
  isDeterministic?: boolean
}

/**
 * Of runs that differ only in their seed, those that tell something new, in order: one of each seed, and one at all of an
 * algorithm that draws nothing at random.
 */
export function distinctRuns<Run extends CountableRun>(runs: readonly Run[]): Run[] {
  const seen = new Set<number>()
  return runs.filter(({ seed, isDeterministic }) => {
    const drawn = isDeterministic ? 0 : seed
    if (seen.has(drawn)) return false
    seen.add(drawn)
    return true
  })
}
