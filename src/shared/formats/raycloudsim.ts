import { z } from 'zod'
import { count } from '../format'
import type { Link, Topology, TopologyNode } from '../model/topology'
import type { Workflow } from '../model/workflow'
import { INPUT } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
import { leftOut, noteOf, settledTopology, settledWorkload } from './conversion'
import { aboveZero, atLeastZero, Id, MOST_WORKFLOWS } from './fields'
import { type Format, restated, claimedText } from './format'
import { freeId } from './ids'
import { type Read, readBy, refused } from './read'
import { headsOf, readTables } from './tables'
import { writeTopology } from './topology'
import { writeWorkload } from './workload'
import type { Fault } from '../experiment/experiment'

/**
 * RayCloudSim (R. Zhang et al.), in: its configurations of nodes and edges (JSON), and its task sets (CSV). It counts in units of its own;
 * read as Mbit, Mbit/s and MHz, its steps are seconds.
 */

const DocumentNode = z.looseObject({
  NodeName: Id,
  NodeId: z.number(),
  MaxCpuFreq: aboveZero('MaxCpuFreq'),
  ExeEnergyCoef: atLeastZero('ExeEnergyCoef').optional(),
  LocX: z.number().optional(),
  LocY: z.number().optional()
})
const DocumentEdge = z.looseObject({
  SrcNodeID: z.number(),
  DstNodeID: z.number(),
  Bandwidth: aboveZero('Bandwidth'),
  BaseLatency: atLeastZero('BaseLatency').optional()
})
const Document = z.looseObject({
  Nodes: z
    .array(DocumentNode)
    .min(1, 'a topology needs at least one node')
    .max(500, 'a topology has 500 nodes at most, each with its user'),
  Edges: z.array(DocumentEdge)
})

const isRayCloudSim = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'Nodes' in value && 'Edges' in value && Array.isArray(value.Nodes)

/** The device that stands for the users of a node: in RayCloudSim tasks begin at nodes, here on devices. */
const userOf = (node: string) => `${node} user`
const USER_MHZ = 1
const USER_MBPS = 1e6

/** The topology of a configuration. Its note says what is assumed and what is left out. */
function readRayCloudSim(value: unknown): Read<Topology> {
  const read = readBy(Document, value)
  if (!read.ok) return read
  const { Nodes: nodes, Edges: edges } = read.value
  const faults: Fault[] = []
  const names = new Map<number, string>()
  nodes.forEach(({ NodeId: id, NodeName: name }, i) => {
    if (names.has(id)) faults.push({ path: `$.Nodes[${i}].NodeId`, message: `${id} is already the id of another node` })
    names.set(id, name)
  })
  const links = new Map<string, { link: Link; i: number; isBoth: boolean }>()
  edges.forEach(({ SrcNodeID, DstNodeID, Bandwidth, BaseLatency = 0 }, i) => {
    const [from, to] = [names.get(SrcNodeID), names.get(DstNodeID)]
    if (from === undefined || to === undefined) {
      const key = from === undefined ? 'SrcNodeID' : 'DstNodeID'
      return faults.push({ path: `$.Edges[${i}].${key}`, message: `there is no node ${from === undefined ? SrcNodeID : DstNodeID}` })
    }
    const pair = JSON.stringify([from, to].sort())
    const before = links.get(pair)
    const rate = Bandwidth / 8
    if (!before) return links.set(pair, { link: { from, to, bandwidthMBps: rate, latencyMs: BaseLatency }, i, isBoth: false })
    if (before.isBoth || before.link.from === from)
      return faults.push({ path: `$.Edges[${i}]`, message: `joins "${from}" and "${to}" a second time; keep one` })
    before.isBoth = true
    if (rate !== before.link.bandwidthMBps) before.link.backBandwidthMBps = rate
    return undefined
  })
  if (faults.length > 0) return refused(faults)
  const all = [...links.values()]
  const oneWay = all.filter(({ isBoth }) => !isBoth).length
  const topology: Topology = {
    name: 'RayCloudSim',
    note: noteOf(
      'From RayCloudSim, read as Mbit/s and MHz.',
      'Its nodes are edges.',
      'Tasks begin at its nodes, here on devices: each node has a user beside it, of 1 MHz and without a cost on the way, so that nothing is computed there.',
      'ExeEnergyCoef is taken for joules per megacycle; RayCloudSim’s own unit depends on its version.',
      oneWay > 0 ? `Without a way back of its own: ${count(oneWay, 'edge', 'edges')}; the same rate back is assumed.` : '',
      leftOut(['MaxBufferSize', 'IdleEnergyCoef'])
    ),
    nodes: [
      ...nodes.map(edgeOf),
      ...nodes.map(({ NodeName }): TopologyNode => ({ id: userOf(NodeName), tier: 'device', computeMHz: USER_MHZ, energyPerMegacycle: 0 }))
    ],
    links: [
      ...all.map(({ link }) => link),
      ...nodes.map(({ NodeName }): Link => ({ from: userOf(NodeName), to: NodeName, bandwidthMBps: USER_MBPS, latencyMs: 0 }))
    ]
  }
  return settledTopology(topology, (kind, i) => (kind === 'nodes' ? `$.Nodes[${i % nodes.length}]` : `$.Edges[${all[i]?.i ?? 0}]`), '$')
}

