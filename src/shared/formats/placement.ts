import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { type CompiledScenario, environmentOf } from '../model/scenario'
import { jsonPath, type Read, readBy, settled } from './read'

export const PLACEMENT = 'dmro-placement/1'

const Document = z.strictObject({
  format: z.literal(PLACEMENT),
  placements: z.record(z.string(), z.record(z.string(), z.string()))
})

/**
 * Placements of a scenario's own workflows from their document (`dmro-placement/1`): location indices, in the order of
 * `compiled.chains`. Every workflow and task must be there, and no other.
 */
export function readPlacement(value: unknown, compiled: CompiledScenario, root = '$'): Read<Uint8Array[]> {
  const read = readBy(Document, value, root)
  if (!read.ok) return read
  const { placements } = read.value
  const path = (...keys: string[]) => jsonPath(['placements', ...keys], root)
  const faults: Fault[] = []
  const known = new Set(compiled.chains.map((chain) => chain.id))
  for (const id of Object.keys(placements)) if (!known.has(id)) faults.push({ path: path(id), message: `there is no workflow "${id}" in scenario "${compiled.scenario.name}"` })
  const indices = compiled.chains.map((chain) => {
    const placed = Object.hasOwn(placements, chain.id) ? placements[chain.id] : undefined
    const result = new Uint8Array(chain.taskIds.length)
    if (!placed) {
      faults.push({ path: path(chain.id), message: 'this workflow is not placed' })
      return result
    }
    const environment = environmentOf(compiled.environments, chain)
    for (const id of Object.keys(placed)) if (!chain.taskIds.includes(id)) faults.push({ path: path(chain.id, id), message: `workflow "${chain.id}" has no task "${id}"` })
    chain.taskIds.forEach((id, i) => {
      const node = Object.hasOwn(placed, id) ? placed[id] : undefined
      const at = environment.locations.findIndex((location) => location.id === node)
      const places = () => environment.locations.filter((_, k) => environment.reachable[k]).map((location) => location.id).join(', ')
      if (node === undefined) faults.push({ path: path(chain.id, id), message: 'this task is not placed' })
      else if (at < 0) faults.push({ path: path(chain.id, id), message: `"${node}" is no place for this workflow; it may use ${places()}` })
      else if (!environment.reachable[at]) faults.push({ path: path(chain.id, id), message: `there is no route from "${chain.device}" to "${node}"; it may use ${places()}` })
      else result[i] = at
    })
    return result
  })
  return settled(indices, faults)
}

/** The document of placements by workflow and task. */
export function writePlacement(placements: Readonly<Record<string, Readonly<Record<string, string>>>>): object {
  return { format: PLACEMENT, placements }
}
