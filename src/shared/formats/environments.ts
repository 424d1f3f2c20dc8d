import { z } from 'zod'
import type { EnvironmentSet } from '../model/environment-set'
import type { Topology } from '../model/topology'
import { atLeastZero, Name, Note, Seed } from './fields'
import { type Format, names, part, type Resolve, restated } from './format'
import { addFaults, partsIn, partsOf, type Read, readBy, refused } from './read'
import { readPart } from './scenario'
import { readTopology, writeTopology } from './topology'

export const ENVIRONMENTS = 'dmro-environments/1'

const MOST_MEMBERS = 2000
const MOST_TOPOLOGIES = 1000

const spread = (what: string) =>
  z.number().min(0, `${what} must not be negative`).max(3, `${what} must not exceed 3 (a factor of 20)`).default(0)

const Family = z.strictObject({
  // Embedded, or a name; read by its own format.
  around: part('topology').optional(),
  members: z
    .number()
    .int('members must be a whole number')
    .min(1, 'members must be at least 1')
    .max(MOST_MEMBERS, `members must not exceed ${MOST_MEMBERS}`),
  seed: Seed.default(0),
  bandwidth: spread('bandwidth'),
  serverSpeed: spread('serverSpeed'),
  deviceSpeed: spread('deviceSpeed'),
  energy: spread('energy'),
  energyWeight: z
    .tuple([atLeastZero('energyWeight'), atLeastZero('energyWeight')], { error: 'energyWeight must be two numbers, [low, high]' })
    .refine(([low, high]) => low <= high, 'energyWeight must be [low, high]')
    .optional()
})

const Document = z
  .strictObject({
    format: z.literal(ENVIRONMENTS),
    name: Name,
    note: Note,
    topologies: z.array(part('topology')).max(MOST_TOPOLOGIES, 'an environment set names 1,000 topologies at most').default([]),
    family: Family.optional()
  })
  .refine(({ topologies, family }) => topologies.length > 0 || family, 'an environment set needs topologies, a family, or both')

/** An environment set from its document (`dmro-environments/1`); topologies embedded or by name. */
export function readEnvironments(value: unknown, resolve?: Resolve, root = '$'): Read<EnvironmentSet> {
  const head = readBy(Document, value, root)
  const faults = head.ok ? [] : [...head.faults]
  const parts = partsOf(value)
  const topologyAt = (part: unknown, path: string) =>
    readPart(part, path, 'topology', resolve, (found, place) => readTopology(found, place))
  const topologies = partsIn(parts.topologies, MOST_TOPOLOGIES).map((part, i) => topologyAt(part, `${root}.topologies[${i}]`))
  const around = parts.family === undefined ? undefined : topologyAt(partsOf(parts.family).around, `${root}.family.around`)
  addFaults(
    faults,
    topologies.flatMap((topology) => (topology.ok ? [] : topology.faults))
  )
  if (around && !around.ok) addFaults(faults, around.faults)
  if (!head.ok || faults.length > 0) return refused(faults)
  const { name, note, family } = head.value
  const named = topologies.flatMap((topology): Topology[] => (topology.ok ? [topology.value] : []))
  const set: EnvironmentSet = { name, ...(note !== undefined && { note }), topologies: named }
  return { ok: true, value: family && around?.ok ? { ...set, family: { ...family, around: around.value } } : set }
}

export function writeEnvironments({ topologies, family, ...head }: EnvironmentSet): object {
  return {
    format: ENVIRONMENTS,
    ...head,
    topologies: topologies.map(writeTopology),
    ...(family && { family: { ...family, around: writeTopology(family.around) } })
  }
}

export const environmentsFormat: Format = {
  id: 'environments',
  title: `our environment set (${ENVIRONMENTS})`,
  documents: [{ name: ENVIRONMENTS, schema: Document }],
  recognises: names(ENVIRONMENTS),
  restate: (value, { resolve }) => restated(readEnvironments(value, resolve), writeEnvironments)
}
