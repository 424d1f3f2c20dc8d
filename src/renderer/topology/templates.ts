import type { Drawing } from './drawing'
import { type Added, addNode, joinNodes, paste, patchNodes, type Point, snapped } from './edit'
import { EMPTY, NODE } from './drawing'
import { type Tier, TIERS } from '@shared/model/topology'

/** What the palette offers ready made, besides single nodes. */
export type Part = Tier | 'cell' | 'site'

const isTier = (what: string): what is Tier => TIERS.some((tier) => tier === what)
export const isPart = (what: string): what is Part => isTier(what) || what === 'cell' || what === 'site'

const COLUMN = 320
const ROW = 104

/** Where something of a tier finds room without a hand that places it: under the lowest of its tier. */
export function roomFor(drawing: Drawing, tier: Tier): Point {
  const peers = drawing.nodes.filter((node) => node.tier === tier)
  if (peers.length > 0) {
    const lowest = peers.reduce((low, node) => (node.y > low.y ? node : low))
    return clear(drawing, { x: lowest.x, y: lowest.y + ROW })
  }
  if (drawing.nodes.length === 0) return { x: TIERS.indexOf(tier) * COLUMN, y: 0 }
  const first = drawing.nodes[0]
  const top = Math.min(...drawing.nodes.map((node) => node.y))
  return clear(drawing, { x: first.x + (TIERS.indexOf(tier) - TIERS.indexOf(first.tier)) * COLUMN, y: top })
}

/** The place, or the next one below it that no node covers. */
function clear(drawing: Drawing, wish: Point): Point {
  const at = { x: snapped(wish.x), y: snapped(wish.y) }
  const covers = () => drawing.nodes.some((node) => Math.abs(node.x - at.x) < NODE.width && Math.abs(node.y - at.y) < NODE.height + 8)
  while (covers()) at.y += ROW
  return at
}

function cell(): Drawing {
  const edge = addNode(EMPTY, 'edge', { x: COLUMN, y: ROW })
  let { drawing } = edge
  const keys = [...edge.keys]
  for (let i = 0; i < 3; i++) {
    const device = addNode(drawing, 'device', { x: 0, y: i * ROW })
    drawing = joinNodes(device.drawing, device.keys[0], edge.keys[0]).drawing
    keys.push(...device.keys)
  }
  return patchNodes(drawing, new Set(keys), { group: 'cell-1' })
}

function site(): Drawing {
  const edge = addNode(EMPTY, 'edge', { x: 0, y: 0 })
  const cloud = addNode(edge.drawing, 'cloud', { x: COLUMN, y: 0 })
  const { drawing } = joinNodes(cloud.drawing, edge.keys[0], cloud.keys[0])
  return patchNodes(drawing, new Set([...edge.keys, ...cloud.keys]), { group: 'site-1' })
}

/** Adds a part, at a place or where there is room. */
export function addPart(drawing: Drawing, what: Part, at?: Point): Added {
  if (isTier(what)) {
    const place = at ?? roomFor(drawing, what)
    return addNode(drawing, what, { x: snapped(place.x), y: snapped(place.y) })
  }
  const fragment = what === 'cell' ? cell() : site()
  const place = at ?? roomFor(drawing, what === 'cell' ? 'device' : 'edge')
  return paste(drawing, fragment, { x: snapped(place.x), y: snapped(place.y) })
}
