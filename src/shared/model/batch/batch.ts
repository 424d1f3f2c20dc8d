import { advance } from '../advance'
import type { Objective } from '../objective'
import type { TopologyNode } from '../topology'
import type { Workflow } from '../workflow'
import type { RouteTable } from './fixed-routes'
import { DEVICE, type TaskGraph, taskGraph } from './graph'
import type { MachineRoom, Machines } from './machines'
import { type TaskDecision, decisionOrder, upwardRanks } from './order'

/**
 * Workflows and the machines they meet, by numbers. Decisions, flows and returns are numbered in the order in which they are booked; K
 * places, M workflows. Arrays are never written to once made.
 */
export interface Batch {
  workflows: readonly Workflow[]
  graphs: readonly TaskGraph[]
  machines: Machines
  /** K. */
  places: number
  decisions: number
  order: readonly TaskDecision[]
  /** [decisions] s, and the upward rank of each. */
  ranks: Float64Array
  /** [decisions] */
  workflowOf: Int32Array
  /** [M] s from the batch's zero. */
  release: Float64Array
  /** [M · K] the node of each place. */
  nodeOf: Int32Array
  /** [M · K] 1 where the workflow's device has a route there and back. */
  reachable: Uint8Array
  /** [decisions · K] s, Infinity where the device cannot reach the place, and J weighted 1, α, β. */
  computeSeconds: Float64Array
  computeJoules: Float64Array
  /**
   * [decisions + 1] where the flows into each decision start; [flows] the decision each comes from (DEVICE: the device, at the release),
   * its MB, and its routes: `between[routes + p·K + q]` leads from place p to place q, −1: none.
   */
  inStart: Int32Array
  inFrom: Int32Array
  inMegabytes: Float64Array
  inRoutes: Int32Array
  /** The same for the returns of each decision, in the document's order; none where the objective leaves returns out. */
  outStart: Int32Array
  outMegabytes: Float64Array
  outRoutes: Int32Array
  /** [flows], [returns] which flow of its workflow's document each is. */
  inFlow: Int32Array
  outFlow: Int32Array
  /** Routes by number, as in FixedRoutes. */
  between: Int32Array
  hopStart: Int32Array
  hopDirection: Int32Array
  hopSecondsPerMegabyte: Float64Array
  hopSeconds: Float64Array
  routeSeconds: Float64Array
  routeSecondsPerMegabyte: Float64Array
  routeJoulesPerMegabyte: Float64Array
}

/** [K] the nodes that workflow number `workflow` of a batch may use, in the order of places. */
export function locationsIn({ machines, nodeOf, places }: Batch, workflow: number): TopologyNode[] {
  return Array.from(nodeOf.subarray(workflow * places, (workflow + 1) * places), (node) => machines.nodes[node])
}

/** Compiles workflows that are placed together. Throws RangeError for unknown devices and for what `taskGraph` refuses. */
export function compileBatch(room: MachineRoom, objective: Objective, workflows: readonly Workflow[]): Batch {
  const graphs = workflows.map(taskGraph)
  const owners = ownersOf(room, workflows)
  const machines = room.of(owners)
  const { places, routes } = machines
  const deviceOf = workflows.map(({ device }) => owners.indexOf(device))
  const tables = workflows.map(({ flows }, w): RouteTable[] => flows.map(({ megabytes }) => routes.tableFor(deviceOf[w], megabytes)))
  const ranks = graphs.map((graph, w) =>
    upwardRanks(graph, tables[w], meanSecondsPerMegacycle(machines, deviceOf[w]), objective.countReturn)
  )
  const order = decisionOrder(graphs, ranks)
  const release = new Float64Array(workflows.length)
  const nodeOf = new Int32Array(workflows.length * places)
  const reachable = new Uint8Array(workflows.length * places)
  deviceOf.forEach((device, w) => {
    release[w] = workflows[w].releaseSeconds ?? 0
    for (let k = 0; k < places; k++) nodeOf[w * places + k] = machines.nodeAt(device, k)
    // Which places are in reach does not hang on the size.
    reachable.set(routes.tableFor(device, 1).reachable, w * places)
  })
  const workflowOf = new Int32Array(order.length)
  const rankOf = new Float64Array(order.length)
  order.forEach(({ workflow, task }, i) => {
    workflowOf[i] = workflow
    rankOf[i] = ranks[workflow][task]
  })
  const computing = computingOf(machines, objective, workflows, order, nodeOf, reachable)
  const flows = flowsInOrder(graphs, tables, order, objective.countReturn)
  advance()
  return {
    workflows,
    graphs,
    machines,
    places,
    decisions: order.length,
    order,
    ranks: rankOf,
    workflowOf,
    release,
    nodeOf,
    reachable,
    ...computing,
    ...flows,
    between: routes.between,
    hopStart: routes.start,
    hopDirection: routes.direction,
    hopSecondsPerMegabyte: routes.hopSecondsPerMegabyte,
    hopSeconds: routes.hopSeconds,
    routeSeconds: routes.seconds,
    routeSecondsPerMegabyte: routes.secondsPerMegabyte,
    routeJoulesPerMegabyte: routes.joulesPerMegabyte
  }
}

