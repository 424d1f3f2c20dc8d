import type { Graph, GraphNode } from './graph'

/** The end or task that an arrow key leads to: the nearest of the next column, or the next of its own; undefined at the edge. */
export function stepFrom({ nodes }: Graph, at: GraphNode, key: string): GraphNode | undefined {
  const least = (all: readonly GraphNode[], far: (node: GraphNode) => number) =>
    all.reduce<GraphNode | undefined>((best, node) => (best === undefined || far(node) < far(best) ? node : best), undefined)
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const sign = key === 'ArrowUp' ? -1 : 1
    return least(
      nodes.filter((node) => node.layer === at.layer && (node.row - at.row) * sign > 0),
      (node) => Math.abs(node.row - at.row)
    )
  }
  const sign = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0
  if (sign === 0) return undefined
  // A part of a workflow has layers that stand empty.
  return least(
    nodes.filter((node) => (node.layer - at.layer) * sign > 0),
    (node) => Math.abs(node.layer - at.layer) * 1e6 + Math.abs(node.row - at.row)
  )
}
