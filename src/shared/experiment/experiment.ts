import type { RunSpec } from '../run/spec'
import type { EnvironmentSet } from '../model/environment-set'
import { type WorldKind, worldKindOf } from '../model/compile'
import type { Scenario } from '../model/scenario'
import { isStream } from '../model/streams'
import { agentNameOf, unregistered } from '../algorithms/agents'
import type { AlgorithmCard } from '../algorithms/card'
import { defaultsOf, faultOf, type ParameterValue, type ParameterValues, type RemovedParameter } from '../algorithms/parameters'

/** An algorithm of an experiment; a list of values is swept. */
export interface AlgorithmChoice {
  id: string
  parameters: Record<string, ParameterValue | ParameterValue[]>
  /** Environments to train in instead of the scenario's own; the evaluation stays in that. Learned algorithms only. */
  environments?: EnvironmentSet
  /** A named policy or the id of a run whose weights its networks start from, instead of random ones. Learned algorithms only. */
  initialWeights?: string
}

/** Scenarios × algorithms (with every combination of swept values) × seeds. */
export interface Experiment {
  name: string
  note?: string
  scenarios: Scenario[]
  algorithms: AlgorithmChoice[]
  seeds: number[]
  /** Workflows drawn for the evaluation, never trained on. */
  heldOut: number
  /** Share of an explicit workload kept for the evaluation; 0: the evaluation is in sample. */
  split: number
}

export const EXPERIMENT_DEFAULTS = { heldOut: 200, split: 0 } as const

/** A place in a document and what is wrong there. */
export interface Fault {
  path: string
  message: string
}

/**
 * Every fault of an experiment's algorithm choices against the catalogue, all at once. A removed parameter is passed over at its old default,
 * where it asks for nothing; `isRecord`: of a run that was made, at any value, since none had an effect.
 */
export function algorithmFaults(
  experiment: Pick<Experiment, 'algorithms'> & Partial<Pick<Experiment, 'scenarios'>>,
  catalogue: readonly AlgorithmCard[],
  root = '$',
  isRecord = false
): Fault[] {
  return experiment.algorithms.flatMap((choice, i) => {
    const card = catalogue.find((candidate) => candidate.id === choice.id)
    const program = agentNameOf(choice.id)
    // What a program declares is its own: a record of it holds whatever it declared when it ran.
    if (program !== undefined && isRecord) return []
    if (!card && program !== undefined) return [{ path: `${root}.algorithms[${i}].id`, message: unregistered(program) }]
    if (!card) {
      const known = catalogue.map((candidate) => candidate.id).join(', ')
      return [{ path: `${root}.algorithms[${i}].id`, message: `unknown algorithm "${choice.id}"; the algorithms are ${known}` }]
    }
    const extras = (['environments', 'initialWeights'] as const).flatMap((key): Fault[] =>
      choice[key] === undefined || card.kind === 'learned'
        ? []
        : [{ path: `${root}.algorithms[${i}].${key}`, message: `${card.id} does not learn, so it does not use ${key}; remove it` }]
    )
    if (card.program !== undefined && choice.initialWeights !== undefined) {
      const message = `${card.id} is a program whose policy the lab does not read, so it cannot start from one of the lab's; remove it`
      extras.push({ path: `${root}.algorithms[${i}].initialWeights`, message })
    }
    const graph = card.chainsOnly === undefined ? undefined : experiment.scenarios?.find((scenario) => worldKindOf(scenario) === 'graphs')
    if (graph) {
      const message = `${card.id} cannot place scenario "${graph.name}", whose workflows are graphs or share machines: ${card.chainsOnly}`
      extras.push({ path: `${root}.algorithms[${i}].id`, message })
    }
    if (card.needsEnvironments && choice.environments === undefined) {
      extras.push({ path: `${root}.algorithms[${i}].environments`, message: `is missing; ${card.id} learns over an environment set` })
    }
    const faults = Object.entries(choice.parameters).flatMap(([key, given]): Fault[] => {
      const path = `${root}.algorithms[${i}].parameters.${key}`
      const parameter = card.parameters.find((candidate) => candidate.key === key)
      const gone = card.removed?.find((candidate) => candidate.key === key)
      if (gone) {
        const isDefault = given === gone.default
        return isDefault || isRecord ? [] : [{ path, message: `${removedText(card, gone)}; leave it out` }]
      }
      if (!parameter) {
        const known = card.parameters.map((candidate) => candidate.key).join(', ')
        return [{ path, message: `${card.id} has no parameter "${key}"; ${known ? `it has ${known}` : 'it has none'}` }]
      }
      if (Array.isArray(given) && given.length === 0) return [{ path, message: 'a list to sweep needs at least one value' }]
      const messages = (Array.isArray(given) ? given : [given]).map((value) => faultOf(parameter, value))
      return messages.flatMap((message, at) => (message ? [{ path: Array.isArray(given) ? `${path}[${at}]` : path, message }] : []))
    })
    return [...extras, ...faults]
  })
}

