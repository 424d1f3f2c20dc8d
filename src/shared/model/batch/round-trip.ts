import type { Objective, References } from '../objective'
import { linkSeconds } from '../path'
import { bandwidthFrom, type Link, locationsOf, type Topology, type TopologyNode } from '../topology'
import { INPUT, OUTPUT, type Task, type Workflow } from '../workflow'
import { type Decisions, Executor } from './executor'
import { DEVICE, type TaskGraph, taskGraph } from './graph'
import type { TimelineRecorder, TaskTimes } from './recording'

/** A workflow for execution "round-trip", by numbers: its device is place 0, its one edge place 1. */
export interface RoundTrips extends Decisions {
  device: TopologyNode
  edge: TopologyNode
  link: Link
  /** Index of the link among the topology's. */
  linkIndex: number
  /** [tasks] by decision: L, U, E, D in seconds, and what each costs in joules. */
  local: Float64Array
  upload: Float64Array
  remote: Float64Array
  download: Float64Array
  localJoules: Float64Array
  uploadJoules: Float64Array
  remoteJoules: Float64Array
  downloadJoules: Float64Array
  /** [tasks + 1] where the decisions that each decision waits for start in `before`. */
  beforeStart: Int32Array
  before: Int32Array
}

/**
 * Compiles one workflow for execution "round-trip", the environment of MRLCO (J. Wang et al. 2021). Tasks are decided by descending rank,
 * which is the lesser of L and U + E + D plus the greatest rank of what waits for the task; of equal ranks the last in the document is
 * first. Flows between tasks only order; their sizes, `@input` and `@output` cost nothing. Times of the link hold its latency.
 *
 * MRLCO states work in bytes and speeds in bytes per second, of which only the ratio counts. At 1,000 cycles per byte its device of
 * 1,048,576 B/s is one of 1,048.576 MHz, its edge of 10,485,760 B/s one of 10,485.76 MHz, and 7 · 131,072 B/s are 0.917504 MB/s both ways.
 * Its energies are 6.4 W of computing on the device, that is 6.4/1,048.576 J per megacycle, none on the edge, and 1.258 W (transmitWatts)
 * and 1.181 W (receiveWatts) on the link.
 *
 * Throws RangeError for unknown devices, topologies of other than two places, devices that no link joins with the edge, tasks that do not
 * say what they upload and return, and what `taskGraph` refuses.
 */
export function compileRoundTrips(topology: Topology, objective: Objective, workflow: Workflow): RoundTrips {
  const graph = taskGraph(workflow)
  const locations = locationsOf(topology, workflow.device)
  if (locations.length !== 2)
    throw new RangeError(
      `execution "round-trip" has two places, the device and one edge; topology "${topology.name}" has ${locations.length}: keep exactly one edge or cloud`
    )
  const [device, edge] = locations
  const joins = ({ from, to }: Link) => (from === device.id && to === edge.id) || (from === edge.id && to === device.id)
  const linkIndex = topology.links.findIndex(joins)
  if (linkIndex < 0) throw new RangeError(`no link joins device "${device.id}" of workflow "${workflow.id}" and "${edge.id}"; add one`)
  const link = topology.links[linkIndex]
  const { tasks } = workflow
  const sizes = tasks.map((task) => ({ up: sizeOf(workflow, task, 'uploadMegabytes'), back: sizeOf(workflow, task, 'resultMegabytes') }))
  const weight = edge.tier === 'edge' ? objective.edgeEnergyWeight : objective.cloudEnergyWeight
  const seconds = tasks.map(({ megacycles }, i) => ({
    local: megacycles / device.computeMHz,
    upload: linkSeconds(link, sizes[i].up, device.id),
    remote: megacycles / edge.computeMHz,
    download: linkSeconds(link, sizes[i].back, edge.id)
  }))
  const joules = tasks.map(({ megacycles }, i) => ({
    local: megacycles * device.energyPerMegacycle,
    upload: ((device.transmitWatts ?? 0) * sizes[i].up) / bandwidthFrom(link, device.id),
    remote: weight * megacycles * edge.energyPerMegacycle,
    download: ((device.receiveWatts ?? 0) * sizes[i].back) / bandwidthFrom(link, edge.id)
  }))
  const order = orderOf(
    graph,
    seconds.map(({ local, upload, remote, download }) => Math.min(local, upload + remote + download))
  )
  const decisionOf = new Int32Array(tasks.length)
  order.forEach((task, i) => {
    decisionOf[task] = i
  })
  const before = order.map((task) => [...new Set(graph.incoming[task].map((f) => graph.from[f]))].filter((from) => from !== DEVICE))
  const beforeStart = new Int32Array(tasks.length + 1)
  before.forEach((those, i) => {
    beforeStart[i + 1] = beforeStart[i] + those.length
  })
  const inOrder = (value: (task: number) => number) => Float64Array.from(order, value)
  return {
    workflows: [workflow],
    places: 2,
    decisions: tasks.length,
    order: order.map((task) => ({ workflow: 0, task })),
    workflowOf: new Int32Array(tasks.length),
    release: new Float64Array(1),
    device,
    edge,
    link,
    linkIndex,
    local: inOrder((task) => seconds[task].local),
    upload: inOrder((task) => seconds[task].upload),
    remote: inOrder((task) => seconds[task].remote),
    download: inOrder((task) => seconds[task].download),
    localJoules: inOrder((task) => joules[task].local),
    uploadJoules: inOrder((task) => joules[task].upload),
    remoteJoules: inOrder((task) => joules[task].remote),
    downloadJoules: inOrder((task) => joules[task].download),
    beforeStart,
    before: Int32Array.from(before.flat(), (task) => decisionOf[task])
  }
}

