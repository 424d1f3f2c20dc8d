import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { INPUT, OUTPUT } from '../model/workflow'
import { type GeneratorParameters, isGenerated, PAPER_GENERATOR, type Workload } from '../model/workload'
import { atLeastZero, Id, MOST_TASKS, MOST_WORKFLOWS, Name, Note, Seed } from './fields'
import { type Format, names, restated } from './format'
import { addFaults, duplicateFaults, type Read, readBy, recordsIn, refused } from './read'

export const WORKLOAD = 'dmro-workload/1'

const Task = z.strictObject({ id: Id, megacycles: atLeastZero('megacycles') })
const Flow = z.strictObject({ from: z.string(), to: z.string(), megabytes: atLeastZero('megabytes') })

const WorkflowDocument = z.strictObject({
  id: Id,
  device: z.string(),
  tasks: z.array(Task).min(1, 'a workflow needs at least one task').max(MOST_TASKS, `a workflow has ${MOST_TASKS} tasks at most`),
  flows: z.array(Flow).max(10 * MOST_TASKS, `a workflow has ${10 * MOST_TASKS} flows at most`)
})

const range = (what: string) =>
  z
    .tuple([atLeastZero(what), atLeastZero(what)], { error: `${what} must be two numbers, [low, high]` })
    .refine(([low, high]) => low <= high, `${what} goes from low to high; these are reversed`)
const count = (what: string, most: number) =>
  z.number().int(`${what} must be a whole number`).min(1, `${what} must be at least 1`).max(most, `${what} must not exceed ${most}`)

/** Tasks that one generated workload may draw. */
const MOST_DRAWN = 1_000_000

const Generator: z.ZodType<GeneratorParameters> = z
  .strictObject({
    users: count('users', 1000).default(PAPER_GENERATOR.users),
    workflowsPerUser: count('workflowsPerUser', 1000).default(PAPER_GENERATOR.workflowsPerUser),
    tasks: count('tasks', 1000).default(PAPER_GENERATOR.tasks),
    firstMegabytes: range('firstMegabytes').default([...PAPER_GENERATOR.firstMegabytes]),
    laterMegabytes: range('laterMegabytes').default([...PAPER_GENERATOR.laterMegabytes]),
    megacycles: range('megacycles').default([...PAPER_GENERATOR.megacycles])
  })
  .refine(
    ({ users, workflowsPerUser, tasks }) => users * workflowsPerUser * tasks <= MOST_DRAWN,
    `users × workflowsPerUser × tasks must not exceed ${MOST_DRAWN}`
  )

const Head = { format: z.literal(WORKLOAD), name: Name, note: Note }
const Explicit = z.strictObject({
  ...Head,
  workflows: z
    .array(WorkflowDocument)
    .min(1, 'a workload needs at least one workflow')
    .max(MOST_WORKFLOWS, `a workload has ${MOST_WORKFLOWS} workflows at most`)
})
const Generated = z.strictObject({ ...Head, generator: Generator, seed: Seed })

/** A workload from its document (`dmro-workload/1`): explicit workflows, or a generator and its seed. */
export function readWorkload(value: unknown, root = '$'): Read<Workload> {
  const isGenerator = typeof value === 'object' && value !== null && 'generator' in value
  if (isGenerator) {
    const read = readBy(Generated, value, root)
    if (!read.ok) return read
    const { format: _, ...workload } = read.value
    return { ok: true, value: workload }
  }
  const read = readBy(Explicit, value, root)
  const faults = read.ok ? [] : read.faults
  const workflows = recordsIn(value, 'workflows')
  addFaults(faults, duplicateFaults(workflows, `${root}.workflows`, 'workflow'))
  for (const { record, i } of workflows) addFaults(faults, workflowFaults(record, `${root}.workflows[${i}]`))
  if (!read.ok || faults.length > 0) return refused(faults)
  const { format: _, ...workload } = read.value
  return { ok: true, value: workload }
}

export function writeWorkload(workload: Workload): object {
  return isGenerated(workload) ? { format: WORKLOAD, ...workload } : { format: WORKLOAD, ...workload }
}

/** What a graph of tasks may not be, whatever format it came in. Works on whatever is there. */
export function workflowFaults(workflow: unknown, path: string): Fault[] {
  const tasks = recordsIn(workflow, 'tasks')
  const ids = new Set(tasks.map(({ record }) => record.id))
  const faults = duplicateFaults(tasks, `${path}.tasks`, 'task')
  const pairs = new Map<string, number>()
  for (const { record: flow, i } of recordsIn(workflow, 'flows')) {
    const at = `${path}.flows[${i}]`
    const { from, to } = flow
    if (typeof from === 'string' && from !== INPUT && !ids.has(from))
      faults.push({ path: `${at}.from`, message: `there is no task "${from}"; data comes from a task or from ${INPUT}` })
    if (typeof to === 'string' && to !== OUTPUT && !ids.has(to))
      faults.push({ path: `${at}.to`, message: `there is no task "${to}"; data goes to a task or to ${OUTPUT}` })
    if (typeof from !== 'string' || typeof to !== 'string') continue
    if (from === INPUT && to === OUTPUT)
      faults.push({ path: at, message: `leads from ${INPUT} straight to ${OUTPUT}; data passes through a task` })
    if (from === to) {
      faults.push({ path: at, message: `leads from "${from}" to itself; remove it` })
      continue
    }
    const pair = JSON.stringify([from, to])
    const before = pairs.get(pair)
    if (before === undefined) pairs.set(pair, i)
    else faults.push({ path: at, message: `joins the same tasks as flow ${before}; make them one` })
  }
  return faults.length > 0 ? faults : cycleFaults(workflow, path)
}

/** Kahn's algorithm: tasks that never become ready stand on a cycle, or behind one. */
function cycleFaults(workflow: unknown, path: string): Fault[] {
  const ids = recordsIn(workflow, 'tasks').map(({ record }) => record.id)
  const waiting = new Map(ids.map((id) => [id, 0]))
  const after = new Map<unknown, unknown[]>()
  for (const {
    record: { from, to }
  } of recordsIn(workflow, 'flows')) {
    if (!waiting.has(from) || !waiting.has(to)) continue
    waiting.set(to, (waiting.get(to) ?? 0) + 1)
    const others = after.get(from)
    if (others) others.push(to)
    else after.set(from, [to])
  }
  const ready = ids.filter((id) => waiting.get(id) === 0)
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    for (const next of after.get(id) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1
      waiting.set(next, left)
      if (left === 0) ready.push(next)
    }
  }
  const stuck = ids.filter((id) => (waiting.get(id) ?? 0) > 0)
  if (stuck.length === 0) return []
  const named = stuck
    .slice(0, 10)
    .map((id) => JSON.stringify(id))
    .join(', ')
  return [{ path: `${path}.flows`, message: `these tasks wait for each other in a circle: ${named}` }]
}

export const workloadFormat: Format = {
  id: 'workload',
  title: `our workload (${WORKLOAD})`,
  document: { name: WORKLOAD, schema: z.union([Explicit, Generated]) },
  recognises: names(WORKLOAD),
  restate: (value) => restated(readWorkload(value), writeWorkload),
  readWorkload: (value) => readWorkload(value)
}
