/**
 * Batches on shared machines again, written from the description of the model alone: nothing is imported from the product, everything is
 * a plain object, and every route is found by walking all simple paths. Slow and plain on purpose; the product must agree with it.
 */

interface Node {
  id: string
  tier: 'device' | 'edge' | 'cloud'
  computeMHz: number
  energyPerMegacycle: number
  relays?: boolean
  cores?: number
  transmitWatts?: number
  receiveWatts?: number
}

interface Link {
  from: string
  to: string
  bandwidthMBps: number
  backBandwidthMBps?: number
  latencyMs: number
}

interface Flow {
  from: string
  to: string
  megabytes: number
}

interface Workflow {
  id: string
  device: string
  tasks: { id: string; megacycles: number }[]
  flows: Flow[]
  releaseSeconds?: number
}

export interface BatchWorld {
  topology: { nodes: Node[]; links: Link[] }
  workflows: Workflow[]
  objective: {
    energyWeight: number
    edgeEnergyWeight: number
    cloudEnergyWeight: number
    scaling: 'local-only' | 'none'
    countReturn: boolean
  }
}

interface Hop {
  link: Link
  from: string
  to: string
}

const rate = ({ link, from }: Hop) => (link.from === from ? link.bandwidthMBps : (link.backBandwidthMBps ?? link.bandwidthMBps))
const seconds = (path: readonly Hop[], megabytes: number) =>
  path.reduce((sum, hop) => sum + hop.link.latencyMs / 1000 + megabytes / rate(hop), 0)

function nodeOf({ topology }: BatchWorld, id: string): Node {
  const node = topology.nodes.find((each) => each.id === id)
  if (!node) throw new Error(`no node ${id}`)
  return node
}

function simplePaths(world: BatchWorld, from: string, to: string, visited: readonly string[] = [from]): Hop[][] {
  if (from === to) return [[]]
  const node = nodeOf(world, from)
  if (visited.length > 1 && (node.tier === 'device' || node.relays === false)) return []
  return world.topology.links.flatMap((link) => {
    const next = link.from === from ? link.to : link.to === from ? link.from : undefined
    if (next === undefined || visited.includes(next)) return []
    return simplePaths(world, next, to, [...visited, next]).map((rest) => [{ link, from, to: next }, ...rest])
  })
}

const routes = new WeakMap<BatchWorld['topology'], Map<string, Hop[] | undefined>>()

/** The fastest for that size; of ties the one of fewer hops, then of earlier links. Looked for once. */
function route(world: BatchWorld, from: string, to: string, megabytes: number): Hop[] | undefined {
  const known = routes.get(world.topology) ?? new Map<string, Hop[] | undefined>()
  routes.set(world.topology, known)
  const key = JSON.stringify([from, to, megabytes])
  if (!known.has(key)) known.set(key, fastest(world, from, to, megabytes))
  return known.get(key)
}

/** Seconds of a flow from one node to another where nothing else is under way; Infinity where no route leads there. */
export function travelSeconds(world: BatchWorld, from: string, to: string, megabytes: number): number {
  const path = route(world, from, to, megabytes)
  return path ? seconds(path, megabytes) : Infinity
}

function fastest(world: BatchWorld, from: string, to: string, megabytes: number): Hop[] | undefined {
  const at = ({ link }: Hop) => world.topology.links.indexOf(link)
  const [best] = simplePaths(world, from, to).sort((a, b) => {
    const [s, t] = [seconds(a, megabytes), seconds(b, megabytes)]
    if (Math.abs(s - t) > 1e-12 * Math.max(s, t)) return s - t
    if (a.length !== b.length) return a.length - b.length
    const differs = a.findIndex((hop, i) => hop.link !== b[i].link)
    return differs < 0 ? 0 : at(a[differs]) - at(b[differs])
  })
  return best
}

/** Own device, edges, clouds. */
export function placesOf(world: BatchWorld, { device }: Workflow): Node[] {
  const { nodes } = world.topology
  return [nodeOf(world, device), ...nodes.filter(({ tier }) => tier === 'edge'), ...nodes.filter(({ tier }) => tier === 'cloud')]
}

