import { INPUT, OUTPUT, type Workflow } from '@shared/model/workflow'

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
 * mean row of those before it. Tasks on a circle stand where the walk first met them.
 */
export function graphOf(workflow: Workflow): Graph {
  const ids = [INPUT, ...workflow.tasks.map((task) => task.id), OUTPUT]
  const known = new Set(ids)
  const flows = workflow.flows.filter((flow) => known.has(flow.from) && known.has(flow.to) && flow.from !== flow.to)
  const layerOf = layersOf(ids, flows)
  const before = new Map(ids.map((id) => [id, flows.filter((flow) => flow.to === id).map((flow) => flow.from)]))
  const megacycles = new Map(workflow.tasks.map((task) => [task.id, task.megacycles]))
  const layers = Math.max(...layerOf.values()) + 1
  const placed = new Map<string, GraphNode>()
  let rows = 1
  for (let layer = 0; layer < layers; layer++) {
    const here = ids.filter((id) => layerOf.get(id) === layer)
    const wish = (id: string) => {
      const rowsBefore = (before.get(id) ?? []).flatMap((from) => placed.get(from)?.row ?? [])
      return rowsBefore.length > 0 ? rowsBefore.reduce((sum, row) => sum + row, 0) / rowsBefore.length : 0
    }
    const ordered = here.map((id) => ({ id, at: wish(id) })).sort((a, b) => a.at - b.at)
    ordered.forEach(({ id }, i) => placed.set(id, { id, layer, row: i - (ordered.length - 1) / 2, megacycles: megacycles.get(id) }))
    rows = Math.max(rows, here.length)
  }
  const edges = flows.flatMap((flow): GraphEdge[] => {
    const [from, to] = [placed.get(flow.from), placed.get(flow.to)]
    return from && to ? [{ from, to, megabytes: flow.megabytes }] : []
  })
  return { nodes: [...placed.values()], edges, layers, rows }
}

function layersOf(ids: readonly string[], flows: readonly { from: string; to: string }[]): Map<string, number> {
  const layer = new Map(ids.map((id) => [id, id === INPUT ? 0 : 1]))
  const waiting = new Map(ids.map((id) => [id, flows.filter((flow) => flow.to === id).length]))
  const after = new Map<string, string[]>()
  for (const { from, to } of flows) after.set(from, [...(after.get(from) ?? []), to])
  const ready = ids.filter((id) => waiting.get(id) === 0)
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    for (const to of after.get(id) ?? []) {
      layer.set(to, Math.max(layer.get(to) ?? 0, (layer.get(id) ?? 0) + 1))
      const left = (waiting.get(to) ?? 0) - 1
      waiting.set(to, left)
      if (left === 0) ready.push(to)
    }
  }
  // The output stands behind everything, whether or not all of it sends data there.
  layer.set(OUTPUT, Math.max(...ids.filter((id) => id !== OUTPUT).map((id) => layer.get(id) ?? 0)) + 1)
  return layer
}