/** The devices of some workflows, each once. */
function ownersOf(room: MachineRoom, workflows: readonly Workflow[]): string[] {
  if (workflows.length === 0) throw new RangeError('a batch needs at least one workflow')
  const owners: string[] = []
  for (const { id, device } of workflows) {
    if (!room.hasDevice(device))
      throw new RangeError(`workflow "${id}" belongs to "${device}", which is not a device of topology "${room.topology.name}"`)
    if (!owners.includes(device)) owners.push(device)
  }
  return owners
}

function meanSecondsPerMegacycle(machines: Machines, device: number): number {
  let sum = 0
  for (let k = 0; k < machines.places; k++) sum += machines.secondsPerMegacycle[machines.nodeAt(device, k)]
  return sum / machines.places
}

function computingOf(
  machines: Machines,
  objective: Objective,
  workflows: readonly Workflow[],
  order: readonly TaskDecision[],
  nodeOf: Int32Array,
  reachable: Uint8Array
): Pick<Batch, 'computeSeconds' | 'computeJoules'> {
  const { places } = machines
  const weight = { device: 1, edge: objective.edgeEnergyWeight, cloud: objective.cloudEnergyWeight }
  const joulesPerMegacycle = machines.nodes.map(({ energyPerMegacycle, tier }) => energyPerMegacycle * weight[tier])
  const computeSeconds = new Float64Array(order.length * places)
  const computeJoules = new Float64Array(order.length * places)
  let at = 0
  for (const { workflow, task } of order) {
    const { megacycles } = workflows[workflow].tasks[task]
    for (let own = workflow * places; own < (workflow + 1) * places; own++, at++) {
      computeSeconds[at] = reachable[own] ? megacycles * machines.secondsPerMegacycle[nodeOf[own]] : Infinity
      computeJoules[at] = megacycles * joulesPerMegacycle[nodeOf[own]]
    }
  }
  return { computeSeconds, computeJoules }
}

type Flows = Pick<
  Batch,
  'inStart' | 'inFrom' | 'inMegabytes' | 'inRoutes' | 'inFlow' | 'outStart' | 'outMegabytes' | 'outRoutes' | 'outFlow'
>

/** Into a task: `@input` first, then by the producers' place in the order of decisions; several between the same two as in the document. */
function flowsInOrder(
  graphs: readonly TaskGraph[],
  tables: readonly (readonly RouteTable[])[],
  order: readonly TaskDecision[],
  countReturn: boolean
): Flows {
  const decisionOf = graphs.map(({ topological }) => new Int32Array(topological.length))
  const inStart = new Int32Array(order.length + 1)
  const outStart = new Int32Array(order.length + 1)
  order.forEach(({ workflow, task }, i) => {
    const { incoming, outgoing, to } = graphs[workflow]
    decisionOf[workflow][task] = i
    inStart[i + 1] = inStart[i] + incoming[task].length
    outStart[i + 1] = outStart[i]
    if (countReturn) for (const f of outgoing[task]) if (to[f] === DEVICE) outStart[i + 1]++
  })
  const into = new FlowList(inStart)
  const out = new FlowList(outStart)
  // What is added in the order of its producers is in their order in every list.
  graphs.forEach(({ workflow, from, to }, w) => {
    for (let f = 0; f < from.length; f++) {
      if (from[f] === DEVICE) into.add(decisionOf[w][to[f]], DEVICE, f, workflow.flows[f].megabytes, tables[w][f].base)
    }
  })
  order.forEach(({ workflow, task }, i) => {
    const graph = graphs[workflow]
    for (const f of graph.outgoing[task]) {
      const { megabytes } = graph.workflow.flows[f]
      const { base } = tables[workflow][f]
      if (graph.to[f] !== DEVICE) into.add(decisionOf[workflow][graph.to[f]], i, f, megabytes, base)
      else if (countReturn) out.add(i, i, f, megabytes, base)
    }
  })
  return {
    inStart,
    inFrom: into.from,
    inMegabytes: into.megabytes,
    inRoutes: into.routes,
    inFlow: into.flow,
    outStart,
    outMegabytes: out.megabytes,
    outRoutes: out.routes,
    outFlow: out.flow
  }
}

/** Flows by the decision they belong to; those of one decision in the order in which they are added. */
class FlowList {
  readonly from: Int32Array
  readonly flow: Int32Array
  readonly routes: Int32Array
  readonly megabytes: Float64Array
  readonly #next: Int32Array

  /** `start`: [decisions + 1] where the flows of each decision start. */
  constructor(start: Int32Array) {
    const length = start[start.length - 1]
    this.#next = start.slice()
    this.from = new Int32Array(length)
    this.flow = new Int32Array(length)
    this.routes = new Int32Array(length)
    this.megabytes = new Float64Array(length)
  }

  add(decision: number, from: number, flow: number, megabytes: number, routes: number): void {
    const at = this.#next[decision]++
    this.from[at] = from
    this.flow[at] = flow
    this.routes[at] = routes
    this.megabytes[at] = megabytes
  }
}
