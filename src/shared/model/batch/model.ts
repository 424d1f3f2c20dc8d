import { advance } from '../advance'
import type { Objective, References } from '../objective'
import { type Execution, placeCount, type Scenario } from '../scenario'
import { referenceOf } from '../search/reference'
import type { Topology } from '../topology'
import type { Workflow } from '../workflow'
import type { CostModel, World } from '../world'
import { compileBatch } from './batch'
import { batchesOf } from './draw'
import { BatchEpisode, type Ruler } from './episode'
import type { Executor } from './executor'
import { IndependentExecutor } from './independent'
import { MachineRoom } from './machines'
import { compileRoundTrips, RoundTripExecutor } from './round-trip'
import { SharedExecutor } from './shared'

/** Makes the executor of one episode's workflows. */
type MakeExecutor = (workflows: readonly Workflow[], references: References) => Executor

/** One kind of execution: whether workflows that are released together are one episode, and how they are executed. */
interface Kind {
  isTogether: boolean
  executors(topology: Topology, objective: Objective): MakeExecutor
}

const alone = (workflows: readonly Workflow[]): Workflow => {
  if (workflows.length !== 1)
    throw new RangeError(`nothing is shared between workflows here: an episode is one of them, not ${workflows.length}`)
  return workflows[0]
}

const KINDS: Record<Execution, Kind> = {
  independent: {
    isTogether: false,
    executors: (topology, objective) => {
      const room = new MachineRoom(topology)
      return (workflows, references) => new IndependentExecutor(compileBatch(room, objective, [alone(workflows)]), objective, references)
    }
  },
  shared: {
    isTogether: true,
    executors: (topology, objective) => {
      const room = new MachineRoom(topology)
      return (workflows, references) => new SharedExecutor(compileBatch(room, objective, workflows), objective, references)
    }
  },
  'round-trip': {
    isTogether: false,
    executors: (topology, objective) => (workflows, references) =>
      new RoundTripExecutor(compileRoundTrips(topology, objective, alone(workflows)), objective, references)
  }
}

const UNSCALED: References = { delaySeconds: 1, energyJoules: 1 }

/** A scenario compiled under an execution of graphs; its episodes are compiled when they are first asked for. */
export class BatchWorld implements World<Float64Array> {
  readonly scenario: Scenario
  readonly references: References
  readonly places: number
  /** The workload's own workflows, by the episodes they are placed in. */
  readonly batches: readonly (readonly Workflow[])[]
  readonly #make: MakeExecutor
  readonly #ruler: Ruler
  #episodes: readonly BatchEpisode[] | undefined

  /** Throws RangeError for unknown devices and for what is not a graph of tasks, by workflow and task. */
  constructor(execution: Execution, scenario: Scenario, references: References | undefined, ruler: Ruler) {
    const { topology, workload, objective } = scenario
    const { isTogether, executors } = KINDS[execution]
    this.scenario = scenario
    this.places = placeCount(topology.nodes)
    this.#make = executors(topology, objective)
    this.#ruler = ruler
    const batches = batchesOf(workload, topology)
    this.batches = isTogether ? batches : batches.flat().map((workflow) => [workflow])
    this.references = references ?? (objective.scaling === 'none' ? UNSCALED : this.#localOnly())
  }

  get episodes(): readonly BatchEpisode[] {
    this.#episodes ??= this.batches.map((workflows) => this.episode(workflows))
    return this.#episodes
  }

  episode(workflows: readonly Workflow[]): BatchEpisode {
    return new BatchEpisode(this.#make(workflows, this.references), this.#ruler)
  }

  /** T_ref and E_ref: the means over the workload's workflows, each alone on its device. */
  #localOnly(): References {
    let delaySeconds = 0
    let energyJoules = 0
    const workflows = this.batches.flat()
    for (const workflow of workflows) {
      const measured = this.#make([workflow], UNSCALED).measure(new Uint8Array(workflow.tasks.length))
      delaySeconds += measured.delaySeconds
      energyJoules += measured.energyJoules
      advance()
    }
    // Work of zero cycles has no local cost to scale by; seconds and joules then stand as they are.
    return { delaySeconds: delaySeconds / workflows.length || 1, energyJoules: energyJoules / workflows.length || 1 }
  }
}

/** The cost model of an execution of graphs. `ruler` finds the references of its episodes. */
export function batchModel(execution: Execution, ruler: Ruler = referenceOf): CostModel<Float64Array> {
  return { compile: (scenario, references) => new BatchWorld(execution, scenario, references, ruler) }
}
