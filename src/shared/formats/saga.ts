import { z } from 'zod'
import type { Fault } from '../experiment/experiment'
import { DEFAULT_OBJECTIVE } from '../model/objective'
import type { Scenario } from '../model/scenario'
import type { Link, Topology, TopologyNode } from '../model/topology'
import type { ExplicitWorkload } from '../model/workload'
import { conversionFaults, noteOf, settledTopology } from './conversion'
import { atLeastZero, Id, MOST_NODES, MOST_TASKS } from './fields'
import { type Format, restated } from './format'
import { partsOf, type Read, readBy, refused, settled } from './read'
import { writeScenario } from './scenario'
import { writeTopology } from './topology'
import { writeWorkload } from './workload'

/**
 * SAGA (J. Coleman et al. 2024, anrg-saga), in: problem instances, task graphs and networks, as it writes them now – names, costs and
 * speeds – and as node-link graphs of before, whose numbers are called weight. Its numbers have no units: read as megacycles, MHz, MB and
 * MB/s, times are what they are there, in seconds.
 */

const Network = z.looseObject({
  nodes: z
    .array(z.looseObject({ name: Id, speed: z.number().gt(0, 'speed must be greater than 0') }))
    .min(1, 'a network needs at least one node')
    .max(MOST_NODES),
  edges: z.array(z.looseObject({ source: z.string(), target: z.string(), speed: atLeastZero('speed').nullable().optional() }))
})
const TaskGraph = z.looseObject({
  tasks: z
    .array(z.looseObject({ name: Id, cost: atLeastZero('cost') }))
    .min(1, 'a task graph needs at least one task')
    .max(MOST_TASKS),
  dependencies: z.array(z.looseObject({ source: z.string(), target: z.string(), size: atLeastZero('size').default(0) }))
})

/** What stands for an infinite speed, which JSON writes as null: 10⁹ MB/s. */
const ENDLESS_MBPS = 1e9

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNetwork = (value: unknown): boolean =>
  isObject(value) &&
  Array.isArray(value.nodes) &&
  Array.isArray(value.edges) &&
  isObject(value.nodes[0]) &&
  'name' in value.nodes[0] &&
  'speed' in value.nodes[0]
const isGraph = (value: unknown): boolean => isObject(value) && Array.isArray(value.tasks) && Array.isArray(value.dependencies)
const isInstance = (value: unknown): boolean =>
  isObject(value) && (isGraph(value.task_graph) || isNodeLink(value.task_graph)) && 'network' in value

/** NetworkX's node-link form with weights, directed for task graphs. */
const isNodeLink = (value: unknown): value is Record<string, unknown> =>
  isObject(value) &&
  Array.isArray(value.nodes) &&
  (Array.isArray(value.links) || Array.isArray(value.edges)) &&
  'directed' in value &&
  isObject(value.nodes[0]) &&
  'weight' in value.nodes[0]

/** NetworkX has numbers as names as well; anything else is for the schema to refuse. */
const nodeName = (id: unknown): unknown => (typeof id === 'number' ? String(id) : (id ?? ''))

/** A node-link graph in the names that SAGA has for its parts now. */
function renamed(value: unknown, node: 'speed' | 'cost', edge: 'speed' | 'size'): unknown {
  if (!isNodeLink(value)) return value
  const nodes = (value.nodes as unknown[]).map((each) => ({ name: nodeName(partsOf(each).id), [node]: partsOf(each).weight }))
  const edges = ((value.links ?? value.edges) as unknown[]).map((each) => ({
    source: nodeName(partsOf(each).source),
    target: nodeName(partsOf(each).target),
    [edge]: partsOf(each).weight
  }))
  return node === 'cost' ? { tasks: nodes, dependencies: edges } : { nodes, edges }
}