function sizeOf(workflow: Workflow, task: Task, key: 'uploadMegabytes' | 'resultMegabytes'): number {
  const megabytes = task[key]
  if (megabytes !== undefined && megabytes >= 0 && megabytes < Infinity) return megabytes
  const what = megabytes === undefined ? 'does not say' : `says ${megabytes} as`
  throw new RangeError(`task "${task.id}" of workflow "${workflow.id}" ${what} ${key}; execution "round-trip" needs it, 0 or more`)
}

/** Of the tasks all of whose predecessors are decided, the one of greatest rank is next; of several the last in the document. */
function orderOf({ topological, outgoing, incoming, to, from }: TaskGraph, least: readonly number[]): number[] {
  const rank = new Float64Array(least.length)
  for (let at = topological.length - 1; at >= 0; at--) {
    const task = topological[at]
    rank[task] = least[task] + outgoing[task].reduce((most, f) => (to[f] === DEVICE ? most : Math.max(most, rank[to[f]])), 0)
  }
  const waiting = incoming.map((flows) => flows.filter((f) => from[f] !== DEVICE).length)
  const isLater = (a: number, b: number) => rank[a] - rank[b] || a - b
  const ready = [...topological.keys()].filter((task) => waiting[task] === 0).sort(isLater)
  const order: number[] = []
  for (let task = ready.pop(); task !== undefined; task = ready.pop()) {
    order.push(task)
    for (const f of outgoing[task]) {
      if (to[f] === DEVICE || --waiting[to[f]] > 0) continue
      const next = ready.findIndex((other) => isLater(other, to[f]) > 0)
      ready.splice(next < 0 ? ready.length : next, 0, to[f])
    }
  }
  return order
}

/**
 * Execution "round-trip". Local: FL = aL = max(aL, max over predecessors of FL and FD) + L. Offloaded: FU = aU = max(aU, max over
 * predecessors of FL and FU) + U; FE = aE = max(aE, FU, max over predecessors of FE) + E; FD = FE + D. A task ends at FL or FD, T is the latest end.
 * Downloads wait for nothing, an upload waits for the uploads of its predecessors and not for their computing, and results always return,
 * whatever the objective counts: on purpose, it is that environment's rule. Clocks of a state: aL, aU, aE; [tasks] FU; [tasks] FE.
 */
export class RoundTripExecutor extends Executor<RoundTrips> {
  constructor(trips: RoundTrips, objective: Objective, references: References) {
    super(trips, objective, references, 3 + 2 * trips.decisions)
  }

