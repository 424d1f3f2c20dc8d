import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { INPUT, OUTPUT, type Workflow } from '../model/workflow'
import { type GeneratorParameters, isGenerated, PAPER_GENERATOR, type Workload } from '../model/workload'
import { atLeastZero, Id, MOST_TASKS, MOST_WORKFLOWS, Name, Note, Seed } from './fields'
import { type Read, readBy, settled } from './read'

export const WORKLOAD = 'dmro-workload/1'

const Task = z.strictObject({ id: Id, megacycles: atLeastZero('megacycles') })
const Flow = z.strictObject({ from: z.string(), to: z.string(), megabytes: atLeastZero('megabytes') })

const WorkflowDocument = z.strictObject({
  id: Id,
  device: z.string(),
  tasks: z.array(Task).min(1, 'a workflow needs at least one task').max(MOST_TASKS, `a workflow has ${MOST_TASKS} tasks at most`),
  flows: z.array(Flow).max(10 * MOST_TASKS)
})

const range = (what: string) =>
  z.tuple([atLeastZero(what), atLeastZero(what)]).refine(([low, high]) => low <= high, `${what} goes from low to high; these are the other way round`)
const count = (what: string, most: number) => z.number().int(`${what} must be a whole number`).min(1, `${what} must be at least 1`).max(most, `${what} must not exceed ${most}`)

const Generator = z.strictObject({
  users: count('users', 1000).default(PAPER_GENERATOR.users),
  workflowsPerUser: count('workflowsPerUser', 1000).default(PAPER_GENERATOR.workflowsPerUser),
  tasks: count('tasks', 1000).default(PAPER_GENERATOR.tasks),
  firstMegabytes: range('firstMegabytes').default([...PAPER_GENERATOR.firstMegabytes]),
  laterMegabytes: range('laterMegabytes').default([...PAPER_GENERATOR.laterMegabytes]),
  megacycles: range('megacycles').default([...PAPER_GENERATOR.megacycles])
}) satisfies z.ZodType<GeneratorParameters>

const Head = { format: z.literal(WORKLOAD), name: Name, note: Note }
const Explicit = z.strictObject({
  ...Head,
  workflows: z.array(WorkflowDocument).min(1, 'a workload needs at least one workflow').max(MOST_WORKFLOWS, `a workload has ${MOST_WORKFLOWS} workflows at most`)
})
const Generated = z.strictObject({ ...Head, generator: Generator, seed: Seed })

/** A workload from its document (`dmro-workload/1`): explicit workflows, or a generator and its seed. */
export function readWorkload(value: unknown, root = '$'): Read<Workload> {
  const isGenerator = typeof value === 'object' && value !== null && 'generator' in value
  if (isGenerator) {
    const read = readBy(Generated, value, root)
    if (!read.ok) return read
    const { format: _, ...workload } = read.value
    return settled(workload, [])
  }
  const read = readBy(Explicit, value, root)
  if (!read.ok) return read
  const { format: _, ...workload } = read.value
  const faults = workload.workflows.flatMap((workflow, i) => workflowFaults(workflow, `${root}.workflows[${i}]`))
  return settled(workload, [...duplicates(workload.workflows, `${root}.workflows`, 'workflow'), ...faults])
}

export function writeWorkload(workload: Workload): object {
  return isGenerated(workload) ? { format: WORKLOAD, ...workload } : { format: WORKLOAD, ...workload }
}

function duplicates(items: readonly { id: string }[], path: string, what: string): Fault[] {
  const seen = new Map<string, number>()
  return items.flatMap(({ id }, i) => {
    const before = seen.get(id)
    seen.set(id, i)
    return before === undefined ? [] : [{ path: `${path}[${i}].id`, message: `"${id}" is already the id of ${what} ${before}; ids must differ` }]
  })
}

/** What a graph of tasks may not be, whatever format it came in. */
export function workflowFaults(workflow: Workflow, path: string): Fault[] {
  const ids = new Set(workflow.tasks.map((task) => task.id))
  const faults = duplicates(workflow.tasks, `${path}.tasks`, 'task')
  const pairs = new Map<string, number>()
  workflow.flows.forEach((flow, i) => {
    const at = `${path}.flows[${i}]`
    if (flow.from !== INPUT && !ids.has(flow.from)) faults.push({ path: `${at}.from`, message: `there is no task "${flow.from}"; data comes from a task or from ${INPUT}` })
    if (flow.to !== OUTPUT && !ids.has(flow.to)) faults.push({ path: `${at}.to`, message: `there is no task "${flow.to}"; data goes to a task or to ${OUTPUT}` })
    if (flow.from === flow.to) faults.push({ path: at, message: `leads from "${flow.from}" to itself` })
    const pair = JSON.stringify([flow.from, flow.to])
    const before = pairs.get(pair)
    if (before !== undefined) faults.push({ path: at, message: `joins the same tasks as flow ${before}; make them one` })
    pairs.set(pair, i)
  })
  return faults.length > 0 ? faults : cycleFaults(workflow, path)
}

/** Kahn's algorithm: tasks that never become ready stand on a cycle, or behind one. */
function cycleFaults({ tasks, flows }: Workflow, path: string): Fault[] {
  const waiting = new Map(tasks.map((task) => [task.id, 0]))
  const after = new Map<string, string[]>()
  for (const { from, to } of flows) {
    if (from === INPUT || to === OUTPUT) continue
    waiting.set(to, (waiting.get(to) ?? 0) + 1)
    const others = after.get(from)
    if (others) others.push(to)
    else after.set(from, [to])
  }
  const ready = tasks.filter((task) => waiting.get(task.id) === 0).map((task) => task.id)
  let done = 0
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    done++
    for (const next of after.get(id) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1
      waiting.set(next, left)
      if (left === 0) ready.push(next)
    }
  }
  if (done === tasks.length) return []
  const stuck = tasks.filter((task) => (waiting.get(task.id) ?? 0) > 0).map((task) => `"${task.id}"`)
  return [{ path: `${path}.flows`, message: `these tasks wait for each other in a circle: ${stuck.slice(0, 10).join(', ')}` }]
}
