import type { Link, Topology, TopologyNode } from '@shared/model/topology'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface PlacedNode {
  node: TopologyNode
  box: Box
}

export interface PlacedLink {
  link: Link
  from: { x: number; y: number }
  to: { x: number; y: number }
  /** Where its card stands. */
  box: Box
}

export interface MapLayout {
  nodes: readonly PlacedNode[]
  links: readonly PlacedLink[]
}

/** More would not be read on a map: they are listed. */
export const MOST_ON_MAP = { nodes: 6, links: 12 }

const NODE = { width: 140, height: 62 }
const CARD = { width: 118, height: 42 }
const MARGIN = 16

export const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 })

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + 8
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + 8
  return width > 0 && height > 0 ? width * height : 0
}

/** Devices at the left, edges before clouds; where there is one edge or one cloud at most, both stand at the right. */
function columnsOf({ nodes }: Topology): TopologyNode[][] {
  const [devices, edges, clouds] = (['device', 'edge', 'cloud'] as const).map((tier) => nodes.filter((node) => node.tier === tier))
  const columns = edges.length <= 1 && clouds.length <= 1 ? [devices, [...edges, ...clouds]] : [devices, edges, clouds]
  return columns.filter((column) => column.length > 0)
}

/** Where nodes and link cards stand on a map of this size: cards on their links, moved along them so that little is covered. */
export function layMap(topology: Topology, width: number, height: number): MapLayout {
  const columns = columnsOf(topology)
  const across = Math.max(0, width - 2 * MARGIN - NODE.width)
  const nodes = columns.flatMap((column, c) => {
    const x = MARGIN + (columns.length === 1 ? across / 2 : (across * c) / (columns.length - 1))
    const down = Math.max(0, height - 2 * MARGIN - NODE.height)
    return column.map((node, i): PlacedNode => {
      const y = MARGIN + (column.length === 1 ? down / 2 : (down * i) / (column.length - 1))
      return { node, box: { x, y, ...NODE } }
    })
  })
  const taken = nodes.map(({ box }) => box)
  const links = topology.links.flatMap((link): PlacedLink[] => {
    const ends = [link.from, link.to].map((id) => nodes.find(({ node }) => node.id === id)?.box)
    const [a, b] = ends
    if (!a || !b) return []
    const [from, to] = [middle(a), middle(b)]
    let best: Box | undefined
    let least = Number.POSITIVE_INFINITY
    for (const t of [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75]) {
      const at = { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t }
      const box = { x: at.x - CARD.width / 2, y: at.y - CARD.height / 2, ...CARD }
      box.x = Math.max(4, Math.min(width - CARD.width - 4, box.x))
      const covered = taken.reduce((sum, other) => sum + overlap(box, other), 0)
      if (covered < least) {
        least = covered
        best = box
      }
      if (covered === 0) break
    }
    if (!best) return []
    taken.push(best)
    return [{ link, from, to, box: best }]
  })
  return { nodes, links }
}
