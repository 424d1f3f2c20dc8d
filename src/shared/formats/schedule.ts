import { z } from 'zod'
import type { Schedule, ScheduledChange } from '../experiment/changes'
import type { Fault } from '../experiment/experiment'
import type { Topology } from '../model/topology'
import { Name, Note } from './fields'
import { type Format, names, restated } from './format'
import { type Read, readBy, refused } from './read'

export const SCHEDULE = 'dmro-schedule/1'

const MOST_CHANGES = 1000
const MOST_WORKFLOWS = 10_000_000

const factor = (what: string) => z.number().min(1e-6, `${what} must be at least 0.000001`).max(1e6, `${what} must not exceed 1,000,000`)

const Change = z.strictObject({
  at: z.number().int('a change happens at a whole workflow').min(0, 'workflows are counted from 0'),
  links: z.array(z.strictObject({ from: z.string(), to: z.string(), bandwidthFactor: factor('bandwidthFactor') })).default([]),
  nodes: z.array(z.strictObject({ id: z.string(), speedFactor: factor('speedFactor') })).default([])
})

const Document = z.strictObject({
  format: z.literal(SCHEDULE),
  name: Name,
  note: Note,
  workflows: z
    .number()
    .int('workflows must be a whole number')
    .min(1, 'a schedule needs at least one workflow')
    .max(MOST_WORKFLOWS, `a schedule has ${MOST_WORKFLOWS.toLocaleString('en')} workflows at most`),
  changes: z.array(Change).max(MOST_CHANGES, `a schedule has ${MOST_CHANGES} changes at most`)
})

/** A schedule of changes from its document (`dmro-schedule/1`); with `topology`, its links and nodes must be there. */
export function readSchedule(value: unknown, topology?: Topology, root = '$'): Read<Schedule> {
  const read = readBy(Document, value, root)
  if (!read.ok) return read
  const { format: _, ...schedule } = read.value
  const faults = schedule.changes.flatMap((change, i) => changeFaults(change, schedule, i, topology, `${root}.changes[${i}]`))
  return faults.length > 0 ? refused(faults) : { ok: true, value: schedule }
}

/** Links lead both ways. */
const pairOf = (from: string, to: string) => JSON.stringify([from, to].sort())

function changeFaults(change: ScheduledChange, schedule: Schedule, i: number, topology: Topology | undefined, path: string): Fault[] {
  const faults: Fault[] = []
  if (change.at >= schedule.workflows)
    faults.push({
      path: `${path}.at`,
      message: `the schedule never reaches workflow ${change.at}: it has ${schedule.workflows}, counted from 0`
    })
  const before = schedule.changes[i - 1]
  if (before && change.at < before.at)
    faults.push({ path: `${path}.at`, message: `comes before the change at workflow ${before.at}; put the changes in order` })
  if (change.links.length + change.nodes.length === 0)
    faults.push({ path, message: 'changes nothing; name a link or a node, or remove it' })
  const links = new Set<string>()
  const nodes = new Set<string>()
  const joined = new Set(topology?.links.map(({ from, to }) => pairOf(from, to)))
  const known = new Set(topology?.nodes.map(({ id }) => id))
  change.links.forEach(({ from, to }, k) => {
    const pair = pairOf(from, to)
    if (topology && !joined.has(pair))
      faults.push({ path: `${path}.links[${k}]`, message: `no link of "${topology.name}" joins "${from}" and "${to}"` })
    if (links.has(pair)) faults.push({ path: `${path}.links[${k}]`, message: 'this link is changed twice at once; keep one' })
    links.add(pair)
  })
  change.nodes.forEach(({ id }, k) => {
    if (topology && !known.has(id))
      faults.push({
        path: `${path}.nodes[${k}].id`,
        message: `there is no node "${id}"; the nodes are ${[...known].slice(0, 10).join(', ')}`
      })
    if (nodes.has(id)) faults.push({ path: `${path}.nodes[${k}].id`, message: 'this node is changed twice at once; keep one' })
    nodes.add(id)
  })
  return faults
}

export function writeSchedule(schedule: Schedule): object {
  return { format: SCHEDULE, ...schedule }
}

export const scheduleFormat: Format = {
  id: 'schedule',
  title: `our schedule of changes (${SCHEDULE})`,
  documents: [{ name: SCHEDULE, schema: Document }],
  recognises: names(SCHEDULE),
  restate: (value) => restated(readSchedule(value), writeSchedule)
}
