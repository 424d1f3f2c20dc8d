import { meanInterval95 } from '../statistics/intervals'
import { advance } from '../model/advance'
import type { Executor } from '../model/batch/executor'
import { BatchWorld } from '../model/batch/model'
import { batchesOf, drawBatches } from '../model/batch/draw'
import { type BatchLoad, batchLoadOf } from '../model/queues'
import { randomStream } from '../model/random'
import type { Scenario } from '../model/scenario'
import { type Upgrade, upgraded, upgradesOf } from '../model/upgrades'
import type { Workflow } from '../model/workflow'
import { isGenerated } from '../model/workload'
import { Annealing, TEMPERATURES } from '../model/search/annealing'
import { outlookOf } from '../model/search/outlook-of'
import { referenceOf } from '../model/search/reference'
import { planBy, RULES } from '../model/search/rules'
import { type Plan, searched } from '../model/search/search'

/** What a quick look at the queues of a scenario may take. */
export interface LookEffort {
  /** Batches that are placed; of long ones fewer. */
  batches: number
  /** Changes tried for each of them, up to so many tasks; of more, fewer in proportion, since each takes longer. */
  evaluations: number
  tasks: number
}

/** About half a second for twenty batches of 4 × 10 tasks, upgrades not counted. */
export const LOOK: LookEffort = { batches: 20, evaluations: 1500, tasks: 40 }

/** Tasks of all batches that are placed, at most: those of one batch count whatever they are. */
const MOST_TASKS = 1600

/** What an upgrade brings: differences to the same search without it, means over the batches. */
export interface Help {
  upgrade: Upgrade
  /** Mean T of a workflow, seconds; Q relative to what it was. Less than 0 is better. */
  delaySeconds: number
  cost: number
  /** Half the 95 % interval of `cost` over the batches; absent for fewer than three. */
  costHalf?: number
}

/** Where the traffic of a sample of batches queues, and what would help: the best first. */
export interface Look {
  batches: number
  /** Workflows of all these batches. */
  workflows: number
  evaluations: number
  load: BatchLoad
  /** Mean T of a workflow, seconds, and mean Q of a batch. */
  delaySeconds: number
  cost: number
  help: Help[]
}

/** The workload's own batches and further ones of its generator, as many as are looked at. */
function sampleBatches({ workload, topology }: Scenario, { batches }: LookEffort): Workflow[][] {
  const own = batchesOf(workload, topology)
  const all = [...own]
  if (isGenerated(workload) && own.length < batches) {
    const { generator, seed } = workload
    const count = (batches - own.length) * (generator.together ?? 1)
    all.push(...drawBatches(generator, topology, count, 's', randomStream(seed, 'preview')))
  }
  let tasks = 0
  return all.slice(0, batches).filter((batch, i) => {
    tasks += batch.reduce((sum, workflow) => sum + workflow.tasks.length, 0)
    return i === 0 || tasks <= MOST_TASKS
  })
}

/** Anneals a plan of batch `b`: always by the same changes, so that differences are of the world and not of luck. */
function annealed(executor: Executor, start: Uint8Array | undefined, b: number, evaluations: number): Plan {
  const outlook = outlookOf(executor)
  const begun = start
    ? { placement: start, cost: executor.run(start) }
    : RULES.map((rule) => planBy(outlook, rule)).reduce((best, plan) => (plan.cost < best.cost ? plan : best))
  const random = randomStream(b + 1, 'action')
  const { placement } = searched(new Annealing(outlook, { start: begun, evaluations, random, from: TEMPERATURES.warm }))
  advance()
  return { placement, cost: executor.run(placement) }
}

/** The same places for the same tasks in another world, whose decisions may come in another order. */
function carried(from: Executor, placement: Uint8Array, to: Executor): Uint8Array {
  const places = new Map(from.batch.order.map(({ workflow, task }, i) => [`${workflow}/${task}`, placement[i]]))
  return Uint8Array.from(to.batch.order, ({ workflow, task }) => places.get(`${workflow}/${task}`) ?? 0)
}

/**
 * Places a sample of a scenario's batches on shared machines by rules and annealing, and again after each plausible upgrade, from the same
 * plans by the same search; what it was without is searched as long. Costs stay in the units of the scenario as it is. Throws RangeError
 * for unknown devices and for what cannot be executed, by workflow and task.
 */
export function whatHelps(scenario: Scenario, effort: LookEffort = LOOK): Look {
  const { topology } = scenario
  const batches = sampleBatches(scenario, effort)
  const longest = batches.reduce(
    (most, batch) =>
      Math.max(
        most,
        batch.reduce((sum, { tasks }) => sum + tasks.length, 0)
      ),
    1
  )
  const evaluations = Math.max(100, Math.floor(effort.evaluations * Math.min(1, effort.tasks / longest)))
  const world = new BatchWorld('shared', scenario, undefined, referenceOf)
  const executors = batches.map((batch) => world.episode(batch).executor)
  const first = executors.map((executor, b) => annealed(executor, undefined, b, evaluations))
  const placed = executors.map((executor, b) => annealed(executor, first[b].placement, b, evaluations))
  const schedules = executors.map((executor, b) => executor.schedule(placed[b].placement))
  const load = batchLoadOf(
    topology,
    batches.map((workflows, b) => ({ workflows, schedules: schedules[b] }))
  )
  const delayOf = (executor: Executor, { placement }: Plan) => executor.measure(placement).delaySeconds
  const workflows = batches.reduce((sum, batch) => sum + batch.length, 0)
  const delays = executors.map((executor, b) => delayOf(executor, placed[b]))
  const help = upgradesOf(topology, load).map((upgrade): Help => {
    const after = new BatchWorld('shared', { ...scenario, topology: upgraded(topology, upgrade) }, world.references, referenceOf)
    const found = batches.map((batch, b) => {
      const { executor } = after.episode(batch)
      const plan = annealed(executor, carried(executors[b], first[b].placement, executor), b, evaluations)
      return { seconds: delayOf(executor, plan) - delays[b], cost: plan.cost / placed[b].cost - 1 }
    })
    const costs = found.map(({ cost }) => cost)
    const interval = costs.length > 2 ? meanInterval95(costs) : undefined
    return {
      upgrade,
      delaySeconds: found.reduce((sum, { seconds }) => sum + seconds, 0) / workflows,
      cost: costs.reduce((sum, cost) => sum + cost, 0) / batches.length,
      ...(interval && { costHalf: (interval[1] - interval[0]) / 2 })
    }
  })
  return {
    batches: batches.length,
    workflows,
    evaluations,
    load,
    delaySeconds: delays.reduce((sum, delay) => sum + delay, 0) / workflows,
    cost: placed.reduce((sum, { cost }) => sum + cost, 0) / batches.length,
    help: help.sort((a, b) => a.cost - b.cost)
  }
}
