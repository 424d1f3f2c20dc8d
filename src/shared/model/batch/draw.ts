import { type RandomStream, randomStream } from '../random'
import { devicesOf, type Topology } from '../topology'
import { type Flow, INPUT, OUTPUT, type Task, type Workflow, workflowOf } from '../workflow'
import { drawChain, type GeneratorParameters, type GraphShape, isGenerated, type Workload } from '../workload'

/** [level][task] the tasks of a layered graph by number, and [task] the parents of each, in their order. */
interface Layers {
  levels: number[][]
  parents: number[][]
}

/** Levels of N^fat · U(.5, 1.5) tasks, rounded and at least 1, until there are N; every task but those of the first has parents one level up. */
function drawLayers(tasks: number, { fat, density }: GraphShape, random: RandomStream): Layers {
  const width = tasks ** random.between(...fat)
  const dense = random.between(...density)
  const levels: number[][] = []
  for (let drawn = 0; drawn < tasks; ) {
    const wanted = Math.max(1, Math.round(width * random.between(0.5, 1.5)))
    const level = Array.from({ length: Math.min(wanted, tasks - drawn) }, (_, i) => drawn + i)
    levels.push(level)
    drawn += level.length
  }
  const parents = levels.flatMap((level, l) => level.map(() => (l === 0 ? [] : drawParents(levels[l - 1], dense, random))))
  return { levels, parents }
}

function drawParents(above: readonly number[], density: number, random: RandomStream): number[] {
  const count = Math.min(above.length, 1 + Math.floor(random.between(0, density * above.length)))
  const left = [...above]
  for (let i = 0; i < count; i++) {
    const chosen = i + random.below(left.length - i)
    ;[left[i], left[chosen]] = [left[chosen], left[i]]
  }
  return left.slice(0, count)
}

/**
 * A layered graph of N tasks, t1 … tN level by level. The input is divided equally over the entries. `flows` "split": a task's output is
 * divided equally over its successors, an exit's output by the number of exits; "full": every flow and every return is drawn.
 *
 * Draw order (part of the format: a seed names a workload): fat; density; the width of every level; for every task from the second level
 * on, in their order, the number of its parents, then each of them among the tasks of the level above that are left (the chosen one is
 * swapped with the first that is left); the input; for every task, in their order, its megacycles, then its output ("split") or the sizes
 * of its flows to its successors in their order, an exit's return ("full").
 */
function drawGraph(generator: GeneratorParameters, shape: GraphShape, id: string, device: string, random: RandomStream): Workflow {
  const { levels, parents } = drawLayers(generator.tasks, shape, random)
  const successors: number[][] = parents.map(() => [])
  parents.forEach((those, task) => {
    for (const parent of those) successors[parent].push(task)
  })
  const exits = successors.filter((those) => those.length === 0).length
  const name = (task: number) => `t${task + 1}`
  const input = random.between(...generator.firstMegabytes)
  const flows: Flow[] = levels[0].map((task) => ({ from: INPUT, to: name(task), megabytes: input / levels[0].length }))
  const tasks = successors.map((those, task): Task => {
    const megacycles = random.between(...generator.megacycles)
    const later = () => random.between(...generator.laterMegabytes)
    const share = shape.flows === 'split' ? later() / (those.length || exits) : undefined
    for (const to of those.length > 0 ? those.map(name) : [OUTPUT]) flows.push({ from: name(task), to, megabytes: share ?? later() })
    return { id: name(task), megacycles }
  })
  return { id, device, tasks, flows }
}

/** One more workflow of the generator, for user `user`; a chain (`drawChain`) or a graph. Users own the topology's devices in turn. */
export function drawWorkflow(generator: GeneratorParameters, topology: Topology, user: number, id: string, random: RandomStream): Workflow {
  if (!generator.graph) return workflowOf(drawChain(generator, topology, user, id, random))
  const devices = devicesOf(topology)
  return drawGraph(generator, generator.graph, id, devices[user % devices.length].id, random)
}

/**
 * One more batch of the generator: workflows number `first`, `first` + 1, … (from 0), as many as are released together unless `size` says
 * otherwise; users in turn by these numbers, ids `prefix1`, `prefix2`, … The first is released at 0, each other one an exponential gap of
 * mean `gapSeconds` after the one before. Draw order: each workflow's gap (none for the first, none at all without `gapSeconds`), then the
 * workflow.
 */
export function drawBatch(
  generator: GeneratorParameters,
  topology: Topology,
  first: number,
  prefix: string,
  random: RandomStream,
  size = generator.together ?? 1
): Workflow[] {
  const { gapSeconds } = generator
  let releaseSeconds = 0
  return Array.from({ length: size }, (_, j) => {
    if (gapSeconds !== undefined && j > 0) releaseSeconds -= gapSeconds * Math.log(1 - random.uniform())
    const number = first + j
    const workflow = drawWorkflow(generator, topology, number % generator.users, `${prefix}${number + 1}`, random)
    return gapSeconds === undefined ? workflow : { ...workflow, releaseSeconds }
  })
}

/** `count` workflows of the generator in batches of M, the last one smaller where M does not divide their number. */
export function drawBatches(
  generator: GeneratorParameters,
  topology: Topology,
  count: number,
  prefix: string,
  random: RandomStream
): Workflow[][] {
  const size = generator.together ?? 1
  return Array.from({ length: Math.ceil(count / size) }, (_, b) =>
    drawBatch(generator, topology, b * size, prefix, random, Math.min(size, count - b * size))
  )
}

/** The workload's own workflows by the batches they are released in: M by M where they are generated, all of them where they are listed. */
export function batchesOf(workload: Workload, topology: Topology): Workflow[][] {
  if (!isGenerated(workload)) return [workload.workflows]
  const { generator, seed } = workload
  return drawBatches(generator, topology, generator.users * generator.workflowsPerUser, 'w', randomStream(seed, 'workload'))
}

/** The workload's own workflows, as they are exported and drawn. */
export function workflowsOf(workload: Workload, topology: Topology): Workflow[] {
  return batchesOf(workload, topology).flat()
}
