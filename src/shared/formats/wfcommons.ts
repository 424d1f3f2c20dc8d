import { count } from '../format'
import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import type { Task } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
import { ambiguousFile, conversionFaults, flowsOfFiles, sharedNote } from './conversion'
import { atLeastZero, Id, MOST_TASKS } from './fields'
import { type Format, restated } from './format'
import { duplicateFaults, MOST_FAULTS, partsOf, type Read, readBy, recordsIn, refused, settled } from './read'
import { restatedWfCommons } from './wfcommons-before'
import { writeWorkload } from './workload'

/**
 * WfFormat 1.3 to 1.6 of WfCommons (https://wfcommons.org/format), in: measured workflows of scientific computing. Work is measured
 * seconds × the machine's MHz, in megacycles; a flow carries the files that one task writes and another reads.
 */

/** 1.6 differs from 1.5 by what is not read here; those of before are restated by `wfcommons-before.ts`. */
const READ: ReadonlySet<string> = new Set(['1.5', '1.6'])

/** Taken where a file does not say how fast a machine was. */
const ASSUMED_MHZ = 2400

const SpecificationTask = z.looseObject({
  id: Id,
  parents: z.array(z.string()).default([]),
  children: z.array(z.string()).default([]),
  inputFiles: z.array(z.string()).default([]),
  outputFiles: z.array(z.string()).default([])
})

const Document = z.looseObject({
  name: z.string().min(1, 'must not be empty'),
  schemaVersion: z
    .string()
    .refine((version) => READ.has(version), 'only WfFormat 1.3 to 1.6 is read; convert the file with the WfCommons tools'),
  workflow: z.looseObject({
    specification: z.looseObject({
      tasks: z
        .array(SpecificationTask)
        .min(1, 'a workflow needs at least one task')
        .max(MOST_TASKS, `a workflow has ${MOST_TASKS} tasks at most`),
      files: z.array(z.looseObject({ id: z.string(), sizeInBytes: atLeastZero('sizeInBytes') })).default([])
    }),
    execution: z.looseObject({
      tasks: z.array(
        z.looseObject({ id: z.string(), runtimeInSeconds: atLeastZero('runtimeInSeconds'), machines: z.array(z.string()).optional() })
      ),
      machines: z
        .array(z.looseObject({ nodeName: z.string(), cpu: z.looseObject({ speedInMHz: atLeastZero('speedInMHz').optional() }).optional() }))
        .default([])
    })
  })
})
type Graph = z.infer<typeof Document>['workflow']
type Specification = Graph['specification']

export function isWfCommons(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value && 'workflow' in value
}

/** The workflow of a WfFormat document, belonging to `device`. Its note states what the conversion assumes. */
export function readWfCommons(value: unknown, device = 'device', root = '$'): Read<ExplicitWorkload> {
  const { schemaVersion } = partsOf(value)
  if (schemaVersion === '1.3' || schemaVersion === '1.4') {
    const restatement = restatedWfCommons(value, root)
    if (!restatement.ok) return restatement
    const newer = readWfCommons(restatement.value.document, device, root)
    return newer.ok ? newer : refused(newer.faults.map(({ path, message }) => ({ path: restatement.value.placeOf(path), message })))
  }
  const read = readBy(Document, value, root)
  const path = `${root}.workflow`
  const ids = recordsIn(partsOf(partsOf(value).workflow).specification, 'tasks')
  const faults = duplicateFaults(ids, `${path}.specification.tasks`, 'task')
  if (!read.ok) return refused([...read.faults, ...faults])
  const { name, workflow } = read.value
  const { tasks, assumed } = tasksOf(workflow, path, faults)
  const { flows, shared } = flowsOf(workflow.specification, `${path}.specification`, faults)
  if (faults.length > 0) return refused(faults)
  const note = noteOf(name, assumed, tasks.length) + sharedNote(shared)
  const workload = { name: name.slice(0, 200), note, workflows: [{ id: 'w1', device, tasks, flows }] }
  const indices = new Map(tasks.map(({ id }, i) => [id, i]))
  const placeOf = (kind: 'tasks' | 'flows', i: number) =>
    `${path}.specification.tasks[${kind === 'tasks' ? i : (indices.get(flows[i].to) ?? indices.get(flows[i].from))}]`
  return settled(workload, conversionFaults(workload, placeOf, `${path}.specification`))
}

