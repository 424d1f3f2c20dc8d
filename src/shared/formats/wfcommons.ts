import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { type Flow, INPUT, OUTPUT, type Workflow } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
import { atLeastZero, Id, MOST_TASKS } from './fields'
import { type Read, readBy, settled } from './read'
import { workflowFaults } from './workload'

/**
 * WfFormat 1.5 of WfCommons (https://wfcommons.org/format), in: measured workflows of scientific computing. Work is measured
 * seconds × the machine's MHz, in megacycles; a flow carries the files that one task writes and another reads.
 */

const SpecificationTask = z.looseObject({
  id: Id,
  parents: z.array(z.string()).default([]),
  children: z.array(z.string()).default([]),
  inputFiles: z.array(z.string()).default([]),
  outputFiles: z.array(z.string()).default([])
})
type SpecificationTask = z.infer<typeof SpecificationTask>

const Document = z.looseObject({
  name: z.string().min(1),
  schemaVersion: z.literal(['1.5'], 'only WfFormat 1.5 is read; convert the file with the WfCommons tools'),
  workflow: z.looseObject({
    specification: z.looseObject({
      tasks: z.array(SpecificationTask).min(1, 'a workflow needs at least one task').max(MOST_TASKS),
      files: z.array(z.looseObject({ id: z.string(), sizeInBytes: atLeastZero('sizeInBytes') })).default([])
    }),
    execution: z.looseObject({
      tasks: z.array(z.looseObject({ id: z.string(), runtimeInSeconds: atLeastZero('runtimeInSeconds'), machines: z.array(z.string()).optional() })),
      machines: z.array(z.looseObject({ nodeName: z.string(), cpu: z.looseObject({ speedInMHz: atLeastZero('speedInMHz').optional() }).optional() })).default([])
    })
  })
})
type Document = z.infer<typeof Document>

export function isWfCommons(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value && 'workflow' in value
}

/** The workflow of a WfFormat 1.5 document, belonging to `device`. */
export function readWfCommons(value: unknown, device = 'device', root = '$'): Read<ExplicitWorkload> {
  const read = readBy(Document, value, root)
  if (!read.ok) return read
  const { name, workflow } = read.value
  const faults: Fault[] = []
  const work = megacyclesOf(workflow, root, faults)
  const flows = flowsOf(workflow.specification, root, faults)
  const tasks = workflow.specification.tasks.map(({ id }) => ({ id, megacycles: work.get(id) ?? 0 }))
  const placed: Workflow = { id: 'w1', device, tasks, flows }
  if (faults.length === 0) faults.push(...workflowFaults(placed, `${root}.workflow.specification`))
  const note = `From WfCommons: ${name}. Work is measured seconds × the machine's MHz.`
  return settled({ name: name.slice(0, 200), note: note.slice(0, 2000), workflows: [placed] }, faults)
}

function megacyclesOf({ specification, execution }: Document['workflow'], root: string, faults: Fault[]): Map<string, number> {
  const speeds = new Map(execution.machines.map((machine) => [machine.nodeName, machine.cpu?.speedInMHz]))
  const measured = new Map(execution.tasks.map((task, i) => [task.id, { ...task, i }]))
  const seen = new Set<string>()
  return new Map(
    specification.tasks.map(({ id }, i) => {
      if (seen.has(id)) faults.push({ path: `${root}.workflow.specification.tasks[${i}].id`, message: `"${id}" is the id of another task already` })
      seen.add(id)
      const run = measured.get(id)
      if (!run) {
        faults.push({ path: `${root}.workflow.execution.tasks`, message: `task "${id}" was not measured: it has no runtimeInSeconds here` })
        return [id, 0]
      }
      // Files of one machine often leave out which it was.
      const machine = run.machines?.[0] ?? (speeds.size === 1 ? [...speeds.keys()][0] : undefined)
      const mhz = machine === undefined ? undefined : speeds.get(machine)
      if (mhz === undefined) {
        const where = machine === undefined ? 'it does not say on which machine it ran' : `machine "${machine}" has no cpu.speedInMHz`
        faults.push({ path: `${root}.workflow.execution.tasks[${run.i}]`, message: `the work of "${id}" is unknown: ${where}` })
        return [id, 0]
      }
      return [id, run.runtimeInSeconds * mhz]
    })
  )
}

/** Bytes between every writer and reader; what no task writes comes from @input, what no task reads goes to @output. */
function flowsOf({ tasks, files }: Document['workflow']['specification'], root: string, faults: Fault[]): Flow[] {
  const sizes = new Map(files.map((file) => [file.id, file.sizeInBytes]))
  const writers = new Map<string, string>()
  for (const task of tasks) for (const file of task.outputFiles) writers.set(file, task.id)
  const bytes = new Map<string, Map<string, number>>()
  const carry = (from: string, to: string, size: number) => {
    const row = bytes.get(from) ?? new Map<string, number>()
    bytes.set(from, row)
    row.set(to, (row.get(to) ?? 0) + size)
  }
  const sizeOf = (file: string, path: string): number => {
    const size = sizes.get(file)
    if (size === undefined) faults.push({ path, message: `there is no file "${file}" in workflow.specification.files, so its size is unknown` })
    return size ?? 0
  }
  const wanted = new Set<string>()
  const ids = new Set(tasks.map((task) => task.id))
  tasks.forEach((task, i) => {
    task.inputFiles.forEach((file, k) => {
      wanted.add(file)
      const from = writers.get(file) ?? INPUT
      if (from !== task.id) carry(from, task.id, sizeOf(file, `${root}.workflow.specification.tasks[${i}].inputFiles[${k}]`))
    })
  })
  tasks.forEach((task, i) => {
    task.outputFiles.forEach((file, k) => {
      if (!wanted.has(file)) carry(task.id, OUTPUT, sizeOf(file, `${root}.workflow.specification.tasks[${i}].outputFiles[${k}]`))
    })
    orderFaults(task, i, ids, root, faults)
    // An order without data still is an order.
    for (const parent of task.parents) if (!bytes.get(parent)?.has(task.id)) carry(parent, task.id, 0)
  })
  return [...bytes].flatMap(([from, row]) => [...row].map(([to, size]) => ({ from, to, megabytes: size / 1e6 })))
}

function orderFaults(task: SpecificationTask, i: number, ids: ReadonlySet<string>, root: string, faults: Fault[]): void {
  task.parents.forEach((parent, k) => {
    if (!ids.has(parent)) {
      faults.push({ path: `${root}.workflow.specification.tasks[${i}].parents[${k}]`, message: `there is no task "${parent}"` })
    }
  })
}
