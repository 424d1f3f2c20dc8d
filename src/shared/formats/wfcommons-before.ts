import { z } from 'zod'
import { count } from '../format'
import { atLeastZero, Id, MOST_TASKS } from './fields'
import { type Read, readBy } from './read'

/**
 * WfFormat 1.3 and 1.4 restated as 1.5: specification and execution stood in one list of tasks, files within each task, tasks named each
 * other by name, and 1.3 called seconds `runtime` and bytes `size`.
 */

const File = z.looseObject({
  link: z.string(),
  name: z.string(),
  path: z.string().optional(),
  size: atLeastZero('size').optional(),
  sizeInBytes: atLeastZero('sizeInBytes').optional()
})
const Task = z.looseObject({
  name: Id,
  id: z.string().optional(),
  parents: z.array(z.string()).default([]),
  children: z.array(z.string()).default([]),
  files: z.array(File).default([]),
  runtime: atLeastZero('runtime').optional(),
  runtimeInSeconds: atLeastZero('runtimeInSeconds').optional(),
  machine: z.string().optional()
})
const Document = z.looseObject({
  name: z.string().min(1, 'must not be empty'),
  workflow: z.looseObject({
    tasks: z
      .array(Task)
      .min(1, 'a workflow needs at least one task')
      .max(MOST_TASKS, `a workflow has ${count(MOST_TASKS, 'task', 'tasks')} at most`),
    machines: z
      .array(z.looseObject({ nodeName: z.string(), cpu: z.looseObject({ speed: atLeastZero('speed').optional() }).optional() }))
      .default([])
  })
})

interface Restatement {
  document: object
  /** Where in the file what stands at a path of the document came from. */
  placeOf(path: string): string
}

/** A document of WfFormat 1.3 or 1.4 as 1.5. */
export function restatedWfCommons(value: unknown, root: string): Read<Restatement> {
  const read = readBy(Document, value, root)
  if (!read.ok) return read
  const { name, workflow } = read.value
  // Tasks refer to each other by name, and some by id: names are ids from here on.
  const names = new Map(workflow.tasks.flatMap((task) => (task.id === undefined ? [] : [[task.id, task.name] as const])))
  const known = new Set(workflow.tasks.map((task) => task.name))
  const named = (reference: string) => (known.has(reference) ? reference : (names.get(reference) ?? reference))
  const fileOf = ({ path = '', name: own }: z.infer<typeof File>) => path + own
  const sizes = new Map<string, number>()
  for (const { files } of workflow.tasks)
    for (const file of files) {
      const bytes = file.sizeInBytes ?? file.size
      // Writers and readers may have seen a file at different times: the most that was seen travels.
      if (bytes !== undefined) sizes.set(fileOf(file), Math.max(bytes, sizes.get(fileOf(file)) ?? 0))
    }
  const linked = ({ files }: z.infer<typeof Task>, link: string) => files.filter((file) => file.link.toLowerCase() === link).map(fileOf)
  const document = {
    name,
    schemaVersion: '1.5',
    workflow: {
      specification: {
        tasks: workflow.tasks.map((task) => ({
          id: task.name,
          parents: task.parents.map(named),
          children: task.children.map(named),
          inputFiles: linked(task, 'input'),
          outputFiles: linked(task, 'output')
        })),
        files: [...sizes].map(([id, sizeInBytes]) => ({ id, sizeInBytes }))
      },
      execution: {
        tasks: workflow.tasks.flatMap(({ name: id, runtime, runtimeInSeconds = runtime, machine }) =>
          runtimeInSeconds === undefined ? [] : [{ id, runtimeInSeconds, ...(machine !== undefined && { machines: [machine] }) }]
        ),
        machines: workflow.machines.map(({ nodeName, cpu }) => ({
          nodeName,
          ...(cpu?.speed !== undefined && { cpu: { speedInMHz: cpu.speed } })
        }))
      }
    }
  }
  const placeOf = (path: string) =>
    path
      .replace(/\.workflow\.(?:specification|execution)\.tasks/, '.workflow.tasks')
      .replace(/\.workflow\.specification\.files.*$/, '.workflow.tasks')
      .replace(/\.workflow\.specification$/, '.workflow')
      .replace(/\.(?:inputFiles|outputFiles)\[\d+\]$/, '.files')
  return { ok: true, value: { document, placeOf } }
}
