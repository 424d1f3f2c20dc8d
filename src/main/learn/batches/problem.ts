import { count } from '@shared/format'
import { type EnvironmentSet, membersOf } from '@shared/model/environment-set'
import { drawBatch, drawBatches } from '@shared/model/batch/draw'
import type { BatchEpisode } from '@shared/model/batch/episode'
import { IndependentExecutor } from '@shared/model/batch/independent'
import { RoundTripExecutor } from '@shared/model/batch/round-trip'
import { SharedExecutor } from '@shared/model/batch/shared'
import { BatchWorld } from '@shared/model/batch/model'
import { compileWorld, worldKindOf } from '@shared/model/compile'
import type { References } from '@shared/model/objective'
import { type RandomStream, randomStream } from '@shared/model/random'
import { factsOf, type Scenario } from '@shared/model/scenario'
import type { Workflow } from '@shared/model/workflow'
import { Stream } from '@shared/model/search/causal'
import { isStream, mostAtOnce } from '@shared/model/streams'
import { isGenerated } from '@shared/model/workload'
import { type BatchShape, Features, type StateFeatures } from './features'
import { RoundTripFeatures } from './round-trip-features'
import { StreamFeatures } from './stream-features'

/** An episode of graphs or shared machines, ready for a learner. */
export interface BatchSight {
  model: BatchEpisode
  /** Described to networks; made when it is first asked for. */
  readonly features: StateFeatures
}

/** A scenario of graphs or shared machines as something to learn: where training batches come from, and which are held out. */
export interface BatchProblem {
  kind: 'batches'
  world: BatchWorld
  shape: BatchShape
  /** N: tasks of the longest workflow. */
  tasks: number
  /** Environments it is compiled for. */
  worlds: number
  /** One more batch to train on, in that environment or one that is drawn. */
  draw(random: RandomStream, world?: number): BatchSight
  /** The episode of some workflows in the scenario's own world. */
  sight(workflows: readonly Workflow[]): BatchSight
  heldOut: readonly BatchSight[]
  /** True where the evaluation has to use training workflows. */
  inSample: boolean
}

/** What a run says of its problem. */
export interface BatchTask {
  scenario: Scenario
  /** Workflows drawn for the evaluation. */
  heldOut: number
  environments?: EnvironmentSet
  references?: References
}

/** Whether a scenario is one of graphs or shared machines rather than of chains. */
export function isOfBatches(scenario: Scenario): boolean {
  return worldKindOf(scenario) === 'graphs'
}

/** Throws RangeError where a scenario cannot be learned as batches. */
function worldOf(scenario: Scenario, references?: References): BatchWorld {
  const world = compileWorld(scenario, references)
  if (!(world instanceof BatchWorld)) throw new RangeError(`scenario "${scenario.name}" has chains alone`)
  return world
}

function worldIn(
  scenario: Scenario,
  { topology, energyWeight = scenario.objective.energyWeight }: ReturnType<typeof membersOf>[number]
): BatchWorld {
  return worldOf({ ...scenario, topology, objective: { ...scenario.objective, energyWeight } })
}

/** How the states of an episode are described to networks of a shape. Throws RangeError for an execution that none are told of. */
export function featuresOf({ executor }: BatchEpisode, shape: BatchShape): StateFeatures {
  if (executor instanceof RoundTripExecutor) return new RoundTripFeatures(executor, shape)
  if (executor instanceof SharedExecutor && Stream.of(executor)) return new StreamFeatures(executor, shape)
  if (executor instanceof SharedExecutor || executor instanceof IndependentExecutor) return new Features(executor, shape)
  throw new RangeError('an execution that networks are not told of')
}

/** What megabytes are divided by where a workload is listed: its greatest flow. */
function greatestFlow(workflows: readonly Workflow[]): number {
  let greatest = 0
  for (const { flows } of workflows) for (const { megabytes } of flows) greatest = Math.max(greatest, megabytes)
  return greatest || 1
}

/** Workflows with every size times e^U(−jitter, jitter), task by task, then flow by flow. */
function jittered(workflows: readonly Workflow[], jitter: number, random: RandomStream): readonly Workflow[] {
  if (jitter === 0) return workflows
  const vary = (size: number) => size * Math.exp(random.between(-jitter, jitter))
  return workflows.map((workflow) => ({
    ...workflow,
    tasks: workflow.tasks.map((task) => ({ ...task, megacycles: vary(task.megacycles) })),
    flows: workflow.flows.map((flow) => ({ ...flow, megabytes: vary(flow.megabytes) }))
  }))
}

/** Compiles what a run on graphs or shared machines learns. Held-out batches depend on the scenario alone, as for chains. */
export function compileBatchProblem(
  { scenario, heldOut, environments, references }: BatchTask,
  { jitter, training }: { jitter: number; training: 'fresh' | 'fixed' }
): BatchProblem {
  const own = worldOf(scenario, references)
  const { workload, topology } = scenario
  const worlds = environments ? membersOf(environments).map((member) => worldIn(scenario, member)) : [own]
  const stray = worlds.find(({ places }) => places !== own.places)
  if (stray) {
    throw new RangeError(
      `environment "${stray.scenario.topology.name}" has ${count(stray.places, 'place', 'places')} (K), scenario "${scenario.name}" has ${own.places}; one policy serves one number of places`
    )
  }
  const { batches } = own
  const together = batches.reduce((most, { length }) => Math.max(most, length), 1)
  const shape: BatchShape = {
    places: own.places,
    together: isStream(scenario) ? mostAtOnce(workload) : together,
    megabytesScale: isGenerated(workload) ? workload.generator.laterMegabytes[1] || 1 : greatestFlow(batches.flat())
  }
  const { tasks } = factsOf(scenario)
  const sight = (world: BatchWorld, workflows: readonly Workflow[]): BatchSight => {
    const model = world.episode(workflows)
    let features: StateFeatures | undefined
    return {
      model,
      get features() {
        features ??= featuresOf(model, shape)
        return features
      }
    }
  }
  const worldFor = (random: RandomStream, given?: number) => worlds[given ?? (worlds.length === 1 ? 0 : random.below(worlds.length))]
  if (isGenerated(workload)) {
    const { generator, seed } = workload
    const held = drawBatches({ ...generator, together }, topology, heldOut, 'h', randomStream(seed, 'evaluation'))
    return {
      kind: 'batches',
      world: own,
      shape,
      tasks,
      sight: (workflows) => sight(own, workflows),
      worlds: worlds.length,
      draw: (random, given) => {
        const world = worldFor(random, given)
        if (training === 'fixed') return sight(world, jittered(batches[random.below(batches.length)], jitter, random))
        const first = together * random.below(generator.users)
        return sight(world, drawBatch({ ...generator, together }, world.scenario.topology, first, 'fresh', random))
      },
      heldOut: held.map((workflows) => sight(own, workflows)),
      inSample: false
    }
  }
  return {
    kind: 'batches',
    world: own,
    shape,
    tasks,
    sight: (workflows) => sight(own, workflows),
    worlds: worlds.length,
    draw: (random, given) => sight(worldFor(random, given), jittered(batches[random.below(batches.length)], jitter, random)),
    heldOut: batches.map((workflows) => sight(own, workflows)),
    inSample: true
  }
}