  protected override book(states: Float64Array, at: number, i: number, place: number, recorder?: TimelineRecorder): number {
    const { batch, layout } = this
    const { before, beforeStart } = batch
    const clocks = at + layout.clocks
    const uploads = clocks + 3
    const computed = uploads + batch.decisions
    const finishes = at + layout.finish
    const places = at + layout.place
    let atDevice = 0
    let sent = 0
    let atEdge = 0
    for (let b = beforeStart[i]; b < beforeStart[i + 1]; b++) {
      const j = before[b]
      atDevice = Math.max(atDevice, states[finishes + j])
      sent = Math.max(sent, states[places + j] === 0 ? states[finishes + j] : states[uploads + j])
      atEdge = Math.max(atEdge, states[computed + j])
    }
    const joules = place === 0 ? batch.localJoules[i] : batch.uploadJoules[i] + batch.remoteJoules[i] + batch.downloadJoules[i]
    let finish: number
    if (place === 0) {
      const start = Math.max(states[clocks], atDevice)
      finish = start + batch.local[i]
      states[clocks] = finish
      if (recorder) this.#recordTask(recorder, i, place, { sent: atDevice, arrived: atDevice, start, finish, core: 0 }, joules)
    } else {
      const start = Math.max(states[clocks + 1], sent)
      const uploaded = start + batch.upload[i]
      const arrived = Math.max(uploaded, atEdge)
      const begun = Math.max(states[clocks + 2], arrived)
      const done = begun + batch.remote[i]
      finish = done + batch.download[i]
      states[clocks + 1] = uploaded
      states[clocks + 2] = done
      states[uploads + i] = uploaded
      states[computed + i] = done
      if (recorder) {
        this.#recordTrip(recorder, i, true, start - sent, start, uploaded)
        this.#recordTask(recorder, i, place, { sent, arrived, start: begun, finish: done, core: 0 }, joules)
        this.#recordTrip(recorder, i, false, 0, done, finish)
      }
    }
    states[finishes + i] = finish
    states[places + i] = place
    states[at + layout.delay] = Math.max(states[at + layout.delay], finish)
    return joules
  }

  protected override mayGo(_states: Float64Array, _at: number, _i: number, into: Uint8Array): void {
    into.fill(1, 0, 2)
  }

  override locations(): readonly TopologyNode[] {
    return [this.batch.device, this.batch.edge]
  }

  override leastDelays(): Float64Array {
    return Float64Array.of(leastRoundTripDelay(this.batch))
  }

  override leastJoules(): number {
    const { localJoules, uploadJoules, remoteJoules, downloadJoules } = this.batch
    return localJoules.reduce((sum, joules, i) => sum + Math.min(joules, uploadJoules[i] + remoteJoules[i] + downloadJoules[i]), 0)
  }

  #recordTask(recorder: TimelineRecorder, i: number, place: number, times: TaskTimes, joules: number): void {
    const { workflows, order, device, edge } = this.batch
    recorder.task(0, workflows[0].tasks[order[i].task].id, place === 0 ? device.id : edge.id, times, joules)
  }

  /** The way there, or back. */
  #recordTrip(
    recorder: TimelineRecorder,
    i: number,
    isThere: boolean,
    waitSeconds: number,
    startSeconds: number,
    arrivalSeconds: number
  ): void {
    const { workflows, order, device, edge, link } = this.batch
    const { id } = workflows[0].tasks[order[i].task]
    const hop = { direction: 0, startSeconds, endSeconds: arrivalSeconds - link.latencyMs / 1000, waitSeconds, arrivalSeconds }
    if (isThere) recorder.hop(0, INPUT, id, [device.id, edge.id], hop)
    else recorder.hop(0, id, OUTPUT, [edge.id, device.id], hop)
  }
}

/** Seconds below which T cannot be: its longest path where no clock is waited for and predecessors are where it suits each task best. */
export function leastRoundTripDelay(trips: RoundTrips): number {
  const { decisions, before, beforeStart, local, upload, remote, download } = trips
  const atDevice = new Float64Array(decisions)
  const uploaded = new Float64Array(decisions)
  const computed = new Float64Array(decisions)
  let least = 0
  for (let i = 0; i < decisions; i++) {
    let ready = 0
    let sent = 0
    let begun = 0
    for (let b = beforeStart[i]; b < beforeStart[i + 1]; b++) {
      const j = before[b]
      ready = Math.max(ready, Math.min(atDevice[j], computed[j] + download[j]))
      sent = Math.max(sent, Math.min(atDevice[j], uploaded[j]))
      // A predecessor on the device is not waited for at the edge, only by the upload.
      begun = Math.max(begun, Math.min(atDevice[j], computed[j]))
    }
    atDevice[i] = ready + local[i]
    uploaded[i] = sent + upload[i]
    computed[i] = Math.max(uploaded[i], begun) + remote[i]
    least = Math.max(least, Math.min(atDevice[i], computed[i] + download[i]))
  }
  return least
}
