import type { Fault } from '../experiment/experiment'
import type { Topology } from '../model/topology'
import { MOST_LINKS, MOST_NODES } from './fields'
import { type Format, restated, claimedText } from './format'
import { type ForeignGraph, topologyOfGraph } from './graph'
import { MOST_FAULTS, type Read, refused } from './read'
import { writeTopology } from './topology'
import { readTags, type XmlTag } from './xml'

/**
 * GraphML (http://graphml.graphdrawing.org), in: a graph of nodes and links as NetworkX, yEd, igraph and the Topology Zoo write it.
 * Attributes are those of <key attr.name>; nested graphs are one. Faults name their line.
 */

/** Beyond what a topology may hold nothing is read: its own reader says so. */
const MOST_ITEMS = 2 * (MOST_NODES + MOST_LINKS)

/** A text that begins as GraphML. */
export const isGraphMl = (text: string): boolean => /^[\s\ufeff]*</.test(text) && /<(?:[\w.-]+:)?graphml[\s>/]/.test(text.slice(0, 20_000))

interface Key {
  name: string
  of: string
  fallback?: string
}
interface Item {
  id: string
  from: string
  to: string
  place: string
  attributes: Map<string, string>
}

/** The graph of a GraphML text; only its XML is checked. */
export function readGraphMl(text: string): Read<ForeignGraph> {
  const faults: Fault[] = []
  const keys = new Map<string, Key>()
  const nodes: Item[] = []
  const links: Item[] = []
  const other = new Map<string, string>()
  const open: Item[] = []
  let isDirected = false
  let graphs = 0
  let name = ''
  let key: Key | undefined
  let data: string | undefined
  const item = (tag: XmlTag): Item => {
    const { id = '', source = '', target = '' } = tag.attributes
    return { id, from: source, to: target, place: `line ${tag.line}`, attributes: new Map() }
  }
  const take = (tag: XmlTag): 'on' | 'enough' => {
    const { attributes, line, isEnd } = tag
    const fault = (message: string) => faults.push({ path: `line ${line}`, message })
    if (isEnd) {
      if (tag.tag === 'node' || tag.tag === 'edge') open.pop()
      else if (tag.tag === 'default' && key) key.fallback = tag.text ?? ''
      else if (tag.tag === 'key') key = undefined
      else if (tag.tag === 'data' && data !== undefined) {
        const named = keys.get(data)?.name ?? data
        const target = open.at(-1)?.attributes ?? other
        target.set(named, (tag.text ?? '').slice(0, 1000))
        data = undefined
      }
    } else if (tag.tag === 'key') {
      const id = attributes.id ?? ''
      key = { name: attributes['attr.name'] ?? attributes['yfiles.type'] ?? id, of: attributes.for ?? 'all' }
      keys.set(id, key)
    } else if (tag.tag === 'graph') {
      graphs++
      if (graphs === 1) {
        isDirected = attributes.edgedefault === 'directed'
        name = attributes.id ?? ''
      } else if (open.length === 0) fault('a second graph begins; one file holds one topology')
    } else if (tag.tag === 'node') {
      const node = item(tag)
      if (node.id === '') fault('a node has no id')
      nodes.push(node)
      open.push(node)
    } else if (tag.tag === 'edge') {
      const link = item(tag)
      if (link.from === '' || link.to === '') fault('an edge needs a source and a target')
      links.push(link)
      open.push(link)
    } else if (tag.tag === 'hyperedge') fault('hyperedges join more than two nodes, which links cannot; write edges')
    else if (tag.tag === 'data') data = attributes.key ?? ''
    return faults.length < MOST_FAULTS && nodes.length + links.length <= MOST_ITEMS && open.length < 64 ? 'on' : 'enough'
  }
  const broken = readTags(text, take)
  if (broken) faults.push(broken)
  if (faults.length > 0) return refused(faults)
  if (graphs === 0) return refused([{ path: 'line 1', message: 'it holds no <graph>' }])
  for (const { name: named, of, fallback } of keys.values()) {
    if (fallback === undefined) continue
    for (const { attributes } of of === 'node' ? nodes : of === 'edge' ? links : [])
      if (!attributes.has(named)) attributes.set(named, fallback)
  }
  return {
    ok: true,
    value: { name: labelOf(other) ?? name, nodes, links, isDirected, otherKeys: [...other.keys()].filter((each) => !NAMES.has(each)) }
  }
}

const NAMES: ReadonlySet<string> = new Set(['Network', 'label', 'name'])

/** What a graph calls itself: the Topology Zoo says it by Network. */
const labelOf = (attributes: ReadonlyMap<string, string>): string | undefined =>
  [...NAMES].map((name) => attributes.get(name)?.trim()).find((label) => label !== undefined && label !== '')

/** The topology of a GraphML text. Its note says what is assumed and what is left out. */
function readGraphMlTopology(value: unknown): Read<Topology> {
  if (typeof value !== 'string') return refused([{ path: '$', message: 'is not GraphML but JSON' }])
  const read = readGraphMl(value)
  return read.ok ? topologyOfGraph({ ...read.value, name: read.value.name || 'GraphML' }, 'From GraphML', 'line 1') : read
}

export const graphMlFormat: Format = {
  id: 'graphml',
  title: 'GraphML',
  claims: isGraphMl,
  recognises: claimedText(isGraphMl),
  restate: (value) => restated(readGraphMlTopology(value), writeTopology),
  readTopology: readGraphMlTopology
}
