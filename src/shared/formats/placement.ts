import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { type Environment, routesBetween } from '../model/environment'
import { ChainWorld } from '../model/chain-world'
import { environmentOf } from '../model/scenario'
import type { Chain } from '../model/workflow'
import type { World } from '../model/world'
import { type Format, names } from './format'
import { jsonPath } from './guard'
import { type Read, readBy, settled } from './read'

export const PLACEMENT = 'dmro-placement/1'

const Document = z.strictObject({
  format: z.literal(PLACEMENT),
  placements: z.record(z.string(), z.record(z.string(), z.string()))
})

/**
 * Placements of a scenario's own workflows from their document (`dmro-placement/1`): location indices, in the order of
 * `world.episodes`. Every workflow and task must be there, and no other; every place must be reachable from the one before.
 */
export function readPlacement(value: unknown, world: World, root = '$'): Read<Uint8Array[]> {
  const read = readBy(Document, value, root)
  if (!read.ok) return read
  if (!(world instanceof ChainWorld)) throw new RangeError('only chains can be placed by a document')
  const { compiled } = world
  const placements = new Map(Object.entries(read.value.placements))
  const known = new Set(compiled.chains.map((chain) => chain.id))
  const faults = [...placements.keys()].flatMap((id): Fault[] =>
    known.has(id)
      ? []
      : [{ path: jsonPath(['placements', id], root), message: `there is no workflow "${id}" in scenario "${compiled.scenario.name}"` }]
  )
  const indices = compiled.chains.map((chain) => {
    const path = jsonPath(['placements', chain.id], root)
    const placed = placements.get(chain.id)
    if (placed) return placeChain(chain, environmentOf(compiled.environments, chain), placed, path, faults)
    faults.push({ path, message: 'this workflow is not placed' })
    return new Uint8Array()
  })
  return settled(indices, faults)
}

function placeChain(
  chain: Chain,
  environment: Environment,
  placed: Readonly<Record<string, string>>,
  path: string,
  faults: Fault[]
): Uint8Array {
  const { locations, reachable } = environment
  const nodes = new Map(Object.entries(placed))
  const known = new Set(chain.taskIds)
  for (const id of nodes.keys())
    if (!known.has(id)) faults.push({ path: jsonPath([id], path), message: `workflow "${chain.id}" has no task "${id}"` })
  const places = locations.filter((_, k) => reachable[k]).map((location) => location.id)
  const mayUse = `it may use ${places.slice(0, 20).join(', ')}`
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
  document: { name: PLACEMENT, schema: Document },
  recognises: names(PLACEMENT)
}
