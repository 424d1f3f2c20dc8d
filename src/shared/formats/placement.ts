import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { type Environment, routesBetween } from '../model/environment'
import { ChainWorld } from '../model/chain-world'
import { type CompiledScenario, environmentOf } from '../model/scenario'
import type { Chain } from '../model/workflow'
import type { World, WorldEpisode } from '../model/world'
import { type Format, names } from './format'
import { jsonPath } from './guard'
import { type Read, readBy, settled } from './read'

export const PLACEMENT = 'dmro-placement/1'

const Document = z.strictObject({
  format: z.literal(PLACEMENT),
  placements: z.record(z.string(), z.record(z.string(), z.string()))
})

/** Places by workflow and task, as the document has them. */
type Placed = ReadonlyMap<string, Readonly<Record<string, string>>>

/**
 * Placements of a scenario's own workflows from their document (`dmro-placement/1`): [episodes][decisions] location indices. Every workflow
 * and task must be there, and no other; every place must be reachable from where the task's data comes from.
 */
export function readPlacement(value: unknown, world: World, root = '$'): Read<Uint8Array[]> {
  const read = readBy(Document, value, root)
  if (!read.ok) return read
  const placements: Placed = new Map(Object.entries(read.value.placements))
  const known = new Set(world.episodes.flatMap(({ workflows }) => workflows.map(({ id }) => id)))
  const faults = [...placements.keys()].flatMap((id): Fault[] =>
    known.has(id)
      ? []
      : [{ path: jsonPath(['placements', id], root), message: `there is no workflow "${id}" in scenario "${world.scenario.name}"` }]
  )
  const indices =
    world instanceof ChainWorld
      ? placeChains(world.compiled, placements, root, faults)
      : world.episodes.map((episode) => placeEpisode(episode, placements, root, faults))
  return settled(indices, faults)
}

/** What is said of one workflow, without tasks it does not have; undefined, and told, where nothing is said of it. */
function placesOf(id: string, taskIds: readonly string[], placements: Placed, root: string, faults: Fault[]) {
  const path = jsonPath(['placements', id], root)
  const placed = placements.get(id)
  if (placed === undefined) faults.push({ path, message: 'this workflow is not placed' })
  const nodes = new Map(Object.entries(placed ?? {}))
  const known = new Set(taskIds)
  for (const task of nodes.keys())
    if (!known.has(task)) faults.push({ path: jsonPath([task], path), message: `workflow "${id}" has no task "${task}"` })
  return placed && { path, nodes }
}

function placeChains(compiled: CompiledScenario, placements: Placed, root: string, faults: Fault[]): Uint8Array[] {
  return compiled.chains.map((chain) => {
    const said = placesOf(chain.id, chain.taskIds, placements, root, faults)
    return said ? placeChain(chain, environmentOf(compiled.environments, chain), said.nodes, said.path, faults) : new Uint8Array()
  })
}

/** The decisions of an episode in their order; routes are looked at until one is missing, since nothing is known of what is behind it. */
function placeEpisode(episode: WorldEpisode, placements: Placed, root: string, faults: Fault[]): Uint8Array {
  const said = episode.workflows.map(({ id, tasks }) =>
    placesOf(
      id,
      tasks.map((task) => task.id),
      placements,
      root,
      faults
    )
  )
  const indices = new Uint8Array(episode.decisions)
  let state: unknown = episode.start()
  episode.order.forEach(({ workflow, task }, i) => {
    const places = said[workflow]
    if (!places) {
      state = undefined
      return
    }
    const { id } = episode.workflows[workflow].tasks[task]
    const locations = episode.locations(workflow)
    const node = places.nodes.get(id)
    const at = locations.findIndex((location) => location.id === node)
    const moves = state === undefined ? undefined : episode.moves(state)
    const mayUse = `it may use ${listed(locations.filter((_, k) => !moves || moves[k]))}`
    const fault = (message: string) => faults.push({ path: jsonPath([id], places.path), message })
    if (node === undefined) fault('this task is not placed')
    else if (at < 0) fault(`"${node}" is not a place for this workflow; ${mayUse}`)
    else if (moves && !moves[at]) fault(`no route leads to "${node}" from where its data comes from; ${mayUse}`)
    else indices[i] = at
    state = moves && at >= 0 && moves[at] ? episode.step(state, at).next : undefined
  })
  return indices
}

const listed = (places: readonly { id: string }[]) =>
  places
    .slice(0, 20)
    .map(({ id }) => id)
    .join(', ')

function placeChain(chain: Chain, environment: Environment, nodes: ReadonlyMap<string, string>, path: string, faults: Fault[]): Uint8Array {
  const { locations, reachable } = environment
  const mayUse = `it may use ${listed(locations.filter((_, k) => reachable[k]))}`
  let previous: number | undefined = 0
  const indices = chain.taskIds.map((id) => {
    const node = nodes.get(id)
    const at = locations.findIndex((location) => location.id === node)
    const fault = (message: string) => faults.push({ path: jsonPath([id], path), message })
    if (node === undefined) fault('this task is not placed')
    else if (at < 0) fault(`"${node}" is not a place for this workflow; ${mayUse}`)
    // Links lead both ways and routes back pass the same relays, so what is reached can answer.
    else if (!reachable[at]) fault(`there is no route from "${chain.device}" to "${node}"; ${mayUse}`)
    else if (previous !== undefined && routesBetween(environment, previous, at).length === 0) {
      fault(`there is no route from "${locations[previous].id}", where the task before is placed, to "${node}"`)
    }
    previous = at >= 0 && reachable[at] ? at : undefined
    return at
  })
  return Uint8Array.from(indices)
}

/** The document of placements by workflow and task. */
export function writePlacement(placements: Readonly<Record<string, Readonly<Record<string, string>>>>): object {
  return { format: PLACEMENT, placements }
}

export const placementFormat: Format = {
  id: 'placement',
  title: `our placement (${PLACEMENT})`,
  documents: [{ name: PLACEMENT, schema: Document }],
  recognises: names(PLACEMENT)
}
