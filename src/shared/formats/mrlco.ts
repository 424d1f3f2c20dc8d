import type { Fault } from '../experiment/experiment'
import { DEFAULT_EXECUTION } from '../model/scenario'
import { type Flow, INPUT, OUTPUT, type Task } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
import { conversionFaults } from './conversion'
import { type DotEdge, type DotGraph, readDot, whyNoDigraph } from './dot'
import { type Format, restated } from './format'
import { type Read, refused, settled } from './read'
import { writeWorkload } from './workload'

/**
 * Task graphs of MRLCO (J. Wang et al. 2021), in: Graphviz as daggen writes it, a node a task (`size`: bytes it works through,
 * `expect_size`: bytes it gives) and edges (`size`: bytes carried). For execution "round-trip" they mean what they do there: an offloaded
 * task uploads what it works through and returns what it gives, and edges only order. Faults name their line.
 */

/** MRLCO counts work in bytes per second: its device of 1 MiB/s is then one of 1,048.576 MHz. */
const CYCLES_PER_BYTE = 1000

const KEYS: ReadonlySet<string> = new Set(['size', 'expect_size'])

/** The workflow of a task graph, belonging to `device` and meant for `execution`. Its note states what the conversion assumes. */
export function readMrlco(value: unknown, device = 'device', execution = DEFAULT_EXECUTION): Read<ExplicitWorkload> {
  if (typeof value !== 'string') return refused([{ path: '$', message: 'is not a Graphviz digraph but JSON' }])
  const read = readDot(value, KEYS)
  if (!read.ok) return read
  if (read.value.nodes.size === 0) return refused([{ path: 'line 1', message: 'a workflow needs at least one task' }])
  const faults: Fault[] = []
  const graph = onceEach(read.value, faults)
  const tasks = [...read.value.nodes.values()].map(
    (node): GraphTask => ({
      id: node.id,
      line: node.line,
      bytes: bytesOf(node.attributes, 'size', node.line, faults, `of task "${node.id}" `),
      gives: node.attributes.has('expect_size')
        ? bytesOf(node.attributes, 'expect_size', node.line, faults, `of task "${node.id}" `)
        : undefined
    })
  )
  const made = execution === 'round-trip' ? roundTripsOf(tasks, graph) : flowsOf(tasks, graph, faults)
  if (faults.length > 0) return refused(faults)
  const workflow = { id: 'w1', device, tasks: made.tasks.map(withoutLine), flows: made.flows.map(withoutLine) }
  const workload = { name: 'MRLCO graph', note: made.note, workflows: [workflow] }
  return settled(
    workload,
    conversionFaults(workload, (kind, i) => `line ${made[kind][i].line}`, 'line 1')
  )
}

function withoutLine<T extends { line: number }>({ line: _, ...part }: T): Omit<T, 'line'> {
  return part
}

interface GraphTask {
  id: string
  line: number
  /** Bytes it works through, and bytes it gives where it says so. */
  bytes: number
  gives: number | undefined
}

interface GraphEdges {
  edges: readonly DotEdge[]
  /** Equal edges beyond the first of each. */
  repeats: number
}

interface Made {
  tasks: (Task & { line: number })[]
  flows: (Flow & { line: number })[]
  note: string
}

/** What travels along the edges. Entries fetch what they work through from the device, exits return what they give. */
function flowsOf(tasks: readonly GraphTask[], { edges, repeats }: GraphEdges, faults: Fault[]): Made {
  const sources = new Set(edges.map((edge) => edge.from))
  const targets = new Set(edges.map((edge) => edge.to))
  const silent = tasks.filter(({ id, gives }) => !sources.has(id) && gives === undefined).length
  return {
    tasks: tasks.map(({ id, bytes, line }) => ({ id, megacycles: (bytes * CYCLES_PER_BYTE) / 1e6, line })),
    flows: [
      ...tasks.flatMap(({ id, bytes, line }) => (targets.has(id) ? [] : [{ from: INPUT, to: id, megabytes: bytes / 1e6, line }])),
      ...edges.map(({ from, to, line, attributes }) => ({ from, to, megabytes: bytesOf(attributes, 'size', line, faults) / 1e6, line })),
      ...tasks.flatMap(({ id, gives = 0, line }) => (sources.has(id) ? [] : [{ from: id, to: OUTPUT, megabytes: gives / 1e6, line }]))
    ],
    note: sentences(
      `From an MRLCO task graph: ${CYCLES_PER_BYTE.toLocaleString('en')} cycles per byte are assumed, so that MRLCO’s device of 1 MiB/s is one of 1,048.576 MHz.`,
      'First tasks fetch the bytes they process from the device; last tasks return their output.',
      repeatsNote(repeats),
      silentNote(silent, silent === 1 ? 'last task does' : 'last tasks do')
    )
  }
}

/** What every offloaded task uploads and returns. The world's order breaks ties by index: that of an id, where ids are numbers. */
function roundTripsOf(nodes: readonly GraphTask[], { edges, repeats }: GraphEdges): Made {
  const isNumbered = nodes.every(({ id }) => /^\d{1,15}$/.test(id))
  const tasks = isNumbered ? [...nodes].sort((a, b) => Number(a.id) - Number(b.id)) : nodes
  const silent = tasks.filter(({ gives }) => gives === undefined).length
  return {
    tasks: tasks.map(({ id, bytes, gives = 0, line }) => {
      const megabytes = bytes / 1e6
      return { id, megacycles: megabytes, uploadMegabytes: megabytes, resultMegabytes: gives / 1e6, line }
    }),
    flows: edges.map(({ from, to, line }) => ({ from, to, megabytes: 0, line })),
    note: sentences(
      'From an MRLCO task graph: a megacycle stands for 10⁶ bytes processed.',
      'A task uploads the bytes it processes (size) and returns its output (expect_size) where it is offloaded; edges only order, their sizes cost nothing.',
      repeatsNote(repeats),
      silentNote(silent, silent === 1 ? 'task does' : 'tasks do')
    )
  }
}

/** Equal edges are one, however often they are written; edges that join the same tasks and differ are faults. */
function onceEach({ edges }: DotGraph, faults: Fault[]): GraphEdges {
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

const sentences = (...said: readonly string[]) => said.filter((sentence) => sentence !== '').join(' ')

const repeatsNote = (repeats: number) => (repeats > 0 ? `Equal edges count once: ${repeats} occurred in the file more than once.` : '')
const silentNote = (silent: number, who: string) =>
  silent > 0 ? `${silent} ${who} not say what is returned (expect_size): 0 bytes are assumed.` : ''

export const mrlcoFormat: Format = {
  id: 'mrlco',
  title: 'MRLCO task graph (Graphviz)',
  whyNot: whyNoDigraph,
  recognises: (value) => typeof value === 'string' && whyNoDigraph(value) === undefined,
  restate: (value, { device, execution }) => restated(readMrlco(value, device, execution), writeWorkload),
  readWorkload: (value, { device, execution }) => readMrlco(value, device, execution)
}
