import type { Fault } from '../experiment/experiment'
import { type Flow, INPUT, OUTPUT, type Task } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
import { MOST_TASKS } from './fields'
import { type Format, restated } from './format'
import { type Read, refused, settled } from './read'
import { workflowFaults, writeWorkload } from './workload'
import { type Tag, tagsOf } from './xml'

/**
 * Pegasus DAX (versions 2 and 3), in: workflows of scientific computing. Work is seconds of runtime × an assumed speed; a flow
 * carries the files that one job writes and another reads. Faults name their line.
 */

const ASSUMED_MHZ = 2400

interface Job extends Task {
  line: number
  reads: Map<string, number>
  writes: Map<string, number>
}

function isDax(value: unknown): value is string {
  return typeof value === 'string' && /<adag\b/.test(value.slice(0, 100_000))
}

/** The workflow of a DAX file, belonging to `device`. Its note states what the conversion assumes. */
export function readDax(value: unknown, device = 'device'): Read<ExplicitWorkload> {
  if (!isDax(value)) return refused([{ path: 'line 1', message: 'is no Pegasus DAX: it has no element <adag>' }])
  const faults: Fault[] = []
  const { jobs, orders, name } = partsOf(tagsOf(value, faults), faults)
  if (jobs.size === 0) faults.push({ path: 'line 1', message: 'a workflow needs at least one <job>' })
  if (jobs.size > MOST_TASKS) faults.push({ path: 'line 1', message: `a workflow has ${MOST_TASKS} tasks at most` })
  for (const { from, to, line } of orders)
    for (const id of [from, to]) if (!jobs.has(id)) faults.push({ path: `line ${line}`, message: `there is no job "${id}"` })
  const tasks = [...jobs.values()].map(({ id, megacycles }) => ({ id, megacycles }))
  const workflow = { id: 'w1', device, tasks, flows: faults.length === 0 ? flowsOf(jobs, orders, faults) : [] }
  if (faults.length === 0) faults.push(...workflowFaults(workflow, 'adag'))
  return settled({ name: name.slice(0, 200) || 'DAX workflow', note: noteOf(name), workflows: [workflow] }, faults)
}

function noteOf(name: string): string {
  return `From Pegasus DAX: ${name.slice(0, 300)}. Work is seconds of runtime at an assumed ${ASSUMED_MHZ} MHz. Files that no job writes come from the device; files that no job reads return to it.`
}

interface Order {
  from: string
  to: string
  line: number
}

function partsOf(tags: readonly Tag[], faults: Fault[]): { jobs: Map<string, Job>; orders: Order[]; name: string } {
  const jobs = new Map<string, Job>()
  const orders: Order[] = []
  let name = ''
  let job: Job | undefined
  let child: string | undefined
  for (const { tag, attributes, line, isEnd } of tags) {
    const fault = (message: string) => faults.push({ path: `line ${line}`, message })
    const number = (key: string, what: string): number => {
      const written = attributes.get(key)
      const amount = written === undefined || written.trim() === '' ? Number.NaN : Number(written)
      if (Number.isFinite(amount) && amount >= 0 && amount <= 1e15) return amount
      fault(written === undefined ? `${what} has no ${key}` : `${key} of ${what} must be from 0 to 1e15, not ${JSON.stringify(written)}`)
      return 0
    }
    if (isEnd) {
      if (tag === 'job') job = undefined
      if (tag === 'child') child = undefined
    } else if (tag === 'adag') name = attributes.get('name') ?? ''
    else if (tag === 'job') {
      const id = attributes.get('id') ?? ''
      if (id === '' || id.startsWith('@')) fault('a job needs an id that does not start with @')
      if (jobs.has(id)) fault(`job "${id}" stands on line ${jobs.get(id)?.line} already`)
      job = { id, megacycles: number('runtime', `job "${id}"`) * ASSUMED_MHZ, line, reads: new Map(), writes: new Map() }
      jobs.set(id, job)
    } else if (tag === 'uses' && job) {
      const file = attributes.get('file') ?? attributes.get('name') ?? ''
      if (file === '') fault(`job "${job.id}" uses a file without a name`)
      const megabytes = number('size', `file "${file}"`) / 1e6
      const link = attributes.get('link')
      if (link === 'input' || link === 'inout') job.reads.set(file, megabytes)
      if (link === 'output' || link === 'inout') job.writes.set(file, megabytes)
    } else if (tag === 'child') child = attributes.get('ref')
    else if (tag === 'parent' && child !== undefined) orders.push({ from: attributes.get('ref') ?? '', to: child, line })
  }
  return { jobs, orders, name }
}

/** Megabytes between every writer and reader; what no job writes comes from @input, what no job reads goes to @output. */
function flowsOf(jobs: ReadonlyMap<string, Job>, orders: readonly Order[], faults: Fault[]): Flow[] {
  const writers = new Map<string, string>()
  const wanted = new Set<string>()
  for (const { id, line, reads, writes } of jobs.values()) {
    for (const file of reads.keys()) wanted.add(file)
    for (const file of writes.keys()) {
      const other = writers.get(file)
      if (other !== undefined) faults.push({ path: `line ${line}`, message: `"${file}" is written by "${other}" already` })
      writers.set(file, id)
    }
  }
  const carried = new Map<string, Flow>()
  const carry = (from: string, to: string, megabytes: number) => {
    const key = JSON.stringify([from, to])
    const flow = carried.get(key) ?? { from, to, megabytes: 0 }
    carried.set(key, { ...flow, megabytes: flow.megabytes + megabytes })
  }
  for (const { id, reads, writes } of jobs.values()) {
    for (const [file, megabytes] of reads) {
      const from = writers.get(file) ?? INPUT
      if (from !== id) carry(from, id, megabytes)
    }
    for (const [file, megabytes] of writes) if (!wanted.has(file)) carry(id, OUTPUT, megabytes)
  }
  // An order without data still is an order.
  for (const { from, to } of orders) if (!carried.has(JSON.stringify([from, to]))) carry(from, to, 0)
  return [...carried.values()]
}

export const daxFormat: Format = {
  id: 'dax',
  title: 'Pegasus DAX',
  recognises: isDax,
  restate: (value, { device }) => restated(readDax(value, device), writeWorkload),
  readWorkload: (value, { device }) => readDax(value, device)
}
