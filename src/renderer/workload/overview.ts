import type { Graph, GraphNode } from './graph'

/** Layers side by side, one or several to a column where there are many; a cell per task. All in pixels. */
export interface LayerColumn {
  /** Layers it holds, first and last. */
  from: number
  to: number
  x: number
  width: number
  top: number
  height: number
  /** Cells stand in rows of so many, from the upper left. */
  across: number
  cell: { width: number; height: number }
  /** In the order of their cells. */
  tasks: readonly GraphNode[]
}

/** All flows that lead past the gap between two columns that follow each other. */
export interface Band {
  from: LayerColumn
  to: LayerColumn
  flows: number
  megabytes: number
}

export interface Overview {
  columns: readonly LayerColumn[]
  bands: readonly Band[]
}

/** No column is narrower: what would be is put together with its neighbours. */
const LEAST_COLUMN = 9
const LARGEST_CELL = { width: 22, height: 12 } as const
/** The share of its place that a column takes; the rest is for flows. */
const FILLED = 0.55

/** How a drawing of any number of tasks fills a place of this size: as many columns as fit, cells as large as fit. */
export function overviewOf(graph: Graph, place: { width: number; height: number }): Overview {
  const tasks = graph.nodes.filter((node) => node.megacycles !== undefined)
  // The two ends are not tasks and have no column.
  const layers = Math.max(1, graph.layers - 2)
  const count = Math.max(1, Math.min(layers, Math.floor(place.width / LEAST_COLUMN)))
  const columnOf = (node: GraphNode) => Math.min(count - 1, Math.max(0, Math.floor(((node.layer - 1) * count) / layers)))
  const members = Array.from({ length: count }, (): GraphNode[] => [])
  for (const task of tasks) members[columnOf(task)].push(task)
  const slot = place.width / count
  const columns = members.map((list, i): LayerColumn => {
    const { across, cell } = cellsFor(list.length, Math.min(slot * FILLED, slot - 2), place.height)
    const [width, height] = [across * cell.width, Math.ceil(list.length / across) * cell.height]
    list.sort((a, b) => a.layer - b.layer || a.row - b.row)
    const from = 1 + Math.ceil((i * layers) / count)
    const to = Math.ceil(((i + 1) * layers) / count)
    return { from, to, x: (i + 0.5) * slot - width / 2, width, top: (place.height - height) / 2, height, across, cell, tasks: list }
  })
  return { columns, bands: bandsOf(graph, columns, columnOf) }
}

/** The grid of cells with the largest cells that `count` of them leave in a place. */
function cellsFor(count: number, width: number, height: number): Pick<LayerColumn, 'across' | 'cell'> {
  let best = { across: 1, cell: { width: 0, height: 0 }, size: 0 }
  const most = Math.max(1, Math.min(count, Math.ceil(width)))
  for (let across = 1; across <= most; across++) {
    const cell = {
      width: Math.min(LARGEST_CELL.width, width / across),
      height: Math.min(LARGEST_CELL.height, height / Math.ceil(count / across))
    }
    // A cell reads best a little wider than high.
    const size = Math.min(cell.width / 1.6, cell.height)
    if (size > best.size) best = { across, cell, size }
  }
  return { across: best.across, cell: best.cell }
}

function bandsOf({ edges }: Graph, columns: readonly LayerColumn[], columnOf: (node: GraphNode) => number): Band[] {
  const gaps = Array.from({ length: Math.max(0, columns.length - 1) }, () => ({ flows: 0, megabytes: 0 }))
  // Where flows begin to pass and where they end: summed up from the left.
  const begun = gaps.map(() => ({ flows: 0, megabytes: 0 }))
  for (const { from, to, megabytes } of edges) {
    if (from.megacycles === undefined || to.megacycles === undefined) continue
    const [a, b] = [columnOf(from), columnOf(to)]
    if (a >= b) continue
    begun[a].flows += 1
    begun[a].megabytes += megabytes
    if (b < begun.length) {
      begun[b].flows -= 1
      begun[b].megabytes -= megabytes
    }
  }
  let [flows, megabytes] = [0, 0]
  begun.forEach((change, i) => {
    flows += change.flows
    megabytes += change.megabytes
    // Sums of many sizes end a hair beside nothing.
    gaps[i] = { flows, megabytes: flows === 0 ? 0 : Math.max(0, megabytes) }
  })
  return gaps.map((gap, i) => ({ from: columns[i], to: columns[i + 1], ...gap }))
}

/** The rectangle of a column's cell. */
export function cellAt(column: LayerColumn, i: number): { x: number; y: number; width: number; height: number } {
  const { across, cell, x, top } = column
  return { x: x + (i % across) * cell.width, y: top + Math.floor(i / across) * cell.height, ...cell }
}

/** The task under a point, a cell's breadth beside its column at most; undefined where there is none. */
export function taskAt({ columns }: Overview, x: number, y: number): GraphNode | undefined {
  for (const column of columns) {
    const { across, cell, tasks } = column
    if (x < column.x - 3 || x > column.x + column.width + 3) continue
    const [across0, down] = [Math.floor((x - column.x) / cell.width), Math.floor((y - column.top) / cell.height)]
    const found = tasks[down * across + Math.min(across - 1, Math.max(0, across0))]
    if (found && down >= 0) return found
  }
  return undefined
}
