import type { Tier } from '@shared/model/topology'
import { type Drawing, type DrawnLink, type DrawnNode, freshKeys, GRID, linkDefaults, NODE, nodesByKey, TIER_DEFAULTS } from './drawing'

/** Every way a drawing is changed: pure, a drawing in and a new one out. Keys that are not there are left out. */

export interface Point {
  x: number
  y: number
}

/** A drawing and the keys of what came new into it. */
export interface Added {
  drawing: Drawing
  keys: string[]
}

export const snapped = (value: number) => Math.round(value / GRID) * GRID

/** `wish`, or with the next free number behind it. */
export function freeName(taken: ReadonlySet<string>, wish: string): string {
  if (!taken.has(wish)) return wish
  const stem = wish.replace(/[ -]?\d+$/, '')
  for (let i = 2; ; i++) if (!taken.has(`${stem}-${i}`)) return `${stem}-${i}`
}

export function addNode(drawing: Drawing, tier: Tier, at: Point, more: Partial<DrawnNode> = {}): Added {
  const [key] = freshKeys(drawing, 'n', 1)
  const name = freeName(new Set(drawing.nodes.map((node) => node.name)), `${tier}-1`)
  const node = { key, name, tier, ...TIER_DEFAULTS[tier], ...at, ...more }
  return { drawing: { ...drawing, nodes: [...drawing.nodes, node] }, keys: [key] }
}

/** Whether two different nodes are there and no link joins them yet. */
export function canConnect(drawing: Drawing, from: string, to: string): boolean {
  const nodes = nodesByKey(drawing)
  if (from === to || !nodes.has(from) || !nodes.has(to)) return false
  return !drawing.links.some((link) => (link.from === from && link.to === to) || (link.from === to && link.to === from))
}

/** Joins two nodes; the drawing as it was where they cannot be joined. */
export function joinNodes(drawing: Drawing, from: string, to: string): Added {
  if (!canConnect(drawing, from, to)) return { drawing, keys: [] }
  const nodes = nodesByKey(drawing)
  const [key] = freshKeys(drawing, 'l', 1)
  const link = { key, from, to, ...linkDefaults(nodes.get(from)?.tier, nodes.get(to)?.tier) }
  return { drawing: { ...drawing, links: [...drawing.links, link] }, keys: [key] }
}

/** Joins one after another: a, b, c become a–b, b–c; or all to the first. */
export function connectAll(drawing: Drawing, keys: readonly string[]): Added {
  let next: Added = { drawing, keys: [] }
  for (let i = 1; i < keys.length; i++) {
    const step = joinNodes(next.drawing, keys[keys.length === 2 ? i - 1 : 0], keys[i])
    next = { drawing: step.drawing, keys: [...next.keys, ...step.keys] }
  }
  return next
}

export function patchNodes(drawing: Drawing, keys: ReadonlySet<string>, patch: Partial<Omit<DrawnNode, 'key'>>): Drawing {
  return { ...drawing, nodes: drawing.nodes.map((node) => (keys.has(node.key) ? cleaned({ ...node, ...patch }) : node)) }
}

/** Devices never relay, and a node without a group has no such key. */
function cleaned(node: DrawnNode): DrawnNode {
  const { relays, group, ...rest } = node
  return { ...rest, ...(relays === false && rest.tier !== 'device' && { relays }), ...(group !== undefined && group !== '' && { group }) }
}

export function patchLinks(drawing: Drawing, keys: ReadonlySet<string>, patch: Partial<Omit<DrawnLink, 'key'>>): Drawing {
  return { ...drawing, links: drawing.links.map((link) => (keys.has(link.key) ? { ...link, ...patch } : link)) }
}

/** Takes parts away; a node's links go with it. */
export function removeParts(drawing: Drawing, keys: ReadonlySet<string>): Drawing {
  return {
    ...drawing,
    nodes: drawing.nodes.filter((node) => !keys.has(node.key)),
    links: drawing.links.filter((link) => !keys.has(link.key) && !keys.has(link.from) && !keys.has(link.to))
  }
}

export function placeNodes(drawing: Drawing, places: ReadonlyMap<string, Point>): Drawing {
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => {
      const place = places.get(node.key)
      return place ? { ...node, x: place.x, y: place.y } : node
    })
  }
}

