import type { Link, Topology, TopologyNode } from '@shared/model/topology'
import { placeLabels, type Rect, unfolded } from '../topology/labelLayout'

export type Box = Rect

export interface PlacedNode {
  node: TopologyNode
  box: Box
}

export interface PlacedLink {
  link: Link
  from: { x: number; y: number }
  to: { x: number; y: number }
  /** Where its card stands, or the chip that opens it where there is no room for a card. */
  box: Box
  isFolded: boolean
  /** Where the card stands once it is open; over others, if it was a chip. */
  card: Box
}

export interface MapLayout {
  nodes: readonly PlacedNode[]
  links: readonly PlacedLink[]
}

/** More would not be read on a map: they are listed. */
export const MOST_ON_MAP = { nodes: 6, links: 12 }

const NODE = { width: 140, height: 62 }
const CARD = { width: 118, height: 42 }
const CHIP = { width: 30, height: 20 }
/** The edge of the map that cards keep off. */
const EDGE = 4
const MARGIN = 16

export const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 })

/** Devices at the left, edges before clouds; where there is one edge or one cloud at most, both stand at the right. */
function columnsOf({ nodes }: Topology): TopologyNode[][] {
  const [devices, edges, clouds] = (['device', 'edge', 'cloud'] as const).map((tier) => nodes.filter((node) => node.tier === tier))
  const columns = edges.length <= 1 && clouds.length <= 1 ? [devices, [...edges, ...clouds]] : [devices, edges, clouds]
  return columns.filter((column) => column.length > 0)
}

/** Where nodes and link cards stand on a map of this size: cards on their links, moved along them so that nothing is covered; chips where there is no room. */
export function layMap(topology: Topology, width: number, height: number): MapLayout {
  const columns = columnsOf(topology)
  // Nodes of a narrow map are narrower rather than over each other.
  const node = { width: Math.min(NODE.width, (width - (columns.length + 1) * MARGIN) / columns.length), height: NODE.height }
  const across = Math.max(0, width - 2 * MARGIN - node.width)
  const nodes = columns.flatMap((column, c) => {
    const x = MARGIN + (columns.length === 1 ? across / 2 : (across * c) / (columns.length - 1))
    const down = Math.max(0, height - 2 * MARGIN - NODE.height)
    return column.map((each, i): PlacedNode => {
      const y = MARGIN + (column.length === 1 ? down / 2 : (down * i) / (column.length - 1))
      return { node: each, box: { x, y, ...node } }
    })
  })
  const boxOf = new Map(nodes.map(({ node, box }) => [node.id, box]))
  const lines = topology.links.flatMap((link, i) => {
    const [a, b] = [boxOf.get(link.from), boxOf.get(link.to)]
    return a && b ? [{ link, key: String(i), from: middle(a), to: middle(b), ...CARD }] : []
  })
  const bounds = { x: EDGE, y: EDGE, width: width - 2 * EDGE, height: height - 2 * EDGE }
  const placed = new Map(
    placeLabels(lines, { cards: [...boxOf.values()], bounds, chip: CHIP, gap: 2, isEveryShown: true }).map((each) => [each.key, each])
  )
  const links = lines.map((line): PlacedLink => {
    const at = placed.get(line.key)
    // Where a chip fits nowhere at all, it stands on its line all the same: the slider must be reached.
    const box = at?.rect ?? unfolded({ ...line, ...CHIP }, undefined, bounds)
    const isFolded = !at || at.isFolded
    return { link: line.link, from: line.from, to: line.to, box, isFolded, card: isFolded ? unfolded(line, box, bounds) : box }
  })
  return { nodes, links }
}
