/**
 * The world again, written from its description alone: nothing is imported from the product, nothing is
 * compiled, tabulated or cached. Routes are found by walking every simple path, optima by trying every placement.
 * Slow and plain on purpose; the product must agree with it.
 */

export interface World {
  topology: {
    nodes: { id: string; tier: 'device' | 'edge' | 'cloud'; computeMHz: number; energyPerMegacycle: number; relays?: boolean }[]
    links: { from: string; to: string; bandwidthMBps: number; latencyMs: number }[]
  }
  workflows: {
    id: string
    device: string
    tasks: { id: string; megacycles: number }[]
    flows: { from: string; to: string; megabytes: number }[]
  }[]
  objective: {
    energyWeight: number
    edgeEnergyWeight: number
    cloudEnergyWeight: number
    scaling: 'local-only' | 'none'
    countReturn: boolean
  }
}

type Workflow = World['workflows'][number]
export type Placement = Record<string, string>

export interface Figures {
  delaySeconds: number
  energyJoules: number
  cost: number
}

function nodeOf(world: World, id: string) {
  const node = world.topology.nodes.find((each) => each.id === id)
  if (!node) throw new Error(`no node ${id}`)
  return node
}

/** Every simple path from one node to another as its list of hops; only edges and clouds that relay stand in between. */
function pathsBetween(
  world: World,
  from: string,
  to: string,
  visited: string[] = [from]
): { latencyMs: number; bandwidthMBps: number }[][] {
  const paths: { latencyMs: number; bandwidthMBps: number }[][] = []
  for (const link of world.topology.links) {
    let next: string
    if (link.from === from) next = link.to
    else if (link.to === from) next = link.from
    else continue
    if (visited.includes(next)) continue
    if (next === to) {
      paths.push([link])
      continue
    }
    const node = nodeOf(world, next)
    if (node.tier === 'device' || node.relays === false) continue
    for (const rest of pathsBetween(world, next, to, [...visited, next])) paths.push([link, ...rest])
  }
  return paths
}

/** Seconds to move data: nothing on the same node, else over the fastest path for that size, hop after hop. */
export function transfer(world: World, from: string, to: string, megabytes: number): number {
  if (from === to) return 0
  let fastest = Infinity
  for (const path of pathsBetween(world, from, to)) {
    let seconds = 0
    for (const hop of path) seconds += hop.latencyMs / 1000 + megabytes / hop.bandwidthMBps
    fastest = Math.min(fastest, seconds)
  }
  return fastest
}

/** Where a workflow may be placed: its own device, and every edge and cloud with a route to it and back. */
export function placesOf(world: World, workflow: Workflow): string[] {
  const places = [workflow.device]
  for (const tier of ['edge', 'cloud']) {
    for (const node of world.topology.nodes) {
      if (node.tier !== tier) continue
      const there = pathsBetween(world, workflow.device, node.id).length > 0
      const back = pathsBetween(world, node.id, workflow.device).length > 0
      if (there && back) places.push(node.id)
    }
  }
  return places
}

/**
 * T and E of a placed workflow. Every flow is paid where it leads between two nodes; @input and @output are the device.
 * `travel` may remember what `transfer` found.
 */
export function delayAndEnergy(
  world: World,
  workflow: Workflow,
  placement: Placement,
  travel: (from: string, to: string, megabytes: number) => number = (from, to, megabytes) => transfer(world, from, to, megabytes)
): { delaySeconds: number; energyJoules: number } {
  const where = (end: string) => (end === '@input' || end === '@output' ? workflow.device : placement[end])
  let delaySeconds = 0
  let energyJoules = 0
  for (const task of workflow.tasks) {
    const node = nodeOf(world, placement[task.id])
    delaySeconds += task.megacycles / node.computeMHz
    let weight = 1
    if (node.tier === 'edge') weight = world.objective.edgeEnergyWeight
    if (node.tier === 'cloud') weight = world.objective.cloudEnergyWeight
    energyJoules += weight * task.megacycles * node.energyPerMegacycle
  }
  for (const flow of workflow.flows) {
    if (flow.to === '@output' && !world.objective.countReturn) continue
    delaySeconds += travel(where(flow.from), where(flow.to), flow.megabytes)
  }
  return { delaySeconds, energyJoules }
}

/** The mean T and E of all workflows where nothing is offloaded; 1 and 1 without scaling. */
export function referencesOf(world: World): { delaySeconds: number; energyJoules: number } {
  if (world.objective.scaling === 'none') return { delaySeconds: 1, energyJoules: 1 }
  let delaySeconds = 0
  let energyJoules = 0
  for (const workflow of world.workflows) {
    const local: Placement = {}
    for (const task of workflow.tasks) local[task.id] = workflow.device
    const figures = delayAndEnergy(world, workflow, local)
    delaySeconds += figures.delaySeconds / world.workflows.length
    energyJoules += figures.energyJoules / world.workflows.length
  }
  return { delaySeconds, energyJoules }
}

/** T, E and Q of a placed workflow. */
export function figuresOf(world: World, workflow: Workflow, placement: Placement): Figures {
  const references = referencesOf(world)
  const { delaySeconds, energyJoules } = delayAndEnergy(world, workflow, placement)
  const cost = delaySeconds / references.delaySeconds + world.objective.energyWeight * (energyJoules / references.energyJoules)
  return { delaySeconds, energyJoules, cost }
}

/** Every placement of a workflow. */
export function placementsOf(world: World, workflow: Workflow): Placement[] {
  const places = placesOf(world, workflow)
  let all: Placement[] = [{}]
  for (const task of workflow.tasks) all = all.flatMap((placement) => places.map((place) => ({ ...placement, [task.id]: place })))
  return all
}

/** The least Q of all placements. */
export function leastCost(world: World, workflow: Workflow): number {
  const references = referencesOf(world)
  const known = new Map<string, number>()
  const travel = (from: string, to: string, megabytes: number): number => {
    const key = `${from} ${to} ${megabytes}`
    const seconds = known.get(key) ?? transfer(world, from, to, megabytes)
    known.set(key, seconds)
    return seconds
  }
  let least = Infinity
  for (const placement of placementsOf(world, workflow)) {
    const { delaySeconds, energyJoules } = delayAndEnergy(world, workflow, placement, travel)
    const cost = delaySeconds / references.delaySeconds + world.objective.energyWeight * (energyJoules / references.energyJoules)
    least = Math.min(least, cost)
  }
  return least
}