/** Places that the device reaches. */
export function reachedBy(world: BatchWorld, workflow: Workflow): Node[] {
  return placesOf(world, workflow).filter(({ id }) => route(world, workflow.device, id, 1) !== undefined)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const known = (values: readonly (number | undefined)[]) => values.filter((value) => value !== undefined)

function ranksOf(world: BatchWorld, workflow: Workflow): Map<string, number> {
  const places = placesOf(world, workflow)
  const time = (from: string, to: string, megabytes: number) => {
    const path = route(world, from, to, megabytes)
    return path && seconds(path, megabytes)
  }
  const ranks = new Map<string, number>()
  const rank = (id: string): number => {
    const before = ranks.get(id)
    if (before !== undefined) return before
    const task = workflow.tasks.find((each) => each.id === id)
    if (!task) throw new Error(`no task ${id}`)
    const after = workflow.flows
      .filter(({ from }) => from === id)
      .map(({ to, megabytes }) => {
        if (to === '@output') {
          if (!world.objective.countReturn) return 0
          return mean(known(places.map((place) => time(place.id, workflow.device, megabytes))))
        }
        return mean(known(places.flatMap((p) => places.map((q) => time(p.id, q.id, megabytes))))) + rank(to)
      })
    const value = task.megacycles * mean(places.map(({ computeMHz }) => 1 / computeMHz)) + Math.max(0, ...after)
    ranks.set(id, value)
    return value
  }
  for (const { id } of workflow.tasks) rank(id)
  return ranks
}

/** Of all tasks whose producers stand in the list, the first in the document comes next. */
function topological({ tasks, flows }: Workflow): string[] {
  const list: string[] = []
  while (list.length < tasks.length) {
    const ready = tasks.find(
      ({ id }) => !list.includes(id) && flows.every(({ from, to }) => to !== id || from === '@input' || list.includes(from))
    )
    if (!ready) throw new Error('a circle')
    list.push(ready.id)
  }
  return list
}

/** The order of decisions, as [workflow, task]. */
export function orderOf(world: BatchWorld): [workflow: number, task: string][] {
  const all = world.workflows.flatMap((workflow, x) => {
    const ranks = ranksOf(world, workflow)
    return topological(workflow).map((id, position) => ({
      x,
      id,
      position,
      release: workflow.releaseSeconds ?? 0,
      rank: ranks.get(id) ?? 0
    }))
  })
  all.sort((a, b) => a.release - b.release || b.rank - a.rank || a.x - b.x || a.position - b.position)
  return all.map(({ x, id }) => [x, id])
}

export interface Executed {
  tasks: { workflow: number; id: string; node: string; core: number; start: number; finish: number }[]
  hops: { workflow: number; from: string; to: string; fromNode: string; toNode: string; start: number; end: number; arrival: number }[]
  delays: number[]
  joules: number[]
}

/** Executes a batch: `placement[x][task]` is the id of a node. `sequence`: the tasks that are booked, one after another; all in their order. */
export function execute(
  world: BatchWorld,
  placement: readonly Record<string, string>[],
  sequence: readonly [workflow: number, task: string][] = orderOf(world)
): Executed {
  const { workflows, objective } = world
  const cores = new Map(world.topology.nodes.map(({ id, cores: count = 1 }) => [id, Array.from({ length: count }, () => 0)]))
  const free = new Map<string, number>()
  const done: Executed = { tasks: [], hops: [], delays: workflows.map(() => 0), joules: workflows.map(() => 0) }
  const order = orderOf(world)
  const position = (x: number, id: string) => (id === '@input' ? -1 : order.findIndex(([y, task]) => y === x && task === id))
  const finishOf = (x: number, id: string) => done.tasks.find((task) => task.workflow === x && task.id === id)?.finish ?? Number.NaN

  const send = (x: number, flow: Flow, from: string, to: string, ready: number): number => {
    if (from === to) return ready
    const path = route(world, from, to, flow.megabytes)
    if (!path) return Infinity
    const device = nodeOf(world, workflows[x].device)
    const [first, last] = [path[0], path[path.length - 1]]
    if (from === device.id) done.joules[x] += ((device.transmitWatts ?? 0) * flow.megabytes) / rate(first)
    if (to === device.id) done.joules[x] += ((device.receiveWatts ?? 0) * flow.megabytes) / rate(last)
    let at = ready
    for (const hop of path) {
      const key = JSON.stringify([world.topology.links.indexOf(hop.link), hop.from])
      const start = Math.max(at, free.get(key) ?? 0)
      const end = start + flow.megabytes / rate(hop)
      free.set(key, end)
      at = end + hop.link.latencyMs / 1000
      done.hops.push({ workflow: x, from: flow.from, to: flow.to, fromNode: hop.from, toNode: hop.to, start, end, arrival: at })
    }
    return at
  }

  for (const [x, id] of sequence) {
    const workflow = workflows[x]
    const release = workflow.releaseSeconds ?? 0
    const node = nodeOf(world, placement[x][id])
    const into = workflow.flows
      .map((flow, at) => ({ flow, at }))
      .filter(({ flow }) => flow.to === id)
      .sort((a, b) => position(x, a.flow.from) - position(x, b.flow.from) || a.at - b.at)
    const arrivals = into.map(({ flow }) =>
      flow.from === '@input'
        ? send(x, flow, workflow.device, node.id, release)
        : send(x, flow, placement[x][flow.from], node.id, finishOf(x, flow.from))
    )
    const clocks = cores.get(node.id) ?? []
    const core = clocks.indexOf(Math.min(...clocks))
    const start = Math.max(release, ...arrivals, clocks[core])
    const megacycles = workflow.tasks.find((task) => task.id === id)?.megacycles ?? Number.NaN
    const finish = start + megacycles / node.computeMHz
    clocks[core] = finish
    done.tasks.push({ workflow: x, id, node: node.id, core, start, finish })
    const weight = { device: 1, edge: objective.edgeEnergyWeight, cloud: objective.cloudEnergyWeight }[node.tier]
    done.joules[x] += weight * megacycles * node.energyPerMegacycle
    const ends = [finish]
    for (const flow of workflow.flows) {
      if (flow.from !== id || flow.to !== '@output' || !objective.countReturn) continue
      ends.push(send(x, flow, node.id, workflow.device, finish))
    }
    done.delays[x] = Math.max(done.delays[x], Math.max(...ends) - release)
  }
  return done
}

/** T_ref and E_ref: each workflow alone on its device, on average. */
export function referencesOf(world: BatchWorld): { delay: number; energy: number } {
  if (world.objective.scaling === 'none') return { delay: 1, energy: 1 }
  const alone = world.workflows.map((workflow) => {
    const local = Object.fromEntries(workflow.tasks.map(({ id }) => [id, workflow.device]))
    return execute({ ...world, workflows: [workflow] }, [local])
  })
  return { delay: mean(alone.map(({ delays }) => delays[0])) || 1, energy: mean(alone.map(({ joules }) => joules[0])) || 1 }
}

/** Q. */
export function costOf(world: BatchWorld, { delays, joules }: Executed): number {
  const { delay, energy } = referencesOf(world)
  return delays.reduce((sum, seconds, x) => sum + seconds / delay + world.objective.energyWeight * (joules[x] / energy), 0)
}

/** T of a workflow where nothing waits for anything: the end of its longest path, from its own start on. */
export function longestPath(world: BatchWorld, workflow: Workflow, placement: Record<string, string>): number {
  const travel = (from: string, to: string, megabytes: number): number => {
    if (from === to) return 0
    const path = route(world, from, to, megabytes)
    return path ? seconds(path, megabytes) : Infinity
  }
  const finishes = new Map<string, number>()
  const finish = (id: string): number => {
    const before = finishes.get(id)
    if (before !== undefined) return before
    const arrivals = workflow.flows
      .filter(({ to }) => to === id)
      .map(({ from, megabytes }) =>
        from === '@input'
          ? travel(workflow.device, placement[id], megabytes)
          : finish(from) + travel(placement[from], placement[id], megabytes)
      )
    const megacycles = workflow.tasks.find((task) => task.id === id)?.megacycles ?? Number.NaN
    const value = Math.max(0, ...arrivals) + megacycles / nodeOf(world, placement[id]).computeMHz
    finishes.set(id, value)
    return value
  }
  const returns = workflow.flows
    .filter(({ to }) => to === '@output' && world.objective.countReturn)
    .map(({ from, megabytes }) => finish(from) + travel(placement[from], workflow.device, megabytes))
  return Math.max(...workflow.tasks.map(({ id }) => finish(id)), ...returns)
}
