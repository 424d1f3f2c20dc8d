import { count } from '../format'
import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { DEFAULT_OBJECTIVE, type Objective } from '../model/objective'
import { DEFAULT_EXECUTION, EXECUTIONS, factsOf, type Scenario } from '../model/scenario'
import { devicesOf, type Topology } from '../model/topology'
import type { Workload } from '../model/workload'
import { atLeastZero, Name } from './fields'
import { type Format, names, part, type PartKind, type Resolve, restated } from './format'
import { addFaults, partsOf, type Read, readBy, recordsIn, refused } from './read'
import { roundTripTopologyFaults, roundTripWorkloadFaults } from './round-trip'
import { readTopology, writeTopology } from './topology'
import { claimsVersion, type NamedPart, VersionDocument, versionText } from './library-version'
import { versionsOf, withoutDefaults } from './versions'
import { isWfCommons, readWfCommons } from './wfcommons'
import { readWorkload, writeWorkload } from './workload'

export const SCENARIO = 'dmro-scenario/1'
/** With an execution. */
export const SCENARIO_2 = 'dmro-scenario/2'

const ObjectiveDocument = z.strictObject({
  energyWeight: atLeastZero('energyWeight').default(DEFAULT_OBJECTIVE.energyWeight),
  edgeEnergyWeight: atLeastZero('edgeEnergyWeight').default(DEFAULT_OBJECTIVE.edgeEnergyWeight),
  cloudEnergyWeight: atLeastZero('cloudEnergyWeight').default(DEFAULT_OBJECTIVE.cloudEnergyWeight),
  scaling: z.enum(['local-only', 'none']).default(DEFAULT_OBJECTIVE.scaling),
  countReturn: z.boolean().default(DEFAULT_OBJECTIVE.countReturn)
}) satisfies z.ZodType<Objective>

/** Numbers of the largest cost table, N·K² of eq. (14): 160 MB. */
const MOST_COSTS = 20_000_000

const SCENARIO_FIELDS_2 = { execution: z.enum(EXECUTIONS).optional() }
/** What a scenario's document says itself. */
type Head = { format: string } & Pick<Scenario, 'name' | 'objective' | 'execution'>

const versions = versionsOf<Head>([SCENARIO, SCENARIO_2], [SCENARIO_FIELDS_2], (format, isSecond) => {
  const document = z.strictObject({
    format,
    name: Name,
    // Embedded, or a name; what they hold is read by their own formats, each in a version of its own.
    topology: part('topology').optional(),
    workload: part('workload').optional(),
    objective: ObjectiveDocument.prefault({})
  })
  return isSecond ? document.extend(SCENARIO_FIELDS_2) : document
})

/** A part of a document that may stand there itself, by its name, or as a version of the library. */
export function readPart<T>(
  value: unknown,
  path: string,
  kind: PartKind,
  resolve: Resolve | undefined,
  read: (value: unknown, root: string) => Read<T>
): Read<T> {
  if (typeof value !== 'string' && !claimsVersion(value)) return read(value, path)
  const part = typeof value === 'string' ? { ok: true as const, value } : readBy(VersionDocument, value, path)
  if (!part.ok) return part
  const found = resolve?.(part.value, kind)
  if (found === undefined) return refused([{ path, message: unknownPart(part.value, kind) }])
  return read(found, path)
}

/** Why a part that is named cannot be read. */
function unknownPart(part: NamedPart, kind: PartKind): string {
  if (typeof part === 'string') return `unknown ${kind} "${part}"; correct the name, or put the document itself here`
  return `there is no ${kind} "${versionText(part)}" (${part.id}) in this library, nor one of its content; restore it from the bin, import it, or put the document itself here`
}

/**
 * A scenario from its document (`dmro-scenario/1` or `/2`); topology and workload embedded or by name. The workload may be a
 * WfCommons document too: its workflow then belongs to the topology's first device.
 */
export function readScenario(value: unknown, resolve?: Resolve, root = '$'): Read<Scenario> {
  const head = versions.read(value, root)
  if (typeof value !== 'object' || value === null) return refused(head.ok ? [] : head.faults)
  const parts = partsOf(value)
  const topology = readPart(parts.topology, `${root}.topology`, 'topology', resolve, readTopology)
  const device = topology.ok ? devicesOf(topology.value)[0].id : undefined
  const workload = readPart(parts.workload, `${root}.workload`, 'workload', resolve, (found, path) =>
    isWfCommons(found) ? readWfCommons(found, device, path) : readWorkload(found, path)
  )
  const faults = [head, topology, workload].flatMap((part) => (part.ok ? [] : part.faults))
  if (topology.ok) addFaults(faults, ownerFaults(topology.value, workload.ok ? workload.value : parts.workload, root))
  if (topology.ok && workload.ok) addFaults(faults, sizeFaults(topology.value, workload.value, root))
  if (parts.execution === 'round-trip') {
    const work = workload.ok ? workload.value : parts.workload
    const owners = new Set(recordsIn(work, 'workflows').map(({ record }) => record.device))
    if (topology.ok) addFaults(faults, roundTripTopologyFaults(topology.value, owners, `${root}.topology`))
    addFaults(faults, roundTripWorkloadFaults(work, `${root}.workload`))
  }
  if (!head.ok || !topology.ok || !workload.ok || faults.length > 0) return refused(faults)
  const { name, objective, execution } = head.value
  const scenario = { name, topology: topology.value, workload: workload.value, objective, ...(execution !== undefined && { execution }) }
  return { ok: true, value: withoutDefaults(scenario, { execution: DEFAULT_EXECUTION }) }
}

/** Every workflow must belong to a device. A device without any route is not a fault: its work stays local. */
function ownerFaults(topology: Topology, workload: unknown, root: string): Fault[] {
  const devices = new Set(devicesOf(topology).map((node) => node.id))
  const known = () => [...devices].slice(0, 10).join(', ')
  return recordsIn(workload, 'workflows').flatMap(({ record: { device }, i }) => {
    if (typeof device !== 'string' || devices.has(device)) return []
    const isNode = topology.nodes.some((node) => node.id === device)
    const why = isNode ? `"${device}" is not a device` : `there is no node "${device}"`
    return [{ path: `${root}.workload.workflows[${i}].device`, message: `${why}; the devices are ${known()}` }]
  })
}

function sizeFaults(topology: Topology, workload: Workload, root: string): Fault[] {
  const { locations: places, tasks } = factsOf({ topology, workload, objective: DEFAULT_OBJECTIVE })
  if (tasks * places ** 2 <= MOST_COSTS) return []
  const message = `${count(tasks, 'task', 'tasks')} per workflow on ${count(places, 'place', 'places')} need ${tasks * places ** 2} step costs, ${MOST_COSTS} at most; use fewer tasks or places`
  return [{ path: `${root}.workload`, message }]
}

/** Its document, and those of its parts, each in the version that holds what it has. */
export function writeScenario({ name, topology, workload, objective, execution }: Scenario): object {
  const parts = { name, topology: writeTopology(topology), workload: writeWorkload(workload), objective }
  return execution === undefined ? { format: SCENARIO, ...parts } : { format: SCENARIO_2, ...parts, execution }
}

export const scenarioFormat: Format = {
  id: 'scenario',
  title: 'our scenario (dmro-scenario)',
  documents: versions.documents,
  recognises: names(SCENARIO, SCENARIO_2),
  restate: (value, { resolve }) => restated(readScenario(value, resolve), writeScenario)
}
