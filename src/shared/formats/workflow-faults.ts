import type { Fault } from '../experiment/experiment'
import { INPUT, OUTPUT } from '../model/workflow'
import { duplicateFaults, recordsIn } from './read'

/**
 * What a graph of tasks may not be. Works on whatever is there, so that everything wrong is told at once. `isOnePerPair`: whether a second
 * flow between the same two tasks is a fault.
 */
export function workflowFaults(workflow: unknown, path: string, isOnePerPair: boolean): Fault[] {
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
    if (!isOnePerPair) continue
    const pair = JSON.stringify([from, to])
    const before = pairs.get(pair)
    if (before === undefined) pairs.set(pair, i)
    else faults.push({ path: at, message: `joins the same tasks as flow ${before}; make them one` })
  }
  return [...faults, ...cycleFaults(workflow, path)]
}

/** Whether several flows lead from one task, or the input, to another. */
export function hasParallelFlows(flows: readonly { from: string; to: string }[]): boolean {
  const ends = new Map<string, Set<string>>()
  return flows.some(({ from, to }) => {
    const known = ends.get(from)
    if (known?.has(to)) return true
    if (known) known.add(to)
    else ends.set(from, new Set([to]))
    return false
  })
}

/** Kahn's algorithm: tasks that never become ready stand on a cycle, or behind one. */
function cycleFaults(workflow: unknown, path: string): Fault[] {
  const ids = recordsIn(workflow, 'tasks').map(({ record }) => record.id)
  const waiting = new Map(ids.map((id) => [id, 0]))
  const after = new Map<unknown, unknown[]>()
  for (const {
    record: { from, to }
  } of recordsIn(workflow, 'flows')) {
    if (from === to || !waiting.has(from) || !waiting.has(to)) continue
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

/**
 * Workflows of a batch are listed as they are released. What is not a number is for the schema to refuse; what is absent is 0.
 */
export function releaseFaults(workflows: ReturnType<typeof recordsIn>, path: string): Fault[] {
  const faults: Fault[] = []
  let latest = { seconds: 0, i: -1 }
  for (const { record, i } of workflows) {
    const seconds = record.releaseSeconds ?? 0
    if (typeof seconds !== 'number' || !Number.isFinite(seconds)) continue
    if (seconds < latest.seconds && seconds >= 0) {
      const message = `is ${record.releaseSeconds === undefined ? '0 where it is absent' : seconds}, before the ${latest.seconds} of workflow ${latest.i}; list workflows in the order of their release`
      faults.push({ path: `${path}[${i}].releaseSeconds`, message })
    } else latest = { seconds, i }
  }
  return faults
}
