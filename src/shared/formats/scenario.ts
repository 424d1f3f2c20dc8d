import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { DEFAULT_OBJECTIVE, type Objective } from '../model/objective'
import type { Scenario } from '../model/scenario'
import { devicesOf, type Topology } from '../model/topology'
import { isGenerated, type Workload } from '../model/workload'
import { atLeastZero, Name } from './fields'
import { type Read, readBy, refused } from './read'
import { readTopology, writeTopology } from './topology'
import { readWorkload, writeWorkload } from './workload'

export const SCENARIO = 'dmro-scenario/1'

/** The parts of a document that may stand in it by name. */
export type PartKind = 'topology' | 'workload' | 'scenario'

/** What a name in a document stands for; undefined where nothing of that kind is called so. May throw with its own account. */
export type Resolve = (name: string, kind: PartKind) => unknown

const ObjectiveDocument = z.strictObject({
  energyWeight: atLeastZero('energyWeight').default(DEFAULT_OBJECTIVE.energyWeight),
  edgeEnergyWeight: atLeastZero('edgeEnergyWeight').default(DEFAULT_OBJECTIVE.edgeEnergyWeight),
  cloudEnergyWeight: atLeastZero('cloudEnergyWeight').default(DEFAULT_OBJECTIVE.cloudEnergyWeight),
  scaling: z.enum(['local-only', 'none']).default(DEFAULT_OBJECTIVE.scaling),
  countReturn: z.boolean().default(DEFAULT_OBJECTIVE.countReturn)
}) satisfies z.ZodType<Objective>

/** Embedded, or a name; what it holds is read by its own format. */
const Part = z.union([z.string(), z.record(z.string(), z.unknown())], 'must be a document, or the name of one')

const Document = z.strictObject({
  format: z.literal(SCENARIO),
  name: Name,
  topology: Part,
  workload: Part,
  objective: ObjectiveDocument.prefault({})
})

/** A part of a document that may stand there itself or by its name. */
export function readPart<T>(value: unknown, path: string, kind: PartKind, resolve: Resolve | undefined, read: (value: unknown, root: string) => Read<T>): Read<T> {
  if (typeof value !== 'string') return read(value, path)
  const found = resolve?.(value, kind)
  if (found === undefined) return refused([{ path, message: `no ${kind} is called "${value}"` }])
  return read(found, path)
}

/** A scenario from its document (`dmro-scenario/1`); topology and workload embedded or by name. */
export function readScenario(value: unknown, resolve?: Resolve, root = '$'): Read<Scenario> {
  const head = readBy(Document, value, root)
  const parts = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const topology = readPart(parts.topology, `${root}.topology`, 'topology', resolve, readTopology)
  const workload = readPart(parts.workload, `${root}.workload`, 'workload', resolve, readWorkload)
  const faults = [head, ...('topology' in parts ? [topology] : []), ...('workload' in parts ? [workload] : [])].flatMap((part) => (part.ok ? [] : part.faults))
  if (topology.ok && workload.ok) faults.push(...ownerFaults(topology.value, workload.value, root))
  if (!head.ok || !topology.ok || !workload.ok || faults.length > 0) return refused(faults)
  const { name, objective } = head.value
  return { ok: true, value: { name, topology: topology.value, workload: workload.value, objective } }
}

/** Every workflow must belong to a device. A device without any route is no fault: its work stays local. */
function ownerFaults(topology: Topology, workload: Workload, root: string): Fault[] {
  if (isGenerated(workload)) return []
  const devices = new Set(devicesOf(topology).map((node) => node.id))
  const known = () => [...devices].slice(0, 10).join(', ')
  return workload.workflows.flatMap(({ device }, i) => {
    if (devices.has(device)) return []
    const isNode = topology.nodes.some((node) => node.id === device)
    const why = isNode ? `"${device}" is no device` : `there is no node "${device}"`
    return [{ path: `${root}.workload.workflows[${i}].device`, message: `${why}; the devices are ${known()}` }]
  })
}

export function writeScenario({ name, topology, workload, objective }: Scenario): object {
  return { format: SCENARIO, name, topology: writeTopology(topology), workload: writeWorkload(workload), objective }
}
