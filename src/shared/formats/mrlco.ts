import type { Fault } from '../experiment/experiment'
import { type Flow, INPUT, OUTPUT } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
import { conversionFaults } from './conversion'
import { type DotEdge, type DotGraph, readDot, whyNoDigraph } from './dot'
import { type Format, restated } from './format'
import { type Read, refused, settled } from './read'
import { writeWorkload } from './workload'

/**
 * Task graphs of MRLCO (J. Wang et al. 2021), in: Graphviz as daggen writes it, a node a task (`size`: bytes it works through,
 * `expect_size`: bytes it gives) and edges (`size`: bytes carried). Faults name their line.
 */

/** MRLCO counts work in bytes per second: its device of 1 MiB/s is then one of 1,048.576 MHz. */
const CYCLES_PER_BYTE = 1000

const KEYS: ReadonlySet<string> = new Set(['size', 'expect_size'])

/** The workflow of a task graph, belonging to `device`. Its note states what the conversion assumes. */
export function readMrlco(value: unknown, device = 'device'): Read<ExplicitWorkload> {
  if (typeof value !== 'string') return refused([{ path: '$', message: 'is not a Graphviz digraph but JSON' }])
  const read = readDot(value, KEYS)
  if (!read.ok) return read
  const { nodes } = read.value
  if (nodes.size === 0) return refused([{ path: 'line 1', message: 'a workflow needs at least one task' }])
  const faults: Fault[] = []
  const { edges, repeats } = onceEach(read.value, faults)
  const sources = new Set(edges.map((edge) => edge.from))
  const targets = new Set(edges.map((edge) => edge.to))
  const silent = [...nodes.values()].filter(({ id, attributes }) => !sources.has(id) && !attributes.has('expect_size')).length
  const tasks = [...nodes.values()].map(({ id, line, attributes }) => ({
    id,
    line,
    bytes: bytesOf(attributes, 'size', line, faults, `of task "${id}" `),
    gives: attributes.has('expect_size') ? bytesOf(attributes, 'expect_size', line, faults, `of task "${id}" `) : 0
  }))
  const flows: (Flow & { line: number })[] = [
    ...tasks.flatMap(({ id, bytes, line }) => (targets.has(id) ? [] : [{ from: INPUT, to: id, megabytes: bytes / 1e6, line }])),
    ...edges.map(({ from, to, line, attributes }) => ({ from, to, megabytes: bytesOf(attributes, 'size', line, faults) / 1e6, line })),
    ...tasks.flatMap(({ id, gives, line }) => (sources.has(id) ? [] : [{ from: id, to: OUTPUT, megabytes: gives / 1e6, line }]))
  ]
  const workflow = {
    id: 'w1',
    device,
    tasks: tasks.map(({ id, bytes }) => ({ id, megacycles: (bytes * CYCLES_PER_BYTE) / 1e6 })),
    flows: flows.map(({ from, to, megabytes }) => ({ from, to, megabytes }))
  }
  const workload = { name: 'MRLCO graph', note: noteOf(repeats, silent), workflows: [workflow] }
  if (faults.length > 0) return refused(faults)
  return settled(
    workload,
    conversionFaults(workload, (kind, i) => `line ${{ tasks, flows }[kind][i].line}`, 'line 1')
  )
}

/** Equal edges are one, however often they are written; edges that join the same tasks and differ are faults. */
function onceEach({ edges }: DotGraph, faults: Fault[]): { edges: DotEdge[]; repeats: number } {
  const joined = new Map<string, Map<string, DotEdge>>()
  const kept: DotEdge[] = []
  for (const edge of edges) {
    const row = joined.get(edge.from) ?? new Map<string, DotEdge>()
    joined.set(edge.from, row)
    const before = row.get(edge.to)
    if (before === undefined) {
      row.set(edge.to, edge)
      kept.push(edge)
    } else if (before.attributes.get('size') !== edge.attributes.get('size')) {
      const message = `the edge from "${edge.from}" to "${edge.to}" already has another size on line ${before.line}`
      faults.push({ path: `line ${edge.line}`, message })
    }
  }
  return { edges: kept, repeats: edges.length - kept.length }
}

function bytesOf(attributes: ReadonlyMap<string, string>, key: string, line: number, faults: Fault[], whose = ''): number {
  const written = attributes.get(key)
  const bytes = written === undefined || written.trim() === '' ? Number.NaN : Number(written)
  if (Number.isFinite(bytes) && bytes >= 0 && bytes <= 1e18) return bytes
  const why = written === undefined ? 'is missing' : `must be bytes from 0 to 1e18, not ${JSON.stringify(written.slice(0, 60))}`
  faults.push({ path: `line ${line}`, message: `${key} ${whose}${why}` })
  return 0
}

function noteOf(repeats: number, silent: number): string {
  const sentences = [
    `From an MRLCO task graph: ${CYCLES_PER_BYTE.toLocaleString('en')} cycles per byte are assumed, so that MRLCO’s device of 1 MiB/s is one of 1,048.576 MHz.`,
    'First tasks fetch the bytes they process from the device; last tasks return their output.',
    ...(repeats > 0 ? [`Equal edges count once: ${repeats} occurred in the file more than once.`] : []),
    ...(silent > 0
      ? [`${silent} last ${silent === 1 ? 'task does' : 'tasks do'} not say what is returned (expect_size): 0 bytes are assumed.`]
      : [])
  ]
  return sentences.join(' ')
}

export const mrlcoFormat: Format = {
  id: 'mrlco',
  title: 'MRLCO task graph (Graphviz)',
  whyNot: whyNoDigraph,
  recognises: (value) => typeof value === 'string' && whyNoDigraph(value) === undefined,
  restate: (value, { device }) => restated(readMrlco(value, device), writeWorkload),
  readWorkload: (value, { device }) => readMrlco(value, device)
}