function noteOf(name: string, assumed: number, tasks: number): string {
  const speed =
    assumed > 0 ? ` ${assumed} of ${count(tasks, 'task', 'tasks')} ran on machines of unknown speed: ${ASSUMED_MHZ} MHz are assumed.` : ''
  return `From WfCommons: ${name.slice(0, 300)}. Work is measured seconds × the machine’s MHz, as if one core was fully used.${speed} Data that no task writes comes from the device; data that no task reads returns to it.`
}

/** Every task with its work, and how many rest on the assumed speed. */
function tasksOf({ specification, execution }: Graph, path: string, faults: Fault[]): { tasks: Task[]; assumed: number } {
  const speeds = new Map(execution.machines.map((machine) => [machine.nodeName, machine.cpu?.speedInMHz]))
  const only = execution.machines.length === 1 ? execution.machines[0].nodeName : undefined
  const measured = new Map<string, (typeof execution.tasks)[number]>()
  execution.tasks.forEach((task, i) => {
    const before = measured.get(task.id)
    if (before !== undefined && before.runtimeInSeconds !== task.runtimeInSeconds)
      faults.push({
        path: `${path}.execution.tasks[${i}].runtimeInSeconds`,
        message: `task "${task.id}" was measured before, at ${before.runtimeInSeconds} s; keep one`
      })
    measured.set(task.id, task)
  })
  let assumed = 0
  const tasks = specification.tasks.map(({ id }): Task => {
    const run = measured.get(id)
    if (!run) {
      faults.push({ path: `${path}.execution.tasks`, message: `task "${id}" was not measured: it has no runtimeInSeconds here` })
      return { id, megacycles: 0 }
    }
    // Files of one machine often leave out which it was.
    const megahertz = speeds.get(run.machines?.[0] ?? only ?? '') || undefined
    if (megahertz === undefined) assumed++
    return { id, megacycles: run.runtimeInSeconds * (megahertz ?? ASSUMED_MHZ) }
  })
  return { tasks, assumed }
}

/** Flows by files, and how many files have several writers. */
function flowsOf({ tasks, files }: Specification, path: string, faults: Fault[]) {
  const sizes = new Map<string, number>()
  files.forEach(({ id, sizeInBytes }, i) => {
    const before = sizes.get(id)
    if (before !== undefined && before !== sizeInBytes)
      faults.push({ path: `${path}.files[${i}].sizeInBytes`, message: `file "${id}" has another size before, ${before}; keep one` })
    sizes.set(id, sizeInBytes)
  })
  const parents = new Map(tasks.map(({ id }) => [id, new Set<string>()]))
  for (const [from, to] of ordersOf(tasks, path, faults)) parents.get(to)?.add(from)
  const placeOf = (i: number, file: string, key: 'inputFiles' | 'outputFiles') =>
    `${path}.tasks[${i}].${key}[${tasks[i][key].indexOf(file)}]`
  return flowsOfFiles(
    tasks.map(({ id, inputFiles, outputFiles }) => ({
      id,
      reads: inputFiles,
      writes: outputFiles,
      parents: parents.get(id) ?? new Set<string>()
    })),
    (i, file, way) => {
      const size = sizes.get(file)
      // Places are looked up for as many faults as are shown, since each takes as long as its list.
      if (size === undefined && faults.length < MOST_FAULTS) {
        faults.push({
          path: placeOf(i, file, way === 'reads' ? 'inputFiles' : 'outputFiles'),
          message: `there is no file "${file}" in workflow.specification.files, so its size is unknown; add it there`
        })
      }
      return size ?? 0
    },
    (i, file, writers) => {
      if (faults.length < MOST_FAULTS)
        faults.push({ path: placeOf(i, file, 'inputFiles'), message: ambiguousFile(tasks[i].id, file, writers) })
    }
  )
}

/** Who must come before whom, from both ends' accounts. */
function ordersOf(tasks: Specification['tasks'], path: string, faults: Fault[]): [from: string, to: string][] {
  const ids = new Set(tasks.map((task) => task.id))
  return tasks.flatMap((task, i) =>
    (['parents', 'children'] as const).flatMap((key) =>
      task[key].flatMap((other, k): [string, string][] => {
        if (ids.has(other)) return [key === 'parents' ? [other, task.id] : [task.id, other]]
        faults.push({ path: `${path}.tasks[${i}].${key}[${k}]`, message: `there is no task "${other}"` })
        return []
      })
    )
  )
}

export const wfCommonsFormat: Format = {
  id: 'wfcommons',
  title: 'WfCommons (WfFormat)',
  recognises: isWfCommons,
  restate: (value, { device }) => restated(readWfCommons(value, device), writeWorkload),
  readWorkload: (value, { device }) => readWfCommons(value, device)
}
