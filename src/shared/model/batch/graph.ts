import { INPUT, OUTPUT, type Workflow } from '../workflow'

/** Where a flow starts that brings a workflow its input, and where one ends that returns a result: the device. */
export const DEVICE = -1

/** A workflow's graph by numbers: its tasks by their index in the document, its flows in the document's order. */
export interface TaskGraph {
  workflow: Workflow
  /** [flows] the task each flow comes from and leads to; DEVICE for `@input` and `@output`. */
  from: Int32Array
  to: Int32Array
  /** [tasks] in topological order: Kahn's algorithm, where of all ready tasks the first in the document is next. */
  topological: Int32Array
  /** [tasks] the place of each task in `topological`. */
  position: Int32Array
  /** [tasks] the flows into each task and out of it (returns included), in the document's order. */
  incoming: readonly (readonly number[])[]
  outgoing: readonly (readonly number[])[]
}

/** The graph of a workflow. Throws RangeError, naming workflow and task, where it is not a directed acyclic graph of at least one task. */
export function taskGraph(workflow: Workflow): TaskGraph {
  const { tasks, flows } = workflow
  const fail = (reason: string): never => {
    throw new RangeError(`workflow "${workflow.id}" ${reason}`)
  }
  if (tasks.length === 0) fail('has no task; give it at least one')
  const release = workflow.releaseSeconds ?? 0
  if (!(release >= 0 && release < Infinity)) fail(`is released at ${release} s; releaseSeconds must be 0 or more`)
  const index = new Map<string, number>()
  tasks.forEach(({ id }, i) => {
    if (index.has(id)) fail(`has two tasks "${id}"; rename one`)
    index.set(id, i)
  })
  const from = new Int32Array(flows.length)
  const to = new Int32Array(flows.length)
  const incoming: number[][] = tasks.map(() => [])
  const outgoing: number[][] = tasks.map(() => [])
  flows.forEach((flow, f) => {
    const source = flow.from === INPUT ? DEVICE : index.get(flow.from)
    const target = flow.to === OUTPUT ? DEVICE : index.get(flow.to)
    if (source === undefined) return fail(`has a flow from task "${flow.from}", which it does not have`)
    if (target === undefined) return fail(`has a flow to task "${flow.to}", which it does not have`)
    if (source === DEVICE && target === DEVICE) fail(`has a flow from ${INPUT} straight to ${OUTPUT}; data passes through a task`)
    if (!(flow.megabytes >= 0 && flow.megabytes < Infinity))
      fail(`has a flow from "${flow.from}" to "${flow.to}" of ${flow.megabytes} MB; it must be 0 or more`)
    from[f] = source
    to[f] = target
    if (source !== DEVICE) outgoing[source].push(f)
    if (target !== DEVICE) incoming[target].push(f)
  })
  const topological = topologicalOrder(from, to, outgoing)
  if (topological.length < tasks.length) {
    const reached = new Set(topological)
    fail(`goes in a circle: task "${tasks.find((_, i) => !reached.has(i))?.id}" waits for a task that waits for it`)
  }
  const position = new Int32Array(tasks.length)
  for (let i = 0; i < tasks.length; i++) position[topological[i]] = i
  return { workflow, from, to, topological, position, incoming, outgoing }
}

/** Kahn's algorithm; shorter than the tasks where some wait for each other in a circle. */
function topologicalOrder(from: Int32Array, to: Int32Array, outgoing: readonly (readonly number[])[]): Int32Array {
  const waiting = new Int32Array(outgoing.length)
  for (let f = 0; f < from.length; f++) if (from[f] !== DEVICE && to[f] !== DEVICE) waiting[to[f]]++
  const ready = new Heap()
  for (let task = 0; task < waiting.length; task++) if (waiting[task] === 0) ready.push(task)
  const order = new Int32Array(waiting.length)
  let placed = 0
  while (ready.size > 0) {
    const task = ready.pop()
    order[placed++] = task
    for (const f of outgoing[task]) if (to[f] !== DEVICE && --waiting[to[f]] === 0) ready.push(to[f])
  }
  return order.subarray(0, placed)
}

/** Whole numbers of which the least is taken next. */
class Heap {
  readonly #items: number[] = []

  get size(): number {
    return this.#items.length
  }

  push(item: number): void {
    const items = this.#items
    let at = items.push(item) - 1
    for (let above = (at - 1) >> 1; at > 0 && items[above] > item; above = (at - 1) >> 1) {
      items[at] = items[above]
      at = above
    }
    items[at] = item
  }

  /** The least; there must be one. */
  pop(): number {
    const items = this.#items
    const least = items[0]
    const item = items.pop() as number
    if (items.length === 0) return least
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= items.length) break
      if (below + 1 < items.length && items[below + 1] < items[below]) below++
      if (items[below] >= item) break
      items[at] = items[below]
      at = below
    }
    items[at] = item
    return least
  }
}
