import { contentionFreeBound } from './batch/bound'
import type { BatchEpisode } from './batch/episode'
import { BatchWorld } from './batch/model'
import { chainDelay, chainEnergy, tableCost, weightedCost } from './cost'
import type { Environment } from './environment'
import type { References } from './objective'
import { viterbi } from './optimum'
import { type CompiledScenario, compileScenario, environmentOf, type Scenario, scenarioCostTable } from './scenario'
import { chainTimeline } from './timeline'
import { type Chain, chainOf, type Workflow, workflowOf } from './workflow'
import type { CostModel, Measured, Reference, Step, World, WorldEpisode, WorkflowSchedule } from './world'

/** Where a chain is: the task to be placed next, and where the one before it runs. */
export interface ChainState {
  task: number
  previous: number
}

/**
 * One chain in the paper's world, where nothing waits for anything. All costs come from one table [N·K·K] (`costTable`); its optimum is
 * exact, by Viterbi.
 */
export class ChainEpisode implements WorldEpisode<ChainState> {
  readonly decisions: number
  readonly places: number
  readonly #compiled: CompiledScenario
  readonly #environment: Environment
  #workflows: [Workflow] | undefined
  #order: readonly { workflow: number; task: number }[] | undefined
  #table: Float64Array | undefined
  #reference: Reference | undefined
  #graph: BatchEpisode | undefined

  /** Throws RangeError for a chain of an unknown device. */
  constructor(
    compiled: CompiledScenario,
    readonly chain: Chain
  ) {
    this.#compiled = compiled
    this.#environment = environmentOf(compiled.environments, chain)
    this.decisions = chain.taskIds.length
    this.places = this.#environment.locations.length
  }

  get workflows(): readonly Workflow[] {
    this.#workflows ??= [workflowOf(this.chain)]
    return this.#workflows
  }

  get order(): readonly { workflow: number; task: number }[] {
    this.#order ??= this.chain.taskIds.map((_, task) => ({ workflow: 0, task }))
    return this.#order
  }

  /** [N·K·K] F of every step it can meet, indexed (i · K + previous) · K + place; Infinity where there is no route. */
  get costs(): Float64Array {
    this.#table ??= scenarioCostTable(this.#compiled, this.chain)
    return this.#table
  }

  /** The same as a graph in which nothing waits either, for what plans graphs. */
  asGraph(): BatchEpisode {
    this.#graph ??= graphWorldOf(this.#compiled).episode(this.workflows)
    return this.#graph
  }

  start(): ChainState {
    return { task: 0, previous: 0 }
  }

  moves({ task, previous }: ChainState): Uint8Array {
    const from = (task * this.places + previous) * this.places
    return Uint8Array.from(this.costs.subarray(from, from + this.places), (cost) => (Number.isFinite(cost) ? 1 : 0))
  }

  step({ task, previous }: ChainState, place: number): Step<ChainState> {
    return { cost: this.costs[(task * this.places + previous) * this.places + place], next: { task: task + 1, previous: place } }
  }

  total(placement: ArrayLike<number>): number {
    return tableCost(this.costs, this.places, placement)
  }

  locations(): Environment['locations'] {
    return this.#environment.locations
  }

  measure(placement: ArrayLike<number>): Measured {
    const { objective } = this.#compiled.scenario
    return {
      cost: this.total(placement),
      delaySeconds: chainDelay(this.#environment, this.chain, objective.countReturn, placement),
      energyJoules: chainEnergy(this.#environment, this.chain, objective.countReturn, placement)
    }
  }

  schedule(placement: ArrayLike<number>): [WorkflowSchedule] {
    const { delaySeconds, energyJoules } = this.measure(placement)
    const { objective } = this.#compiled.scenario
    return [
      {
        id: this.chain.id,
        delaySeconds,
        energyJoules,
        cost: weightedCost(objective, this.#compiled.references, delaySeconds, energyJoules),
        placement: Object.fromEntries(this.chain.taskIds.map((id, i) => [id, this.#environment.locations[placement[i]].id])),
        tasks: chainTimeline(this.#environment, this.chain, objective.countReturn, placement)
      }
    ]
  }

  reference(): Reference {
    if (this.#reference) return this.#reference
    const { cost, placement } = viterbi(this.costs, this.places)
    this.#reference = { lower: cost, upper: cost, kind: 'optimum', placement, how: 'Viterbi' }
    return this.#reference
  }
}

const graphWorlds = new WeakMap<CompiledScenario, BatchWorld>()

function graphWorldOf(compiled: CompiledScenario): BatchWorld {
  const known = graphWorlds.get(compiled) ?? new BatchWorld('independent', compiled.scenario, compiled.references, contentionFreeBound)
  graphWorlds.set(compiled, known)
  return known
}

/** The world of a scenario that is compiled already. */
export class ChainWorld implements World<ChainState> {
  readonly scenario: Scenario
  readonly references: References
  #episodes: ChainEpisode[] | undefined

  constructor(readonly compiled: CompiledScenario) {
    this.scenario = compiled.scenario
    this.references = compiled.references
  }

  get places(): number {
    return this.episodes[0].places
  }

  get episodes(): readonly ChainEpisode[] {
    this.#episodes ??= this.compiled.chains.map((chain) => new ChainEpisode(this.compiled, chain))
    return this.#episodes
  }

  /** Throws NotAChainError for a graph, RangeError for an unknown device or several workflows. */
  episode(workflows: readonly Workflow[]): ChainEpisode {
    if (workflows.length !== 1) throw new RangeError(`nothing is shared here: an episode is one workflow, not ${workflows.length}`)
    return new ChainEpisode(this.compiled, chainOf(workflows[0]))
  }
}

/** The paper's world: chains of which nothing waits for anything. Throws NotAChainError for graphs, RangeError for unknown devices. */
export const CHAINS: CostModel<ChainState> = {
  compile: (scenario, references) => new ChainWorld(compileScenario(scenario, references))
}
