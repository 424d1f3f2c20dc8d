import { type Flow, INPUT, OUTPUT, type Workflow } from '@shared/model/workflow'

/** A task or the device's own end of a workflow, placed. */
export interface GraphNode {
  id: string
  /** Column from the left, by the longest way from the input; row within it. */
  layer: number
  row: number
  /** undefined: input or output. */
  megacycles?: number
}

export interface GraphEdge {
  from: GraphNode
  to: GraphNode
  megabytes: number
}

export interface Graph {
  nodes: GraphNode[]
  edges: GraphEdge[]
  layers: number
  /** Rows of the fullest layer. */
  rows: number
}

/**
 * Places a workflow in layers: every flow leads to the right, each task one layer behind the last it waits for, and within a layer by the
 * mean row of those before it. Tasks on a circle stand where the walk first met them. Takes time in proportion to tasks and flows.
 */
export function graphOf(workflow: Workflow): Graph {
  const ids = [INPUT, ...workflow.tasks.map((task) => task.id), OUTPUT]
  const known = new Set(ids)
  const flows = workflow.flows.filter((flow) => known.has(flow.from) && known.has(flow.to) && flow.from !== flow.to)
  const before = linkedBy(flows, 'to')
  const layerOf = layersOf(ids, before, linkedBy(flows, 'from'))
  const megacycles = new Map(workflow.tasks.map((task) => [task.id, task.megacycles]))
  const layers = (layerOf.get(OUTPUT) ?? 0) + 1
  const members = Array.from({ length: layers }, (): string[] => [])
  for (const id of known) members[layerOf.get(id) ?? 0].push(id)
  const placed = new Map<string, GraphNode>()
  const wish = (id: string) => {
    let [sum, count] = [0, 0]
    for (const { from } of before.get(id) ?? []) {
      const row = placed.get(from)?.row
      if (row === undefined) continue
      sum += row
      count += 1
    }
    return count > 0 ? sum / count : 0
  }
  let rows = 1
  members.forEach((here, layer) => {
    const ordered = here.map((id) => ({ id, at: wish(id) })).sort((a, b) => a.at - b.at)
    ordered.forEach(({ id }, i) => placed.set(id, { id, layer, row: i - (ordered.length - 1) / 2, megacycles: megacycles.get(id) }))
    rows = Math.max(rows, here.length)
  })
  const edges = flows.flatMap((flow): GraphEdge[] => {
    const [from, to] = [placed.get(flow.from), placed.get(flow.to)]
    return from && to ? [{ from, to, megabytes: flow.megabytes }] : []
  })
  return { nodes: [...placed.values()], edges, layers, rows }
}

/** Flows by the task at one of their ends. */
export function linkedBy(flows: readonly Flow[], end: 'from' | 'to'): Map<string, Flow[]> {
  const by = new Map<string, Flow[]>()
  for (const flow of flows) {
    const others = by.get(flow[end])
    if (others) others.push(flow)
    else by.set(flow[end], [flow])
  }
  return by
}

type Linked = ReadonlyMap<string, readonly Flow[]>

function layersOf(ids: readonly string[], before: Linked, after: Linked): Map<string, number> {
  const layer = new Map(ids.map((id) => [id, id === INPUT ? 0 : 1]))
  const waiting = new Map(ids.map((id) => [id, before.get(id)?.length ?? 0]))
  const ready = ids.filter((id) => waiting.get(id) === 0)
  for (let i = 0; i < ready.length; i++) {
    const id = ready[i]
    for (const { to } of after.get(id) ?? []) {
      layer.set(to, Math.max(layer.get(to) ?? 0, (layer.get(id) ?? 0) + 1))
      const left = (waiting.get(to) ?? 0) - 1
      waiting.set(to, left)
      if (left === 0) ready.push(to)
    }
  }
  // The output stands behind everything, whether or not all of it sends data there.
  let last = 0
  for (const [id, at] of layer) if (id !== OUTPUT) last = Math.max(last, at)
  layer.set(OUTPUT, last + 1)
  return layer
}

/** What is drawn task by task; of more, layers are drawn and a task's neighbours. */
const MOST_DRAWN = { tasks: 200, flows: 800 }

export const isDrawnWhole = ({ tasks, flows }: Workflow): boolean => tasks.length <= MOST_DRAWN.tasks && flows.length <= MOST_DRAWN.flows

/** Neighbours shown on each side of a task: those with the most data. */
const MOST_NEIGHBOURS = 6

export interface Neighbourhood {
  /** The task and its neighbours, to be drawn as a workflow is. */
  workflow: Workflow
  /** All that give it data and all it gives data to; more than are shown where there are many. */
  sources: number
  targets: number
}

/** A task among those it has data from and those it sends data to; undefined where there is no such task. */
export function aroundOf({ id, device, tasks, flows }: Workflow, task: string): Neighbourhood | undefined {
  const largest = (all: Flow[]) => all.sort((a, b) => b.megabytes - a.megabytes).slice(0, MOST_NEIGHBOURS)
  const into = flows.filter((flow) => flow.to === task)
  const outOf = flows.filter((flow) => flow.from === task)
  const [sources, targets] = [into.length, outOf.length]
  const kept = [...largest(into), ...largest(outOf)]
  const near = new Set([task, ...kept.flatMap(({ from, to }) => [from, to])])
  const drawn = tasks.filter((each) => near.has(each.id))
  if (!drawn.some((each) => each.id === task)) return undefined
  return { workflow: { id, device, tasks: drawn, flows: kept }, sources, targets }
}
