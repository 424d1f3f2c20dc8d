import { readWfCommons, readWorkload, recognise, SCENARIO, writeWorkload } from '@shared/formats'
import type { Workload } from '@shared/model/workload'
import { devicesOf } from '@shared/model/topology'
import { readTopology, writeTopology } from '@shared/formats'
import { UsageError } from './command'
import { accept, type NamedDocument, openDocument } from './documents'

/** Where workflows are placed when nothing else is said. */
const DEFAULT_TOPOLOGY = 'one-edge-one-cloud'

/** The workload of a document in any format that holds one; imported workflows belong to `device`. */
export function workloadOf({ source, value }: NamedDocument, device: string): Workload {
  const format = recognise(value)
  if (format === 'workload') return accept(source, readWorkload(value))
  if (format === 'wfcommons') return accept(source, readWfCommons(value, device))
  throw new UsageError(
    `"${source}" holds no scenario and no workflows; it ${format ? `is a ${format}` : 'is in no format that is known here'}`
  )
}

/** A scenario's document: as it stands in its file, names resolved, or made of workflows and the topology `on`. */
export function scenarioDocument(document: NamedDocument, on: string | undefined): unknown {
  if (recognise(document.value) === 'scenario') {
    if (on !== undefined) throw new UsageError('--on is for files of workflows; this scenario has its own topology')
    return document.value
  }
  const place = openDocument(on ?? DEFAULT_TOPOLOGY, ['topology'])
  const topology = accept(place.source, readTopology(place.value))
  const workload = workloadOf(document, devicesOf(topology)[0].id)
  return {
    format: SCENARIO,
    name: `${workload.name} on ${topology.name}`,
    topology: writeTopology(topology),
    workload: writeWorkload(workload)
  }
}
