import { INPUT, OUTPUT, type Workflow } from '@shared/model/workflow'
import { addTask, unusedId } from './work'
import { linkedBy } from './graph'

/** The two ends of a flow: tasks, or the device's own. */
export interface FlowEnds {
  from: string
  to: string
}

export const isSameFlow = (a: FlowEnds, b: FlowEnds | undefined): boolean => a.from === b?.from && a.to === b.to

/** Why no flow can be drawn between two ends. */
export type NoFlow = 'joined' | 'itself' | 'circle' | 'input' | 'output' | 'straight'

/** MB of a flow that is drawn where nothing says how many. */
const FIRST_MEGABYTES = 10

/** With a flow from one end to the other, or why there can be none. */
export function joinTasks(workflow: Workflow, ends: FlowEnds): Workflow | NoFlow {
  const { from, to } = ends
  if (from === to) return 'itself'
  if (to === INPUT) return 'input'
  if (from === OUTPUT) return 'output'
  if (from === INPUT && to === OUTPUT) return 'straight'
  if (workflow.flows.some((flow) => isSameFlow(flow, ends))) return 'joined'
  if (reaches(workflow, to, from)) return 'circle'
  return { ...workflow, flows: [...workflow.flows, { from, to, megabytes: FIRST_MEGABYTES }] }
}

/** Whether data of one task comes to another, over whatever lies between. */
function reaches({ flows }: Workflow, from: string, to: string): boolean {
  const after = linkedBy(flows, 'from')
  const seen = new Set([from])
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true
    for (const flow of after.get(id) ?? []) {
      if (seen.has(flow.to)) continue
      seen.add(flow.to)
      open.push(flow.to)
    }
  }
  return false
}

/** With a task that has data from `before` and gives the device its result; of none chosen, one after the last. */
export function addTaskAfter(workflow: Workflow, before: string | undefined): { workflow: Workflow; id: string } {
  const known = workflow.tasks.find((task) => task.id === before)
  if (!known) {
    const next = addTask(workflow)
    return { workflow: next, id: next.tasks[next.tasks.length - 1].id }
  }
  const ids = workflow.tasks.map((task) => task.id)
  const id = unusedId(ids, 't')
  const megabytes = workflow.flows.find((flow) => flow.from === known.id)?.megabytes ?? FIRST_MEGABYTES
  const flows = [
    { from: known.id, to: id, megabytes },
    { from: id, to: OUTPUT, megabytes }
  ]
  return {
    workflow: { ...workflow, tasks: [...workflow.tasks, { id, megacycles: known.megacycles }], flows: [...workflow.flows, ...flows] },
    id
  }
}

export function setMegacycles(workflow: Workflow, id: string, megacycles: number): Workflow {
  return { ...workflow, tasks: workflow.tasks.map((task) => (task.id === id ? { ...task, megacycles } : task)) }
}

/** Of the first flow between these ends. */
export function setMegabytes(workflow: Workflow, ends: FlowEnds, megabytes: number): Workflow {
  const at = workflow.flows.findIndex((flow) => isSameFlow(flow, ends))
  return at < 0 ? workflow : { ...workflow, flows: workflow.flows.with(at, { ...workflow.flows[at], megabytes }) }
}

/** Without the first flow between these ends. */
export function removeFlow(workflow: Workflow, ends: FlowEnds): Workflow {
  const at = workflow.flows.findIndex((flow) => isSameFlow(flow, ends))
  return at < 0 ? workflow : { ...workflow, flows: workflow.flows.toSpliced(at, 1) }
}
