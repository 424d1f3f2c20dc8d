import type { Fault } from '../experiment/experiment'
import type { Topology } from '../model/topology'
import { MOST_LINKS, MOST_NODES } from './fields'
import { type Format, restated, claimedText } from './format'
import { type ForeignGraph, type ForeignLink, type ForeignNode, topologyOfGraph } from './graph'
import { type Read, refused } from './read'
import { writeTopology } from './topology'

/**
 * GML (M. Himsolt 1997), in: a graph as the Topology Zoo and NetworkX write it. A list of keys and values in brackets within brackets;
 * of what stands within a node or an edge, single values are its attributes. Faults name their line.
 */

const MOST_ITEMS = 2 * (MOST_NODES + MOST_LINKS)
const MOST_DEPTH = 64
const SPACE = /[ \t\r\n,]/

/** Comments and single values may stand before the graph. */
export const isGml = (text: string): boolean =>
  /^\ufeff?(?:[ \t\r\n]|#[^\n]*\n|[A-Za-z]\w*[ \t]+(?:"[^"\n]*"|[-+.\w]+)[ \t\r]*\n){0,100}[ \t]*graph\s{0,100}\[/.test(
    text.slice(0, 10_000)
  )

/** Brackets that are open: a node or an edge with its attributes, or what is neither. */
interface Open {
  key: string
  line: number
  values: Map<string, string>
}

class GmlFault extends Error {
  constructor(
    readonly line: number,
    message: string
  ) {
    super(message)
  }
}

/** The graph of a GML text; only its syntax is checked. */
export function readGml(text: string): Read<ForeignGraph> {
  try {
    return new GmlReader(text).read()
  } catch (error) {
    if (!(error instanceof GmlFault)) throw error
    return refused([{ path: `line ${error.line}`, message: error.message }])
  }
}

class GmlReader {
  #at = 0
  #line = 1

  constructor(readonly text: string) {}

  read(): Read<ForeignGraph> {
    const faults: Fault[] = []
    const nodes: ForeignNode[] = []
    const links: ForeignLink[] = []
    const graph = new Map<string, string>()
    let graphs = 0
    const open: Open[] = []
    for (;;) {
      this.#skip()
      const sign = this.text[this.#at]
      const inner = open.at(-1)
      if (sign === undefined) {
        if (inner) throw new GmlFault(this.#line, `"${inner.key} [" of line ${inner.line} is never closed`)
        break
      }
      if (sign === ']') {
        this.#at++
        if (!inner) throw new GmlFault(this.#line, '"]" closes nothing')
        open.pop()
        this.#close(inner, open, nodes, links, faults)
        if (nodes.length + links.length > MOST_ITEMS)
          return refused([{ path: 'line 1', message: `a topology has ${MOST_NODES} nodes and ${MOST_LINKS} links at most` }])
        continue
      }
      const { line } = { line: this.#line }
      const key = this.#key()
      this.#skip()
      if (this.text[this.#at] === '[') {
        this.#at++
        if (key === 'graph' && open.length === 0 && ++graphs > 1)
          throw new GmlFault(line, 'a second graph begins; one file holds one topology')
        if (open.length >= MOST_DEPTH) throw new GmlFault(line, `brackets are nested more than ${MOST_DEPTH} deep`)
        open.push({ key, line, values: open.length === 0 ? graph : new Map() })
      } else {
        const value = this.#value()
        if (inner && !inner.values.has(key)) inner.values.set(key, value.slice(0, 1000))
      }
    }
    if (graphs === 0) return refused([{ path: 'line 1', message: 'it holds no "graph ["' }])
    if (faults.length > 0) return refused(faults)
    const name = ['Network', 'label', 'name'].map((each) => graph.get(each)?.trim()).find((each) => each) ?? 'GML'
    const otherKeys = [...graph.keys()].filter((each) => !['Network', 'label', 'name', 'directed', 'multigraph'].includes(each))
    return { ok: true, value: { name, nodes, links, isDirected: graph.get('directed') === '1', otherKeys } }
  }

  #close({ key, line, values }: Open, outer: readonly Open[], nodes: ForeignNode[], links: ForeignLink[], faults: Fault[]): void {
    const place = `line ${line}`
    const attributes = new Map(values)
    const take = (name: string, what: string): string => {
      const value = attributes.get(name)
      attributes.delete(name)
      if (value === undefined && faults.length < 1000) faults.push({ path: place, message: `${what} has no ${name}` })
      return value ?? ''
    }
    if (outer.length === 1 && outer[0].key === 'graph') {
      if (key === 'node') nodes.push({ id: take('id', 'a node'), place, attributes })
      else if (key === 'edge')
        links.push({ from: take('source', 'an edge'), to: take('target', 'an edge'), place, attributes: without(attributes, 'id', 'key') })
      return
    }
    // What a node holds in brackets of its own, as its place on a canvas, is its attributes too.
    const holder = outer.at(-1)
    if (holder && (holder.key === 'node' || holder.key === 'edge'))
      for (const [name, value] of values) if (!holder.values.has(name)) holder.values.set(name, value)
  }

  #skip(): void {
    const { text } = this
    for (;;) {
      const sign = text[this.#at]
      if (sign === '\n') this.#line++
      if (sign === '#') while (this.#at < text.length && text[this.#at] !== '\n') this.#at++
      else if (sign !== undefined && (SPACE.test(sign) || sign === '\ufeff')) this.#at++
      else return
    }
  }

  #key(): string {
    const begun = this.#at
    while (/[A-Za-z0-9_]/.test(this.text[this.#at] ?? '')) this.#at++
    const key = this.text.slice(begun, this.#at)
    if (/^[A-Za-z_]/.test(key)) return key
    throw new GmlFault(this.#line, `${JSON.stringify(this.text.slice(begun, begun + 20))} is not expected; expected is a key or a "]"`)
  }

  #value(): string {
    const { text } = this
    const begun = this.#at
    if (text[begun] === '"') {
      const end = text.indexOf('"', begun + 1)
      if (end < 0) throw new GmlFault(this.#line, 'a text in quotes is never closed')
      this.#at = end + 1
      const value = text.slice(begun + 1, end)
      for (let at = value.indexOf('\n'); at >= 0; at = value.indexOf('\n', at + 1)) this.#line++
      return unescaped(value)
    }
    while (this.#at < text.length && !SPACE.test(text[this.#at]) && !'[]#"'.includes(text[this.#at])) this.#at++
    if (this.#at === begun) throw new GmlFault(this.#line, begun >= text.length ? 'the text ends before a value' : 'a value is missing')
    return text.slice(begun, this.#at)
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** GML writes letters beyond ASCII, and quotes, as HTML does. */
function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,5}));/g, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    return ENTITIES[name] ?? whole
  })
}

function without(attributes: Map<string, string>, ...names: string[]): Map<string, string> {
  for (const name of names) attributes.delete(name)
  return attributes
}

/** The topology of a GML text. Its note says what is assumed and what is left out. */
function readGmlTopology(value: unknown): Read<Topology> {
  if (typeof value !== 'string') return refused([{ path: '$', message: 'is not GML but JSON' }])
  const read = readGml(value)
  return read.ok ? topologyOfGraph(read.value, 'From GML', 'line 1') : read
}

export const gmlFormat: Format = {
  id: 'gml',
  title: 'GML',
  claims: isGml,
  recognises: claimedText(isGml),
  restate: (value) => restated(readGmlTopology(value), writeTopology),
  readTopology: readGmlTopology
}
