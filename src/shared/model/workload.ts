import { type RandomStream, randomStream } from './random'
import { devicesOf, type Topology } from './topology'
import { type Chain, chainOf, type Workflow } from './workflow'

export type Range = readonly [low: number, high: number]

/**
 * The paper's workload (section V-A): every size is drawn uniformly from its range.
 *
 * @paper section V-A: Four users of five workflows; the number of tasks N is not told, 10 by default.
 */
export interface GeneratorParameters {
  users: number
  workflowsPerUser: number
  /** N, tasks a workflow. */
  tasks: number
  /** MB of the first flow, e₀,₁. */
  firstMegabytes: Range
  /** MB of every later flow, the return included. */
  laterMegabytes: Range
  megacycles: Range
  /** Layered graphs instead of chains. */
  graph?: GraphShape
  /** Workflows that are released together as one batch (M); 1 unless said. */
  together?: number
  /** Mean of the exponential gaps between the releases of one batch's workflows, in seconds; all at 0 unless said. */
  gapSeconds?: number
}

/** How layered graphs are drawn; `batch/draw.ts` states the draw order. */
export interface GraphShape {
  /** Level widths are N^fat · U(.5, 1.5). */
  fat: Range
  /** Parents of a task: 1 + ⌊U(0, density · width of the level before)⌋. */
  density: Range
  /** "split": a task's output is divided over its successors; "full": every flow has its own size. */
  flows: 'split' | 'full'
}

export const PAPER_GENERATOR: GeneratorParameters = {
  users: 4,
  workflowsPerUser: 5,
  tasks: 10,
  firstMegabytes: [50, 100],
  laterMegabytes: [10, 50],
  megacycles: [1e3, 1e5]
}

export interface ExplicitWorkload {
  name: string
  note?: string
  workflows: Workflow[]
}

export interface GeneratedWorkload {
  name: string
  note?: string
  generator: GeneratorParameters
  seed: number
}

export type Workload = ExplicitWorkload | GeneratedWorkload

export function isGenerated(workload: Workload): workload is GeneratedWorkload {
  return 'generator' in workload
}

/**
 * One more workflow of the generator, for user `user`. Users own the topology's devices in turn.
 * Draw order (part of the format: a seed names a workload): e₀,₁ v₁ e₁,₂ … v_N e_N,N+1.
 */
export function drawChain(generator: GeneratorParameters, topology: Topology, user: number, id: string, random: RandomStream): Chain {
  const devices = devicesOf(topology)
  const megacycles = new Float64Array(generator.tasks)
  const megabytes = new Float64Array(generator.tasks + 1)
  megabytes[0] = random.between(...generator.firstMegabytes)
  for (let i = 0; i < generator.tasks; i++) {
    megacycles[i] = random.between(...generator.megacycles)
    megabytes[i + 1] = random.between(...generator.laterMegabytes)
  }
  const taskIds = Array.from(megacycles, (_, i) => `t${i + 1}`)
  return { id, device: devices[user % devices.length].id, taskIds, megacycles, megabytes }
}

/** `count` workflows of the generator, users in turn, ids `prefix1`, `prefix2`, … */
export function drawChains(
  generator: GeneratorParameters,
  topology: Topology,
  count: number,
  prefix: string,
  random: RandomStream
): Chain[] {
  return Array.from({ length: count }, (_, i) => drawChain(generator, topology, i % generator.users, `${prefix}${i + 1}`, random))
}

/** The workload's own workflows as chains: the paper's 4 users × 5 where it is generated. */
export function chainsOf(workload: Workload, topology: Topology): Chain[] {
  if (!isGenerated(workload)) return workload.workflows.map(chainOf)
  const { generator, seed } = workload
  const count = generator.users * generator.workflowsPerUser
  return drawChains(generator, topology, count, 'w', randomStream(seed, 'workload'))
}
