import { count } from '../format'
import type { Topology } from '../model/topology'
import { INPUT, OUTPUT, type Workflow } from '../model/workflow'

/** Topologies and workflows as graphs for other tools: GraphML, which `lab import` reads back, and Graphviz to be drawn. */

type Value = string | number | boolean
type Attributes = Readonly<Record<string, Value | undefined>>
interface GraphOut {
  name: string
  isDirected: boolean
  nodes: readonly { id: string; label: string; attributes: Attributes }[]
  edges: readonly { from: string; to: string; label: string; attributes: Attributes }[]
}

export type GraphForm = 'graphml' | 'graphviz'
export const GRAPH_FORMS: readonly GraphForm[] = ['graphml', 'graphviz']

export const topologyGraph = (topology: Topology, form: GraphForm): string => written(graphOfTopology(topology), form)
export const workflowGraph = (workflow: Workflow, form: GraphForm): string => written(graphOfWorkflow(workflow), form)

function graphOfTopology({ name, nodes, links }: Topology): GraphOut {
  return {
    name,
    isDirected: false,
    nodes: nodes.map(({ id, position, ...attributes }) => ({
      id,
      label: `${id}\n${attributes.computeMHz} MHz`,
      attributes: { ...attributes, ...position }
    })),
    edges: links.map(({ from, to, ...attributes }) => ({
      from,
      to,
      label: `${attributes.bandwidthMBps} MB/s${attributes.latencyMs > 0 ? `, ${attributes.latencyMs} ms` : ''}`,
      attributes
    }))
  }
}

function graphOfWorkflow({ id, device, tasks, flows }: Workflow): GraphOut {
  const ends = [INPUT, OUTPUT].filter((end) => flows.some(({ from, to }) => from === end || to === end))
  return {
    name: id,
    isDirected: true,
    nodes: [
      ...ends.map((end) => ({ id: end, label: device, attributes: { device } })),
      ...tasks.map(({ id: task, ...attributes }) => ({
        id: task,
        label: `${task}\n${count(attributes.megacycles, 'megacycle', 'megacycles')}`,
        attributes
      }))
    ],
    edges: flows.map(({ from, to, megabytes }) => ({ from, to, label: `${megabytes} MB`, attributes: { megabytes } }))
  }
}

const written = (graph: GraphOut, form: GraphForm) => (form === 'graphml' ? graphMl(graph) : graphviz(graph))

const xml = (text: string) =>
  // Control characters are not of XML, however they are written.
  [...text]
    .filter((sign) => sign >= ' ' || sign === '\t' || sign === '\n')
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const typeOf = (value: Value) => (typeof value === 'number' ? 'double' : typeof value === 'boolean' ? 'boolean' : 'string')

function graphMl({ name, isDirected, nodes, edges }: GraphOut): string {
  const keys = new Map<string, { id: string; line: string }>()
  const data = (of: string, attributes: Attributes) =>
    Object.entries(attributes)
      .flatMap(([key, value]) => {
        if (value === undefined) return []
        const known = keys.get(`${of} ${key}`) ?? { id: `d${keys.size}`, line: '' }
        known.line = `  <key id="${known.id}" for="${of}" attr.name="${xml(key)}" attr.type="${typeOf(value)}"/>`
        keys.set(`${of} ${key}`, known)
        return [`<data key="${known.id}">${xml(String(value))}</data>`]
      })
      .join('')
  const body = [
    `    ${data('graph', { name })}`,
    ...nodes.map(({ id, attributes }) => `    <node id="${xml(id)}">${data('node', attributes)}</node>`),
    ...edges.map(({ from, to, attributes }) => `    <edge source="${xml(from)}" target="${xml(to)}">${data('edge', attributes)}</edge>`)
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...[...keys.values()].map(({ line }) => line),
    `  <graph edgedefault="${isDirected ? 'directed' : 'undirected'}">`,
    ...body,
    '  </graph>',
    '</graphml>',
    ''
  ].join('\n')
}

/** DOT's quoted strings: a quote is escaped, a backslash stays but before one, and "\n" breaks a line. */
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

function graphviz({ name, isDirected, nodes, edges }: GraphOut): string {
  const list = (label: string, attributes: Attributes) =>
    Object.entries({ label, ...attributes })
      // Graphviz has meanings of its own for these: inches and clusters.
      .filter(([key, value]) => value !== undefined && key !== 'x' && key !== 'y' && key !== 'group')
      .map(([key, value]) => `${key}=${typeof value === 'number' ? value : quoted(String(value))}`)
      .join(', ')
  const arrow = isDirected ? '->' : '--'
  return [
    `${isDirected ? 'digraph' : 'graph'} ${quoted(name)} {`,
    ...nodes.map(({ id, label, attributes }) => `  ${quoted(id)} [${list(label, attributes)}];`),
    ...edges.map(({ from, to, label, attributes }) => `  ${quoted(from)} ${arrow} ${quoted(to)} [${list(label, attributes)}];`),
    '}',
    ''
  ].join('\n')
}