/** The network: the slowest node is the device, all others are edges. */
function readNetwork(value: unknown, root = '$'): Read<Topology> {
  const read = readBy(Network, renamed(value, 'speed', 'speed'), root)
  if (!read.ok) return read
  const faults: Fault[] = []
  const names = new Set<string>()
  read.value.nodes.forEach(({ name }, i) => {
    if (names.has(name)) faults.push({ path: `${root}.nodes[${i}].name`, message: `"${name}" is already the name of a node` })
    names.add(name)
  })
  const sorted = [...read.value.nodes].sort((a, b) => a.speed - b.speed || (a.name < b.name ? -1 : 1))
  const device = sorted[0].name
  const links: { link: Link; i: number }[] = []
  read.value.edges.forEach(({ source, target, speed }, i) => {
    for (const end of [source, target])
      if (!names.has(end)) faults.push({ path: `${root}.edges[${i}]`, message: `there is no node "${end}"` })
    // Within a node nothing travels, and without speed nothing does.
    if (source === target || speed === 0) return
    links.push({ link: { from: source, to: target, bandwidthMBps: Math.min(speed ?? ENDLESS_MBPS, ENDLESS_MBPS), latencyMs: 0 }, i })
  })
  if (faults.length > 0) return refused(faults)
  const topology: Topology = {
    name: 'SAGA network',
    note: noteOf(
      'From SAGA, whose speeds have no units: MHz and MB/s are taken, so that costs over speeds are seconds.',
      `SAGA has no devices: its slowest node, "${device}", is the device, the others are edges that do not relay.`,
      'There is no energy.',
      links.some(({ link }) => link.bandwidthMBps === ENDLESS_MBPS) ? 'Infinite speeds are 10⁹ MB/s.' : ''
    ),
    nodes: read.value.nodes.map(
      ({ name, speed }): TopologyNode => ({
        id: name,
        computeMHz: speed,
        energyPerMegacycle: 0,
        ...(name === device ? { tier: 'device' } : { tier: 'edge', relays: false })
      })
    ),
    links: links.map(({ link }) => link)
  }
  return settledTopology(topology, (kind, i) => (kind === 'nodes' ? `${root}.nodes[${i}]` : `${root}.edges[${links[i].i}]`), root)
}

/** The task graph, belonging to `device`. SAGA's tasks fetch nothing from a device and return nothing. */
function readTaskGraph(value: unknown, device = 'device', root = '$'): Read<ExplicitWorkload> {
  const read = readBy(TaskGraph, renamed(value, 'cost', 'size'), root)
  if (!read.ok) return read
  const { tasks, dependencies } = read.value
  const workload: ExplicitWorkload = {
    name: 'SAGA task graph',
    note: noteOf(
      'From SAGA, whose costs have no units: megacycles and MB are taken.',
      'Nothing comes from the device and nothing returns to it.'
    ),
    workflows: [
      {
        id: 'w1',
        device,
        tasks: tasks.map(({ name, cost }) => ({ id: name, megacycles: cost })),
        flows: dependencies.map(({ source, target, size }) => ({ from: source, to: target, megabytes: size }))
      }
    ]
  }
  const place = (kind: 'tasks' | 'flows', i: number) => `${root}.${kind === 'tasks' ? 'tasks' : 'dependencies'}[${i}]`
  return settled(workload, conversionFaults(workload, place, root))
}

/** A problem instance: its network, its task graph, machines that compute one task at a time, and delay alone. */
function readInstance(value: unknown): Read<Scenario> {
  const { name, network, task_graph: graph } = partsOf(value)
  const topology = readNetwork(network, '$.network')
  const device = topology.ok ? (topology.value.nodes.find(({ tier }) => tier === 'device')?.id ?? '') : 'device'
  const workload = readTaskGraph(graph, device, '$.task_graph')
  if (!topology.ok || !workload.ok) return refused([...(topology.ok ? [] : topology.faults), ...(workload.ok ? [] : workload.faults)])
  return {
    ok: true,
    value: {
      name: typeof name === 'string' && name !== '' ? name.slice(0, 200) : 'SAGA instance',
      topology: topology.value,
      workload: workload.value,
      objective: { ...DEFAULT_OBJECTIVE, energyWeight: 0, scaling: 'none' },
      execution: 'shared'
    }
  }
}

export const sagaFormat: Format = {
  id: 'saga',
  title: 'SAGA problem instance',
  recognises: isInstance,
  restate: (value) => restated(readInstance(value), writeScenario)
}

export const sagaGraphFormat: Format = {
  id: 'saga-tasks',
  title: 'SAGA task graph',
  recognises: (value) => isGraph(value) || (isNodeLink(value) && value.directed === true),
  restate: (value, { device }) => restated(readTaskGraph(value, device), writeWorkload),
  readWorkload: (value, { device }) => readTaskGraph(value, device)
}

export const sagaNetworkFormat: Format = {
  id: 'saga-network',
  title: 'SAGA network',
  recognises: (value) => isNetwork(value) || (isNodeLink(value) && value.directed === false),
  restate: (value) => restated(readNetwork(value), writeTopology),
  readTopology: (value) => readNetwork(value)
}