function removedText({ id }: AlgorithmCard, { key, why }: RemovedParameter): string {
  return `${id} has no parameter "${key}" any more, and it never had an effect: ${why}`
}

/** What is passed over in reading algorithm choices: removed parameters. */
export function removedNotes(algorithms: readonly AlgorithmChoice[], catalogue: readonly AlgorithmCard[]): Fault[] {
  return algorithms.flatMap(({ id, parameters }, i) =>
    catalogue.flatMap((card) =>
      card.id !== id
        ? []
        : (card.removed ?? []).flatMap((gone): Fault[] =>
            gone.key in parameters
              ? [{ path: `$.algorithms[${i}].parameters.${gone.key}`, message: `${removedText(card, gone)}; it is ignored` }]
              : []
          )
    )
  )
}

/** A choice without the parameters that its algorithm no longer has. */
export function withoutRemoved<Choice extends Pick<AlgorithmChoice, 'id' | 'parameters'>>(
  choice: Choice,
  catalogue: readonly AlgorithmCard[]
): Choice {
  const removed = catalogue.find(({ id }) => id === choice.id)?.removed
  if (!removed) return choice
  const kept = Object.entries(choice.parameters).filter(([key]) => removed.every((gone) => gone.key !== key))
  return { ...choice, parameters: Object.fromEntries(kept) }
}

/** Kinds of world that defaults go by. */
type DefaultsFor = WorldKind | 'streams'

const defaultsFor = (scenario: Scenario): DefaultsFor => (isStream(scenario) ? 'streams' : worldKindOf(scenario))

/** Every combination of swept values, the defaults for its kind of world filled in. */
export function combinations(choice: AlgorithmChoice, card: AlgorithmCard, world: DefaultsFor = 'chains'): ParameterValues[] {
  let all: ParameterValues[] = [
    {
      ...defaultsOf(card.parameters),
      ...(world !== 'chains' && card.graphDefaults),
      ...(world === 'streams' && card.streamDefaults)
    }
  ]
  for (const [key, given] of Object.entries(choice.parameters)) {
    const values = Array.isArray(given) ? given : [given]
    all = all.flatMap((parameters) => values.map((value) => ({ ...parameters, [key]: value })))
  }
  return all
}

/** The runs of an experiment, in the order they are queued: seed by seed, so that early results span all algorithms. */
export function runsOf(experiment: Experiment, catalogue: readonly AlgorithmCard[]): RunSpec[] {
  const settings = experiment.algorithms.flatMap((choice) => {
    const card = catalogue.find((candidate) => candidate.id === choice.id)
    if (!card) return []
    const { environments, initialWeights } = choice
    const extras = {
      ...(environments && { environments }),
      ...(initialWeights !== undefined && { initialWeights: { name: initialWeights } })
    }
    const of = (world: DefaultsFor) =>
      combinations(choice, card, world).map((parameters) => ({ algorithm: card.id, parameters, ...extras }))
    return [{ chains: of('chains'), graphs: of('graphs'), streams: of('streams') }]
  })
  const { heldOut, split } = experiment
  return experiment.seeds.flatMap((seed) =>
    experiment.scenarios.flatMap((scenario) => {
      const world = defaultsFor(scenario)
      return settings.flatMap((setting) => setting[world].map((each) => ({ scenario, ...each, seed, heldOut, split })))
    })
  )
}