function edgeOf({ NodeName, MaxCpuFreq, ExeEnergyCoef = 0, LocX, LocY }: z.infer<typeof DocumentNode>): TopologyNode {
  const position = LocX !== undefined && LocY !== undefined ? { position: { x: LocX, y: LocY } } : {}
  return { id: NodeName, tier: 'edge', computeMHz: MaxCpuFreq, energyPerMegacycle: ExeEnergyCoef, ...position }
}

const isTaskSet = (text: string): boolean => {
  const heads = new Set(headsOf(text))
  return heads.has('TaskSize') && heads.has('CyclesPerBit')
}

/** The tasks of a task set, each a workflow of one task that its node's user releases. */
function readTaskSet(value: unknown): Read<ExplicitWorkload> {
  if (typeof value !== 'string') return refused([{ path: '$', message: 'is not a table but JSON' }])
  const read = readTables(value)
  if (!read.ok) return read
  const faults: Fault[] = []
  const rows = read.value.flatMap((table) => table.rows)
  if (rows.length === 0) return refused([{ path: 'line 1', message: 'a workload needs at least one task' }])
  if (rows.length > MOST_WORKFLOWS) return refused([{ path: 'line 1', message: `a workload has ${MOST_WORKFLOWS} workflows at most` }])
  const taken = new Set<string>()
  const released = rows.map(({ place, cells }) => {
    const number = (name: string, isNeeded: boolean): number | undefined => {
      const written = cells.get(name)
      if (written === undefined && !isNeeded) return undefined
      const amount = written === undefined ? Number.NaN : Number(written)
      if (Number.isFinite(amount) && amount >= 0) return amount
      faults.push({
        path: place,
        message: written === undefined ? `has no ${name}` : `${name} must be 0 or more, not ${JSON.stringify(written.slice(0, 60))}`
      })
      return 0
    }
    const source = cells.get('SrcName')
    if (source === undefined) faults.push({ path: place, message: 'has no SrcName, the node where the task begins' })
    const size = number('TaskSize', true) ?? 0
    const deadline = number('DDL', false)
    const workflow: Workflow = {
      id: freeId(cells.get('TaskName') ?? cells.get('TaskID') ?? 'task', taken, 'task'),
      device: userOf(source ?? ''),
      tasks: [{ id: 'task', megacycles: size * (number('CyclesPerBit', true) ?? 0) }],
      flows: [{ from: INPUT, to: 'task', megabytes: size / 8 }],
      releaseSeconds: number('GenerationTime', false) ?? 0,
      ...(deadline !== undefined && deadline > 0 && { deadlineSeconds: deadline })
    }
    return { workflow, place }
  })
  if (faults.length > 0) return refused(faults)
  const ordered = [...released].sort((a, b) => (a.workflow.releaseSeconds ?? 0) - (b.workflow.releaseSeconds ?? 0))
  const workload: ExplicitWorkload = {
    name: 'RayCloudSim tasks',
    note: noteOf(
      'From a task set of RayCloudSim, read as Mbit: a task fetches its TaskSize and takes TaskSize × CyclesPerBit megacycles.',
      'Each belongs to the user beside its node, as a RayCloudSim configuration imported here has them.',
      'Deadlines are DDL in s.',
      leftOut(['TransBitRate'])
    ),
    workflows: ordered.map(({ workflow }) => workflow)
  }
  return settledWorkload(workload, (i) => ordered[i].place, 'line 1')
}

export const rayCloudSimFormat: Format = {
  id: 'raycloudsim',
  title: 'RayCloudSim configuration',
  recognises: isRayCloudSim,
  restate: (value) => restated(readRayCloudSim(value), writeTopology),
  readTopology: readRayCloudSim
}

export const taskSetFormat: Format = {
  id: 'raycloudsim-tasks',
  title: 'RayCloudSim task set (CSV)',
  claims: isTaskSet,
  recognises: claimedText(isTaskSet),
  restate: (value) => restated(readTaskSet(value), writeWorkload),
  readWorkload: readTaskSet
}
