import { type Drawing, type DrawnLink, type DrawnNode, NODE } from './drawing'
import type { Point } from './edit'

/** Lines and boxes of the canvas, in its own pixels. */

export function middleOf({ x, y }: Point): Point {
  return { x: x + NODE.width / 2, y: y + NODE.height / 2 }
}

/** Where the line from the middle of one card to that of another leaves the first; its middle where the other's lies within it. */
export function borderOf(from: Point, to: Point): Point {
  const [x, y] = [to.x - from.x, to.y - from.y]
  const share = Math.min(NODE.width / 2 / Math.abs(x || 1e-9), NODE.height / 2 / Math.abs(y || 1e-9))
  return share >= 1 ? from : { x: from.x + share * x, y: from.y + share * y }
}

/** Links are wider the more they carry: 1 px up to 1 MB/s, then a little more each tenfold. */
export function strokeWidth({ bandwidthMBps }: Pick<DrawnLink, 'bandwidthMBps'>): number {
  if (!(bandwidthMBps > 0)) return 1
  return Math.min(5, Math.max(1, 1 + Math.log10(Math.max(bandwidthMBps, 1)) * 1.1))
}

export interface GroupBox {
  name: string
  keys: string[]
  x: number
  y: number
  width: number
  height: number
}

const PADDING = { side: 20, top: 32, bottom: 20 } as const

/** The box around each group's nodes, its name in the band at the top. */
export function groupBoxes(nodes: readonly DrawnNode[], at: (node: DrawnNode) => Point): GroupBox[] {
  const members = new Map<string, DrawnNode[]>()
  for (const node of nodes) if (node.group !== undefined) members.set(node.group, [...(members.get(node.group) ?? []), node])
  return [...members].map(([name, list]) => {
    const places = list.map(at)
    const left = Math.min(...places.map(({ x }) => x)) - PADDING.side
    const top = Math.min(...places.map(({ y }) => y)) - PADDING.top
    return {
      name,
      keys: list.map((node) => node.key),
      x: left,
      y: top,
      width: Math.max(...places.map(({ x }) => x)) + NODE.width + PADDING.side - left,
      height: Math.max(...places.map(({ y }) => y)) + NODE.height + PADDING.bottom - top
    }
  })
}

/** What holds the whole drawing, groups included. */
export function extentOf(drawing: Drawing): { x: number; y: number; width: number; height: number } {
  if (drawing.nodes.length === 0) return { x: 0, y: 0, width: NODE.width, height: NODE.height }
  const xs = drawing.nodes.map(({ x }) => x)
  const ys = drawing.nodes.map(({ y }) => y)
  const [x, y] = [Math.min(...xs) - PADDING.side, Math.min(...ys) - PADDING.top]
  return { x, y, width: Math.max(...xs) + NODE.width + PADDING.side - x, height: Math.max(...ys) + NODE.height + PADDING.bottom - y }
}