export function moveNodes(drawing: Drawing, keys: ReadonlySet<string>, by: Point): Drawing {
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => (keys.has(node.key) ? { ...node, x: node.x + by.x, y: node.y + by.y } : node))
  }
}

/** The nodes of `keys` with every link that has an end among them. */
export function fragmentOf(drawing: Drawing, keys: ReadonlySet<string>): Drawing {
  const nodes = drawing.nodes.filter((node) => keys.has(node.key))
  return { name: drawing.name, nodes, links: drawing.links.filter((link) => keys.has(link.from) || keys.has(link.to)) }
}

/**
 * Puts a fragment into a drawing, under new keys and free names. Links within it come along; links that led out of it lead
 * to the same nodes again where those are still there.
 */
export function paste(drawing: Drawing, fragment: Drawing, by: Point = { x: 3 * GRID, y: 3 * GRID }): Added {
  const taken = new Set(drawing.nodes.map((node) => node.name))
  const groups = new Map<string, string>()
  const takenGroups = new Set(drawing.nodes.flatMap((node) => node.group ?? []))
  const groupOf = (name: string): string => {
    const known = groups.get(name) ?? freeName(takenGroups, name)
    groups.set(name, known)
    return known
  }
  const fresh = freshKeys(drawing, 'n', fragment.nodes.length)
  const renamed = new Map(fragment.nodes.map((node, i) => [node.key, fresh[i]]))
  const nodes = fragment.nodes.map((node, i): DrawnNode => {
    const name = freeName(taken, node.name)
    taken.add(name)
    const group = node.group === undefined ? undefined : groupOf(node.group)
    return cleaned({ ...node, key: fresh[i], name, group, x: node.x + by.x, y: node.y + by.y })
  })
  const there = nodesByKey(drawing)
  const ends = fragment.links.flatMap((link) => {
    const [from, to] = [renamed.get(link.from) ?? link.from, renamed.get(link.to) ?? link.to]
    const isWhole = [link.from, link.to].every((end) => renamed.has(end) || there.has(end))
    return isWhole ? [{ ...link, from, to }] : []
  })
  const keys = freshKeys(drawing, 'l', ends.length)
  const links = ends.map((link, i): DrawnLink => ({ ...link, key: keys[i] }))
  return { drawing: { ...drawing, nodes: [...drawing.nodes, ...nodes], links: [...drawing.links, ...links] }, keys: fresh }
}

export function duplicate(drawing: Drawing, keys: ReadonlySet<string>): Added {
  return paste(drawing, fragmentOf(drawing, keys), { x: 3 * GRID, y: NODE.height + 3 * GRID })
}

/** Puts nodes into one new group, or out of any. */
export function group(drawing: Drawing, keys: ReadonlySet<string>, wish = 'site-1'): Drawing {
  const taken = new Set(drawing.nodes.flatMap((node) => node.group ?? []))
  return patchNodes(drawing, keys, { group: freeName(taken, wish) })
}

export function ungroup(drawing: Drawing, keys: ReadonlySet<string>): Drawing {
  return patchNodes(drawing, keys, { group: undefined })
}

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom' | 'across' | 'down'

/** Lines nodes up along an edge or middle, or spaces them evenly between the outermost two (`across`, `down`). */
export function align(drawing: Drawing, keys: ReadonlySet<string>, how: Alignment): Drawing {
  const nodes = drawing.nodes.filter((node) => keys.has(node.key))
  if (nodes.length < 2) return drawing
  const axis = how === 'left' || how === 'centre' || how === 'right' || how === 'across' ? 'x' : 'y'
  const values = nodes.map((node) => node[axis])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const places = new Map<string, Point>()
  if (how === 'across' || how === 'down') {
    const ordered = [...nodes].sort((a, b) => a[axis] - b[axis])
    ordered.forEach((node, i) => places.set(node.key, { ...pointOf(node), [axis]: low + ((high - low) * i) / (ordered.length - 1) }))
  } else {
    // All nodes are of one size, so their corners line up as their middles do.
    const to = how === 'left' || how === 'top' ? low : how === 'right' || how === 'bottom' ? high : (low + high) / 2
    for (const node of nodes) places.set(node.key, { ...pointOf(node), [axis]: to })
  }
  return placeNodes(drawing, places)
}

const pointOf = ({ x, y }: DrawnNode): Point => ({ x, y })
