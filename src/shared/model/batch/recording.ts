import type { Workflow } from '../workflow'
import type { Batch } from './batch'

/** T and E of each workflow [M], in seconds and joules, and Q of all. */
export interface Figures {
  delaySeconds: Float64Array
  energyJoules: Float64Array
  cost: number
}

/** One task where it ran. All seconds of a timeline count from the batch's zero. */
export interface PlacedTask {
  /** Index of the workflow, and the task's id in it. */
  workflow: number
  id: string
  /** Its place in the order of decisions. */
  decision: number
  node: string
  /** Which core of the node, from 0. */
  core: number
  startSeconds: number
  finishSeconds: number
  /** Of computing, weighted 1, α, β. */
  energyJoules: number
}

/** One link on the way of a transfer. */
export interface TransferHop {
  /** Index among the topology's links. */
  link: number
  from: string
  to: string
  /** How long the data waited for the link, in this direction, before. */
  waitingSeconds: number
  /** The link is busy from start to finish. */
  startSeconds: number
  finishSeconds: number
  /** Finish and latency. */
  arrivalSeconds: number
}

/** Data sent from one node to another; between tasks of one node nothing is sent. */
export interface Transfer {
  workflow: number
  /** Ids of tasks, `@input` or `@output`, as in the flow. */
  from: string
  to: string
  fromNode: string
  toNode: string
  megabytes: number
  /** When there was something to send. */
  readySeconds: number
  arrivalSeconds: number
  /** What the owner's device spends on its own links. */
  energyJoules: number
  hops: readonly TransferHop[]
}

/** What became of one workflow. */
export interface WorkflowSpan {
  id: string
  releaseSeconds: number
  /** When its last task has ended and its last result is back. */
  endSeconds: number
  /** T and E. */
  delaySeconds: number
  energyJoules: number
}

/** A placed batch: tasks and transfers in the order in which they were booked. */
export interface Timeline {
  workflows: readonly WorkflowSpan[]
  tasks: readonly PlacedTask[]
  transfers: readonly Transfer[]
  /** Q. */
  cost: number
}

/** Collects what an executor books. */
export class Recorder {
  readonly #tasks: PlacedTask[] = []
  readonly #transfers: Transfer[] = []

  task(task: PlacedTask): void {
    this.#tasks.push(task)
  }

  transfer(transfer: Transfer): void {
    this.#transfers.push(transfer)
  }

  /** `releases`: when T of each workflow starts to count [M], s. */
  timeline(workflows: readonly Workflow[], releases: ArrayLike<number>, { delaySeconds, energyJoules, cost }: Figures): Timeline {
    const spans = workflows.map(
      ({ id }, w): WorkflowSpan => ({
        id,
        releaseSeconds: releases[w],
        endSeconds: releases[w] + delaySeconds[w],
        delaySeconds: delaySeconds[w],
        energyJoules: energyJoules[w]
      })
    )
    return { workflows: spans, tasks: this.#tasks, transfers: this.#transfers, cost }
  }
}

/** Records decision `i` of a batch where it runs. */
export function recordTask(recorder: Recorder, batch: Batch, i: number, place: number, core: number, start: number, finish: number): void {
  const { workflow, task } = batch.order[i]
  const node = batch.nodeOf[workflow * batch.places + place]
  recorder.task({
    workflow,
    id: batch.workflows[workflow].tasks[task].id,
    decision: i,
    node: batch.machines.nodes[node].id,
    core: core - batch.machines.coreStart[node],
    startSeconds: start,
    finishSeconds: finish,
    energyJoules: batch.computeJoules[i * batch.places + place]
  })
}

/** Records what decision `i` sends along `route`: `flow`, an index into its workflow's document, from place to place. */
export function recordTransfer(
  recorder: Recorder,
  batch: Batch,
  i: number,
  flow: number,
  from: number,
  to: number,
  route: number,
  ready: number,
  arrival: number,
  hops: readonly TransferHop[]
): void {
  const { workflow } = batch.order[i]
  const nodeAt = (place: number) => batch.machines.nodes[batch.nodeOf[workflow * batch.places + place]].id
  const { megabytes, ...ends } = batch.workflows[workflow].flows[flow]
  recorder.transfer({
    workflow,
    from: ends.from,
    to: ends.to,
    fromNode: nodeAt(from),
    toNode: nodeAt(to),
    megabytes,
    readySeconds: ready,
    arrivalSeconds: arrival,
    energyJoules: route < 0 ? 0 : batch.routeJoulesPerMegabyte[route] * megabytes,
    hops
  })
}
