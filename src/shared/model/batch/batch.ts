import type { Objective } from '../objective'
import type { TopologyNode } from '../topology'
import type { Workflow } from '../workflow'
import type { RouteTable } from './fixed-routes'
import { DEVICE, type TaskGraph, taskGraph } from './graph'
import type { MachineRoom, Machines } from './machines'
import { type Decision, decisionOrder, upwardRanks } from './order'

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
  order: readonly Decision[]
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
  if (workflows.length === 0) throw new RangeError('a batch needs at least one workflow')
  const graphs = workflows.map(taskGraph)
  const owners = [...new Set(workflows.map(({ device }) => device))]
  const machines = machinesOf(room, owners, workflows)
  const { places, routes } = machines
  const deviceOf = workflows.map(({ device }) => owners.indexOf(device))
  const tables = workflows.map(({ flows }, w): RouteTable[] => flows.map(({ megabytes }) => routes.tableFor(deviceOf[w], megabytes)))
  const ranks = graphs.map((graph, w) =>
    upwardRanks(graph, tables[w], meanSecondsPerMegacycle(machines, deviceOf[w]), objective.countReturn)
  )
  const order = decisionOrder(graphs, ranks)
  const nodeOf = Int32Array.from({ length: workflows.length * places }, (_, at) =>
    machines.nodeAt(deviceOf[Math.floor(at / places)], at % places)
  )
  const reachable = new Uint8Array(workflows.length * places)
  // Which places are in reach does not hang on the size.
  deviceOf.forEach((device, w) => {
    reachable.set(routes.tableFor(device, 1).reachable, w * places)
  })
  const flows = flowsInOrder(graphs, tables, order, objective.countReturn)
  return {
    workflows,
    graphs,
    machines,
    places,
    decisions: order.length,
    order,
    ranks: Float64Array.from(order, ({ workflow, task }) => ranks[workflow][task]),
    workflowOf: Int32Array.from(order, ({ workflow }) => workflow),
    release: Float64Array.from(workflows, ({ releaseSeconds = 0 }) => releaseSeconds),
    nodeOf,
    reachable,
    ...computing(machines, objective, workflows, order, nodeOf, reachable),
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

function machinesOf(room: MachineRoom, owners: readonly string[], workflows: readonly Workflow[]): Machines {
  const devices = new Set(room.topology.nodes.filter(({ tier }) => tier === 'device').map(({ id }) => id))
  const stray = workflows.find(({ device }) => !devices.has(device))
  if (stray)
    throw new RangeError(`workflow "${stray.id}" belongs to "${stray.device}", which is not a device of topology "${room.topology.name}"`)
  return room.of(owners)
}

function meanSecondsPerMegacycle(machines: Machines, device: number): number {
  let sum = 0
  for (let k = 0; k < machines.places; k++) sum += machines.secondsPerMegacycle[machines.nodeAt(device, k)]
  return sum / machines.places
}

function computing(
  machines: Machines,
  objective: Objective,
  workflows: readonly Workflow[],
  order: readonly Decision[],
  nodeOf: Int32Array,
  reachable: Uint8Array
): Pick<Batch, 'computeSeconds' | 'computeJoules'> {
  const { places } = machines
  const weight = { device: 1, edge: objective.edgeEnergyWeight, cloud: objective.cloudEnergyWeight }
  const joulesPerMegacycle = machines.nodes.map(({ energyPerMegacycle, tier }) => energyPerMegacycle * weight[tier])
  const computeSeconds = new Float64Array(order.length * places)
  const computeJoules = new Float64Array(order.length * places)
  order.forEach(({ workflow, task }, i) => {
    const { megacycles } = workflows[workflow].tasks[task]
    for (let k = 0; k < places; k++) {
      const node = nodeOf[workflow * places + k]
      computeSeconds[i * places + k] = reachable[workflow * places + k] ? megacycles * machines.secondsPerMegacycle[node] : Infinity
      computeJoules[i * places + k] = megacycles * joulesPerMegacycle[node]
    }
  })
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
  order: readonly Decision[],
  countReturn: boolean
): Flows {
  const decisionOf = graphs.map(({ topological }) => new Int32Array(topological.length))
  order.forEach(({ workflow, task }, i) => {
    decisionOf[workflow][task] = i
  })
  const inStart = new Int32Array(order.length + 1)
  const outStart = new Int32Array(order.length + 1)
  const inAt: number[] = []
  const outAt: number[] = []
  const inFrom: number[] = []
  order.forEach(({ workflow, task }, i) => {
    const { from, to, incoming, outgoing } = graphs[workflow]
    const producer = (f: number) => (from[f] === DEVICE ? DEVICE : decisionOf[workflow][from[f]])
    for (const f of [...incoming[task]].sort((a, b) => producer(a) - producer(b))) {
      inAt.push(f)
      inFrom.push(producer(f))
    }
    if (countReturn) for (const f of outgoing[task]) if (to[f] === DEVICE) outAt.push(f)
    inStart[i + 1] = inAt.length
    outStart[i + 1] = outAt.length
  })
  const along = (start: Int32Array, at: readonly number[]) => {
    const megabytes = new Float64Array(at.length)
    const routes = new Int32Array(at.length)
    order.forEach(({ workflow }, i) => {
      for (let f = start[i]; f < start[i + 1]; f++) {
        megabytes[f] = graphs[workflow].workflow.flows[at[f]].megabytes
        routes[f] = tables[workflow][at[f]].base
      }
    })
    return { megabytes, routes }
  }
  const into = along(inStart, inAt)
  const out = along(outStart, outAt)
  return {
    inStart,
    inFrom: Int32Array.from(inFrom),
    inMegabytes: into.megabytes,
    inRoutes: into.routes,
    inFlow: Int32Array.from(inAt),
    outStart,
    outMegabytes: out.megabytes,
    outRoutes: out.routes,
    outFlow: Int32Array.from(outAt)
  }
}
