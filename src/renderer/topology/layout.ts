import { TIERS } from '@shared/model/topology'
import { type Drawing, type DrawnNode, NODE } from './drawing'
import { type Point, placeNodes } from './edit'

const GAP = { column: 152, row: 44 } as const
/** Nodes in one column of a tier. */
const MOST_ROWS = 12

/**
 * Every node a place by tier, left to right: devices, edges, clouds; within a tier those of a group together, and each
 * near what it is linked to, so that fewer links cross. Tiers of many nodes take several columns.
 */
export function tidied(drawing: Drawing): Drawing {
  const places = new Map<string, Point>()
  const order = new Map<string, number>()
  const neighbours = neighboursOf(drawing)
  let left = 0
  // Clouds are ordered as they come; then those that link to them follow. Ordered from the fewest, placed from the left.
  const columns = TIERS.map((tier) => drawing.nodes.filter((node) => node.tier === tier))
  for (const nodes of [...columns].sort((a, b) => a.length - b.length)) {
    const ordered = byGroup(nodes, (node) => middleOf(neighbours.get(node.key) ?? [], order))
    ordered.forEach((node, i) => order.set(node.key, (i + 0.5) / ordered.length))
  }
  for (const nodes of columns) {
    if (nodes.length === 0) continue
    const ordered = [...nodes].sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0))
    const across = Math.ceil(ordered.length / MOST_ROWS)
    const down = Math.ceil(ordered.length / across)
    ordered.forEach((node, i) => {
      const column = Math.floor(i / down)
      const rows = Math.min(down, ordered.length - column * down)
      places.set(node.key, {
        x: left + column * (NODE.width + GAP.row),
        y: grid(((i % down) - (rows - 1) / 2) * (NODE.height + GAP.row * 2))
      })
    })
    left += (across - 1) * (NODE.width + GAP.row) + NODE.width + GAP.column
  }
  return placeNodes(drawing, places)
}

const grid = (value: number) => Math.round(value / 8) * 8

/** Tidied where a node has no place yet, as it was otherwise. */
export function placed(drawing: Drawing): Drawing {
  const hasPlace = (node: DrawnNode) => Number.isFinite(node.x) && Number.isFinite(node.y)
  return drawing.nodes.every(hasPlace) ? drawing : tidied(drawing)
}

function neighboursOf(drawing: Drawing): Map<string, string[]> {
  const neighbours = new Map<string, string[]>(drawing.nodes.map((node) => [node.key, []]))
  for (const { from, to } of drawing.links) {
    neighbours.get(from)?.push(to)
    neighbours.get(to)?.push(from)
  }
  return neighbours
}

/** Where its neighbours are, 0 first and 1 last; the middle where they have no order yet. */
function middleOf(neighbours: readonly string[], order: ReadonlyMap<string, number>): number {
  const known = neighbours.flatMap((key) => order.get(key) ?? [])
  return known.length === 0 ? 0.5 : known.reduce((sum, value) => sum + value, 0) / known.length
}

function byGroup(nodes: readonly DrawnNode[], middle: (node: DrawnNode) => number): DrawnNode[] {
  const members = new Map<string, DrawnNode[]>()
  for (const node of nodes) {
    const name = node.group ?? `\u0000${node.key}`
    members.set(name, [...(members.get(name) ?? []), node])
  }
  const mean = (list: readonly DrawnNode[]) => list.reduce((sum, node) => sum + middle(node), 0) / list.length
  return [...members.values()].sort((a, b) => mean(a) - mean(b)).flatMap((list) => [...list].sort((a, b) => middle(a) - middle(b)))
}
