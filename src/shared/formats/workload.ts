import { z } from 'zod'
import type { Task, Workflow } from '../model/workflow'
import { type ExplicitWorkload, type GeneratedWorkload, isGenerated, type Workload } from '../model/workload'
import { aboveZero, atLeastZero, Id, MOST_FLOWS, MOST_TASKS, MOST_WORKFLOWS, Name, Note, Seed } from './fields'
import { type Format, names, restated } from './format'
import { GENERATOR_2, generatorFaults, generatorSchema } from './generator'
import { addFaults, duplicateFaults, partsOf, type Read, recordsIn, refused } from './read'
import { hasAny, versionsOf, withoutDefaults } from './versions'
import { hasParallelFlows, releaseFaults, workflowFaults } from './workflow-faults'

export const WORKLOAD = 'dmro-workload/1'
/** With releases, deadlines, what round trips carry, several flows between two tasks, and generators of graphs and batches. */
export const WORKLOAD_2 = 'dmro-workload/2'

const TaskDocument = z.strictObject({ id: Id, megacycles: atLeastZero('megacycles') })
const Flow = z.strictObject({ from: z.string(), to: z.string(), megabytes: atLeastZero('megabytes') })
const TASK_2 = {
  uploadMegabytes: atLeastZero('uploadMegabytes').optional(),
  resultMegabytes: atLeastZero('resultMegabytes').optional()
}
const WORKFLOW_2 = {
  releaseSeconds: atLeastZero('releaseSeconds').optional(),
  deadlineSeconds: aboveZero('deadlineSeconds').optional()
}

function workflowSchema(isSecond: boolean): z.ZodType<Workflow> {
  const task: z.ZodType<Task> = isSecond ? TaskDocument.extend(TASK_2) : TaskDocument
  const workflow = z.strictObject({
    id: Id,
    device: z.string(),
    tasks: z.array(task).min(1, 'a workflow needs at least one task').max(MOST_TASKS, `a workflow has ${MOST_TASKS} tasks at most`),
    flows: z.array(Flow).max(MOST_FLOWS, `a workflow has ${MOST_FLOWS} flows at most`)
  })
  return isSecond ? workflow.extend(WORKFLOW_2) : workflow
}

const VERSIONS = [WORKLOAD, WORKLOAD_2] as const
const explicit = versionsOf<{ format: string } & ExplicitWorkload>(VERSIONS, [TASK_2, WORKFLOW_2], (format, isSecond) =>
  z.strictObject({
    format,
    name: Name,
    note: Note,
    workflows: z
      .array(workflowSchema(isSecond))
      .min(1, 'a workload needs at least one workflow')
      .max(MOST_WORKFLOWS, `a workload has ${MOST_WORKFLOWS} workflows at most`)
  })
)
const generated = versionsOf<{ format: string } & GeneratedWorkload>(VERSIONS, [GENERATOR_2], (format, isSecond) =>
  z.strictObject({ format, name: Name, note: Note, generator: generatorSchema(isSecond), seed: Seed })
)

/**
 * A workload from its document (`dmro-workload/1` or `/2`): explicit workflows, or a generator and its seed. What says no more than its
 * absence would is absent.
 */
export function readWorkload(value: unknown, root = '$'): Read<Workload> {
  const isGenerator = typeof value === 'object' && value !== null && 'generator' in value
  return isGenerator ? readGenerated(value, root) : readExplicit(value, root)
}

function readGenerated(value: object, root: string): Read<Workload> {
  const read = generated.read(value, root)
  const faults = read.ok ? [] : read.faults
  addFaults(faults, generatorFaults(partsOf(value).generator, `${root}.generator`))
  if (!read.ok || faults.length > 0) return refused(faults)
  return { ok: true, value: { ...read.value, generator: withoutDefaults(read.value.generator, { together: 1 }) } }
}

function readExplicit(value: unknown, root: string): Read<Workload> {
  const read = explicit.read(value, root)
  const faults = read.ok ? [] : read.faults
  const workflows = recordsIn(value, 'workflows')
  const path = `${root}.workflows`
  const isOnePerPair = partsOf(value).format !== WORKLOAD_2
  addFaults(faults, duplicateFaults(workflows, path, 'workflow'))
  addFaults(faults, releaseFaults(workflows, path))
  for (const { record, i } of workflows) addFaults(faults, workflowFaults(record, `${path}[${i}]`, isOnePerPair))
  if (!read.ok || faults.length > 0) return refused(faults)
  return { ok: true, value: { ...read.value, workflows: read.value.workflows.map((each) => withoutDefaults(each, { releaseSeconds: 0 })) } }
}

/** Its document, in the version that holds what it has. */
export function writeWorkload(workload: Workload): object {
  return { format: isOfSecond(workload) ? WORKLOAD_2 : WORKLOAD, ...workload }
}

function isOfSecond(workload: Workload): boolean {
  if (isGenerated(workload)) return hasAny(workload.generator, GENERATOR_2)
  return workload.workflows.some(
    (workflow) => hasAny(workflow, WORKFLOW_2) || workflow.tasks.some((task) => hasAny(task, TASK_2)) || hasParallelFlows(workflow.flows)
  )
}

export const workloadFormat: Format = {
  id: 'workload',
  title: 'our workload (dmro-workload)',
  documents: VERSIONS.map((name, i) => ({ name, schema: z.union([explicit.documents[i].schema, generated.documents[i].schema]) })),
  recognises: names(...VERSIONS),
  restate: (value) => restated(readWorkload(value), writeWorkload),
  readWorkload: (value) => readWorkload(value)
}
