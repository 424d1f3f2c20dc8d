import type { Fault } from '../experiment/experiment'
import { type Flow, INPUT, OUTPUT, type Task } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
import { MOST_TASKS } from './fields'
import { type Format, restated } from './format'
import { type Read, refused, settled } from './read'
import { workflowFaults, writeWorkload } from './workload'

/**
 * Task graphs of MRLCO (J. Wang et al. 2021), in: Graphviz as daggen writes it, one line a task (`size`: bytes it works through,
 * `expect_size`: bytes it gives) and one an edge (`size`: bytes carried). Faults name their line.
 */

/** MRLCO counts work in bytes a second: its device of 1 MiB/s is then one of 1,048.576 MHz. */
const CYCLES_PER_BYTE = 1000

const EDGE = /^"?([\w.-]+)"?\s*->\s*"?([\w.-]+)"?\s*(?:\[(.*)\])?\s*;?$/
const NODE = /^"?([\w.-]+)"?\s*\[(.*)\]\s*;?$/
const ATTRIBUTE = /([\w]+)\s*=\s*(?:"([^"]*)"|([\w.+-]+))/g
const IGNORED = /^(?:$|\/\/|#|\}|(?:strict\s+)?digraph\b.*\{?$|(?:node|edge|graph)\s*\[)/

function isGraph(value: unknown): value is string {
  return typeof value === 'string' && /^\s*(?:(?:\/\/|#).*\s+)*(?:strict\s+)?digraph\b/.test(value.slice(0, 10_000))
}

/** The workflow of a task graph, belonging to `device`. Its note states what the conversion assumes. */
export function readMrlco(value: unknown, device = 'device'): Read<ExplicitWorkload> {
  if (!isGraph(value)) return refused([{ path: 'line 1', message: 'is no Graphviz digraph; it begins with "digraph"' }])
  const faults: Fault[] = []
  const tasks: (Task & { bytes: number; gives: number; line: number })[] = []
  const flows: (Flow & { line: number })[] = []
  value.split(/\r?\n/).forEach((written, i) => {
    const line = i + 1
    const text = written.trim()
    const size = (attributes: string, key: string): number => {
      const found = [...attributes.matchAll(ATTRIBUTE)].find((match) => match[1] === key)
      const bytes = found ? Number(found[2] ?? found[3]) : Number.NaN
      if (Number.isFinite(bytes) && bytes >= 0 && bytes <= 1e18) return bytes
      const shown = found ? `must be bytes from 0 to 1e18, not ${JSON.stringify(found[2] ?? found[3])}` : 'is missing'
      faults.push({ path: `line ${line}`, message: `${key} ${shown}` })
      return 0
    }
    const edge = EDGE.exec(text)
    const node = edge ? null : NODE.exec(text)
    if (edge) flows.push({ from: edge[1], to: edge[2], megabytes: size(edge[3] ?? '', 'size') / 1e6, line })
    else if (IGNORED.test(text)) return
    else if (node) {
      const bytes = size(node[2], 'size')
      tasks.push({ id: node[1], megacycles: (bytes * CYCLES_PER_BYTE) / 1e6, bytes, gives: size(node[2], 'expect_size'), line })
    } else faults.push({ path: `line ${line}`, message: `is neither a task nor an edge: ${text.slice(0, 60)}` })
  })
  const lines = new Map<string, number>()
  for (const { id, line } of tasks) {
    const before = lines.get(id)
    if (before !== undefined) faults.push({ path: `line ${line}`, message: `task "${id}" stands on line ${before} already` })
    else lines.set(id, line)
  }
  for (const { from, to, line } of flows)
    for (const id of [from, to]) if (!lines.has(id)) faults.push({ path: `line ${line}`, message: `there is no task "${id}"` })
  if (tasks.length === 0) faults.push({ path: 'line 1', message: 'a workflow needs at least one task' })
  if (tasks.length > MOST_TASKS) faults.push({ path: 'line 1', message: `a workflow has ${MOST_TASKS} tasks at most` })
  const targets = new Set(flows.map((flow) => flow.to))
  const sources = new Set(flows.map((flow) => flow.from))
  const workflow = {
    id: 'w1',
    device,
    tasks: tasks.map(({ id, megacycles }) => ({ id, megacycles })),
    flows: [
      ...tasks.flatMap(({ id, bytes }) => (targets.has(id) ? [] : [{ from: INPUT, to: id, megabytes: bytes / 1e6 }])),
      ...flows.map(({ from, to, megabytes }) => ({ from, to, megabytes })),
      ...tasks.flatMap(({ id, gives }) => (sources.has(id) ? [] : [{ from: id, to: OUTPUT, megabytes: gives / 1e6 }]))
    ]
  }
  if (faults.length === 0) faults.push(...workflowFaults(workflow, 'graph'))
  return settled({ name: 'MRLCO graph', note: NOTE, workflows: [workflow] }, faults)
}

const NOTE = `From an MRLCO task graph: ${CYCLES_PER_BYTE.toLocaleString('en')} cycles a byte are assumed, so that MRLCO’s device of 1 MiB/s is one of 1,048.576 MHz. First tasks fetch the bytes they work through from the device; last ones return what they give.`

export const mrlcoFormat: Format = {
  id: 'mrlco',
  title: 'MRLCO task graph (Graphviz)',
  recognises: isGraph,
  restate: (value, { device }) => restated(readMrlco(value, device), writeWorkload),
  readWorkload: (value, { device }) => readMrlco(value, device)
}
