import { readTopology, recognise, SCENARIO, writeTopology, writeWorkload } from '@shared/formats'
import { devicesOf, type Topology } from '@shared/model/topology'
import type { Workload } from '@shared/model/workload'
import { UsageError } from './command'
import { accept, type NamedDocument, openDocument } from './documents'

/** Where workflows are placed when nothing else is said. */
export const DEFAULT_TOPOLOGY = 'one-edge-one-cloud'

/** The workload of a document in any format that holds one; imported workflows belong to `device`. */
function workloadOf({ source, value }: NamedDocument, device: string): Workload {
  const format = recognise(value)
  if (format?.readWorkload) return accept(source, format.readWorkload(value, { device }))
  throw new UsageError(
    `"${source}" holds neither a scenario nor workflows; it ${format ? `is in the format ${format.id}` : 'is not in a known format'}`
  )
}

/** The topology of a document in any format that holds one. Throws InputError. */
export function documentTopology({ source, value }: Pick<NamedDocument, 'source' | 'value'>): Topology {
  return accept(source, (recognise(value)?.readTopology ?? readTopology)(value))
}

/** A scenario's document: as in its file, or made of workflows and the topology `on`; what is of the library as the version it is. */
export function scenarioDocument(document: NamedDocument, on: string | undefined, home: string): unknown {
  if (recognise(document.value)?.id === 'scenario') {
    if (on !== undefined) throw new UsageError('--on is for files of workflows; this scenario has its own topology')
    return document.value
  }
  const place = openDocument(on ?? DEFAULT_TOPOLOGY, home, ['topology'])
  const topology = documentTopology(place)
  const workload = workloadOf(document, devicesOf(topology)[0].id)
  return {
    format: SCENARIO,
    name: `${workload.name} on ${topology.name}`,
    topology: place.saved ?? writeTopology(topology),
    workload: document.saved ?? writeWorkload(workload)
  }
}
