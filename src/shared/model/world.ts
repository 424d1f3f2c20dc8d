import type { References } from './objective'
import type { Scenario } from './scenario'
import type { TaskSpan } from './timeline'
import type { Tier } from './topology'
import type { Workflow } from './workflow'

/**
 * How sure a reference is: "optimum" is proven (lower = upper), "best-known" is the least Q that anything found, "bound" is a lower bound
 * that no placement is known to reach.
 */
export const REFERENCE_KINDS = ['optimum', 'best-known', 'bound'] as const
export type ReferenceKind = (typeof REFERENCE_KINDS)[number]

/** The kind as people read it. */
export const REFERENCE_NAMES: Record<ReferenceKind, string> = { optimum: 'optimum', 'best-known': 'best known', bound: 'lower bound' }

/** What Q is measured against: the least Q lies in [lower, upper]. */
export interface Reference {
  lower: number
  upper: number
  kind: ReferenceKind
  /** [decisions] the placement that reaches `upper`; absent where none is known. */
  placement?: Uint8Array
  /** How it was found, for people: "Viterbi", "layered dominance (states: 1,204)", "pilot, beam and annealing (evaluations: 5,000)". */
  how: string
}

/** What a decision costs and where it leads. */
export interface Step<State> {
  /** F of the decision, in units of the objective; Σ F along a placement is Q. */
  cost: number
  next: State
}

/** What a placement comes to, over all workflows of its episode. */
export interface Measured {
  /** Q. */
  cost: number
  /** Σ T_x, in seconds from each workflow's release. */
  delaySeconds: number
  /** Σ E_x, in weighted joules. */
  energyJoules: number
}

/** Data of one flow on one link, in seconds from the episode's zero. */
export interface TransferSpan {
  /** The tasks, or @input and @output. */
  from: string
  to: string
  /** The nodes it is sent between: the two ends of the link. */
  fromNode: string
  toNode: string
  /** When the link begins to be busy with it, ceases to be, and when the data has arrived. */
  startSeconds: number
  endSeconds: number
  arrivalSeconds: number
  /** How long it waited for the link. */
  waitSeconds: number
}

/** A workflow of an episode, placed: what it costs and when everything happens, in seconds from the episode's zero. */
export interface WorkflowSchedule extends Measured {
  id: string
  /** Task → node. */
  placement: Record<string, string>
  /** In the workflow's topological order. */
  tasks: TaskSpan[]
  /** Under executions in which links are shared or graphs are sent; absent for chains, whose tasks say what they wait for. */
  transfers?: TransferSpan[]
  /** When it was released; absent: at 0. */
  releaseSeconds?: number
  /** Seconds after its deadline; absent where it has none. */
  tardinessSeconds?: number
}

/**
 * What is placed together, one decision after another: a workflow where nothing waits for anything, a whole batch on shared machines.
 * States are values: a step leaves the state it starts from as it was.
 */
export interface WorldEpisode<State = unknown> {
  /** The workflows in it, as they were given. */
  readonly workflows: readonly Workflow[]
  /** Decisions in it: the tasks of all its workflows. */
  readonly decisions: number
  /** K. Place 0 is the own device of the workflow whose task is decided. */
  readonly places: number
  /** [decisions] which workflow, and which of its tasks (an index into its document), each decision is for. */
  readonly order: readonly { workflow: number; task: number }[]
  start(): State
  /** [K] 1 where the next task may go. */
  moves(state: State): Uint8Array
  step(state: State, place: number): Step<State>
  /** Q of a whole placement [decisions]; Infinity where a flow has no route. */
  total(placement: ArrayLike<number>): number
  /** [K] the nodes that a workflow of it may use, in the order of places. */
  locations(workflow: number): readonly { id: string; tier: Tier }[]
  measure(placement: ArrayLike<number>): Measured
  /** Each workflow's costs and times, in the order of `workflows`. */
  schedule(placement: ArrayLike<number>): WorkflowSchedule[]
  /** The best that is known without learning; computed when it is first asked for. */
  reference(): Reference
}

/** A scenario compiled under its execution. */
export interface World<State = unknown> {
  readonly scenario: Scenario
  /** T_ref and E_ref, in seconds and joules. */
  readonly references: References
  /** K. */
  readonly places: number
  /** The workload's own episodes. */
  readonly episodes: readonly WorldEpisode<State>[]
  /** The episode of other workflows in the same world. Throws RangeError for unknown devices. */
  episode(workflows: readonly Workflow[]): WorldEpisode<State>
}

/** One kind of execution. `references`: T_ref and E_ref to state costs in, instead of the scenario's own. */
export interface CostModel<State = unknown> {
  compile(scenario: Scenario, references?: References): World<State>
}

/** Σ F along a placement, step by step: equals `total` by the definition of F. */
export function walk<State>(episode: WorldEpisode<State>, placement: ArrayLike<number>): number {
  let state = episode.start()
  let cost = 0
  for (let i = 0; i < episode.decisions; i++) {
    const step = episode.step(state, placement[i])
    cost += step.cost
    state = step.next
  }
  return cost
}

/** Q above a reference: Q / upper − 1 for an optimum or best-known, Q / lower − 1, an overestimate, for a bound. A free reference matched is 0. */
export function optimalityGap(cost: number, { kind, lower, upper }: Pick<Reference, 'kind' | 'lower' | 'upper'>): number {
  const base = kind === 'bound' ? lower : upper
  return cost === base ? 0 : cost / base - 1
}
