import { type Drawing, NODE, nodesByKey } from './drawing'

/** Beyond this many links only those that are pointed at, selected or on a route bear their label. */
export const MOST_LABELS = 80
const LABEL = { width: 92, height: 22 } as const
/** Where along its link a label may stand, best first. */
const SPOTS = [0.5, 0.4, 0.6, 0.32, 0.68] as const

interface Box {
  x: number
  y: number
  width: number
  height: number
}

const overlap = (a: Box, b: Box) =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))

/** For each link the fraction of its way at which its label hides least of what else is there. */
export function labelSpots(drawing: Drawing): Map<string, number> {
  const spots = new Map<string, number>()
  if (drawing.links.length > MOST_LABELS) return spots
  const nodes = nodesByKey(drawing)
  const boxes: Box[] = drawing.nodes.map(({ x, y }) => ({ x: x - 4, y: y - 4, width: NODE.width + 8, height: NODE.height + 8 }))
  for (const link of drawing.links) {
    const [from, to] = [nodes.get(link.from), nodes.get(link.to)]
    if (!from || !to) continue
    const boxAt = (t: number): Box => ({
      x: from.x + (to.x - from.x) * t + (NODE.width - LABEL.width) / 2,
      y: from.y + (to.y - from.y) * t + (NODE.height - LABEL.height) / 2,
      ...LABEL
    })
    const hidden = (t: number) => boxes.reduce((sum, box) => sum + overlap(box, boxAt(t)), 0)
    let best = { t: SPOTS[0] as number, hides: Number.POSITIVE_INFINITY }
    for (const t of SPOTS) {
      const hides = hidden(t)
      if (hides < best.hides) best = { t, hides }
      if (hides === 0) break
    }
    boxes.push(boxAt(best.t))
    spots.set(link.key, best.t)
  }
  return spots
}
