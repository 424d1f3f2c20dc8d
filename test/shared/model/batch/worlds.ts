import { batchModel } from '@shared/model/batch/model'
import type { BatchEpisode } from '@shared/model/batch/episode'
import type { Objective } from '@shared/model/objective'
import type { Execution, Scenario } from '@shared/model/scenario'
import type { Link, TopologyNode } from '@shared/model/topology'
import type { Flow, Workflow } from '@shared/model/workflow'
import { cases, fc } from '../../properties'
import { randomBatch } from '../../../independent/batch-worlds'

/** Seconds and joules as they are, δ = 1. */
export const PLAIN: Objective = { energyWeight: 1, edgeEnergyWeight: 1, cloudEnergyWeight: 1, scaling: 'none', countReturn: true }

export const device = (id: string, more: Partial<TopologyNode> = {}): TopologyNode => ({
  id,
  tier: 'device',
  computeMHz: 1,
  energyPerMegacycle: 0,
  ...more
})
export const edge = (id: string, more: Partial<TopologyNode> = {}): TopologyNode => ({ ...device(id, more), tier: 'edge' })
export const cloud = (id: string, more: Partial<TopologyNode> = {}): TopologyNode => ({ ...device(id, more), tier: 'cloud' })
export const link = (from: string, to: string, bandwidthMBps = 1, more: Partial<Link> = {}): Link => ({
  from,
  to,
  bandwidthMBps,
  latencyMs: 0,
  ...more
})

/** Tasks by name and megacycles, flows as "from to megabytes". */
export function workflow(id: string, tasks: Record<string, number>, flows: string[], more: Partial<Workflow> = {}): Workflow {
  const flow = (text: string): Flow => {
    const [from, to, megabytes] = text.split(' ')
    return { from, to, megabytes: Number(megabytes) }
  }
  return {
    id,
    device: 'd',
    tasks: Object.entries(tasks).map(([name, megacycles]) => ({ id: name, megacycles })),
    flows: flows.map(flow),
    ...more
  }
}

export function scenarioOf(
  nodes: TopologyNode[],
  links: Link[],
  workflows: Workflow[],
  execution: Execution = 'shared',
  objective: Partial<Objective> = {}
): Scenario {
  return {
    name: 'test',
    topology: { name: 'test', nodes, links },
    workload: { name: 'test', workflows },
    objective: { ...PLAIN, ...objective },
    execution
  }
}

/** The first episode of a scenario under its execution. */
export function episodeOf(scenario: Scenario): BatchEpisode {
  return batchModel(scenario.execution ?? 'independent').compile(scenario).episodes[0] as BatchEpisode
}

/** The placement of an episode from where each task, "workflow.task" or "task" of the first, runs. */
export function placementOf(episode: BatchEpisode, places: Record<string, string>): number[] {
  return episode.order.map(({ workflow, task }) => {
    const { id, tasks } = episode.workflows[workflow]
    const node = places[`${id}.${tasks[task].id}`] ?? places[tasks[task].id]
    return episode.locations(workflow).findIndex((location) => location.id === node)
  })
}

/** "start–finish" of every task and "start–end>arrival" of every hop, as "task" or "from>to node>node", in seconds. */
export function timesOf(episode: BatchEpisode, places: Record<string, string>): Record<string, string> {
  const times: Record<string, string> = {}
  for (const { tasks, transfers } of episode.schedule(placementOf(episode, places))) {
    for (const { id, startSeconds, finishSeconds } of tasks) times[id] = `${startSeconds}–${finishSeconds}`
    for (const { from, to, fromNode, toNode, startSeconds, endSeconds } of transfers ?? []) {
      times[`${from}>${to} ${fromNode}>${toNode}`] = `${startSeconds}–${endSeconds}`
    }
  }
  return times
}

/** Random batches as scenarios under `execution`, with a placement over places that the devices reach. */
export const placedBatches = (execution: Execution) =>
  fc.tuple(fc.nat({ max: 100_000 }), fc.array(fc.nat(), { minLength: 24, maxLength: 24 })).map(([seed, draws]) => {
    const { topology, workflows, objective } = randomBatch(seed)
    const scenario = { ...scenarioOf(topology.nodes, topology.links, workflows, execution), objective }
    const model = batchModel(execution).compile(scenario)
    const placements = model.episodes.map((episode) => {
      let state = episode.start()
      return Uint8Array.from({ length: episode.decisions }, (_, i) => {
        const free = [...episode.moves(state).keys()].filter((k) => episode.moves(state)[k] === 1)
        const place = free[draws[i] % free.length]
        state = episode.step(state, place).next
        return place
      })
    })
    return { scenario, world: model, episodes: model.episodes as BatchEpisode[], placements }
  })

export { cases, fc }
