import type { Fault } from '../experiment/experiment'
import type { ExplicitWorkload } from '../model/workload'
import { ambiguousFile, conversionFaults, flowsOfFiles, sharedNote } from './conversion'
import { MOST_FLOWS, MOST_TASKS } from './fields'
import { type Format, restated } from './format'
import { MOST_FAULTS, type Read, refused, settled } from './read'
import { writeWorkload } from './workload'
import { readTags, type XmlTag } from './xml'

/**
 * Pegasus DAX (versions 2 and 3), in: workflows of scientific computing. Work is seconds of runtime × an assumed speed; a flow
 * carries the files that one job writes and another reads. Faults name their line.
 */

const ASSUMED_MHZ = 2400

interface Job {
  id: string
  megacycles: number
  line: number
  /** Bytes by file. */
  reads: Map<string, number>
  writes: Map<string, number>
}

/** Why a text is not a DAX, in a clause; undefined where it is one, whole or not. */
function whyNoDax(text: string): string | undefined {
  if (!/^[\s\ufeff]*</.test(text)) return 'it does not begin with "<"'
  return /<(?:[\w.-]+:)?adag[\s>/]/.test(text) ? undefined : 'it has no element <adag>'
}

/** The workflow of a DAX file, belonging to `device`. Its note states what the conversion assumes. */
export function readDax(value: unknown, device = 'device'): Read<ExplicitWorkload> {
  const why = typeof value === 'string' ? whyNoDax(value) : 'it is JSON'
  if (typeof value !== 'string' || why !== undefined) return refused([{ path: 'line 1', message: `is not a Pegasus DAX: ${why}` }])
  const faults: Fault[] = []
  const { jobs, orders, name } = partsOf(value, faults)
  // What stands after a fault of the text was not read, so that nothing can be said of what is missing.
  if (faults.length === 0) {
    if (jobs.size === 0) faults.push({ path: 'line 1', message: 'a workflow needs at least one <job>' })
    if (jobs.size > MOST_TASKS) return refused([{ path: 'line 1', message: `a workflow has ${MOST_TASKS} tasks at most` }])
    for (const { from, to, line } of orders)
      for (const id of [from, to]) if (!jobs.has(id)) faults.push({ path: `line ${line}`, message: `there is no job "${id}"` })
  }
  if (faults.length > 0) return refused(faults)
  const list = [...jobs.values()]
  const { flows, shared } = flowsOf(list, orders, faults)
  const tasks = list.map(({ id, megacycles }) => ({ id, megacycles }))
  const workload = {
    name: name.slice(0, 200) || 'DAX workflow',
    note: noteOf(name) + sharedNote(shared),
    workflows: [{ id: 'w1', device, tasks, flows }]
  }
  if (faults.length > 0) return refused(faults)
  const lineOf = (kind: 'tasks' | 'flows', i: number) => {
    const id = kind === 'tasks' ? list[i].id : jobs.has(flows[i].to) ? flows[i].to : flows[i].from
    return `line ${jobs.get(id)?.line ?? 1}`
  }
  return settled(workload, conversionFaults(workload, lineOf, 'line 1'))
}

function noteOf(name: string): string {
  return `From Pegasus DAX: ${name.slice(0, 300)}. Work is seconds of runtime at an assumed ${ASSUMED_MHZ} MHz. Files that no job writes come from the device; files that no job reads return to it.`
}

/** Uses of files and parents, together. */
const MOST_LINKED = 5 * MOST_FLOWS

interface Order {
  from: string
  to: string
  line: number
}

function partsOf(xml: string, faults: Fault[]): { jobs: Map<string, Job>; orders: Order[]; name: string } {
  const jobs = new Map<string, Job>()
  const orders: Order[] = []
  let name = ''
  let job: Job | undefined
  let child: string | undefined
  let links = 0
  const take = ({ tag, attributes, line, isEnd }: XmlTag): 'on' | 'enough' => {
    const fault = (message: string) => faults.push({ path: `line ${line}`, message })
    const number = (key: string, what: string): number => {
      const written = attributes[key]
      const amount = written === undefined || written.trim() === '' ? Number.NaN : Number(written)
      if (Number.isFinite(amount) && amount >= 0 && amount <= 1e15) return amount
      fault(
        written === undefined
          ? `${what} has no ${key}`
          : `${key} of ${what} must be from 0 to 1e15, not ${JSON.stringify(written.slice(0, 60))}`
      )
      return 0
    }
    if (isEnd) {
      if (tag === 'job') job = undefined
      if (tag === 'child') child = undefined
    } else if (tag === 'adag') name = attributes.name ?? ''
    else if (tag === 'job') {
      const id = attributes.id ?? ''
      const before = jobs.get(id)
      if (before) fault(`job "${id}" is already on line ${before.line}`)
      job = { id, megacycles: number('runtime', `job "${id.slice(0, 60)}"`) * ASSUMED_MHZ, line, reads: new Map(), writes: new Map() }
      jobs.set(id, job)
    } else if (tag === 'uses' && job) {
      const file = attributes.file ?? attributes.name ?? ''
      if (file === '') fault(`job "${job.id}" uses a file without a name`)
      const bytes = number('size', `file "${file.slice(0, 60)}"`)
      const link = attributes.link
      for (const [files, way] of [
        [job.reads, 'input'],
        [job.writes, 'output']
      ] as const) {
        if (link !== way && link !== 'inout') continue
        const before = files.get(file)
        if (before !== undefined && before !== bytes)
          fault(`file "${file.slice(0, 60)}" of job "${job.id.slice(0, 60)}" has another size before`)
        files.set(file, bytes)
      }
    } else if (tag === 'child') child = attributes.ref
    else if (tag === 'parent' && child !== undefined) orders.push({ from: attributes.ref ?? '', to: child, line })
    if (!isEnd && (tag === 'uses' || tag === 'parent') && ++links > MOST_LINKED) {
      fault(`jobs use more files and have more parents than ${MOST_LINKED.toLocaleString('en')}; split the workflow`)
      return 'enough'
    }
    return faults.length < MOST_FAULTS && jobs.size <= MOST_TASKS ? 'on' : 'enough'
  }
  const fault = readTags(xml, take)
  if (fault) faults.push(fault)
  return { jobs, orders, name }
}

function flowsOf(jobs: readonly Job[], orders: readonly Order[], faults: Fault[]) {
  const parents = new Map(jobs.map(({ id }) => [id, new Set<string>()]))
  for (const { from, to } of orders) parents.get(to)?.add(from)
  const tasks = jobs.map(({ id, reads, writes }) => ({
    id,
    reads: [...reads.keys()],
    writes: [...writes.keys()],
    parents: parents.get(id) ?? new Set<string>()
  }))
  return flowsOfFiles(
    tasks,
    (i, file, way) => jobs[i][way].get(file) ?? 0,
    (i, file, writers) => faults.push({ path: `line ${jobs[i].line}`, message: ambiguousFile(jobs[i].id, file, writers) })
  )
}

export const daxFormat: Format = {
  id: 'dax',
  title: 'Pegasus DAX',
  whyNot: whyNoDax,
  recognises: (value) => typeof value === 'string' && whyNoDax(value) === undefined,
  restate: (value, { device }) => restated(readDax(value, device), writeWorkload),
  readWorkload: (value, { device }) => readDax(value, device)
}
