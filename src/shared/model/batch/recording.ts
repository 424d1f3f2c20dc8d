import type { TaskSpan } from '../timeline'
import type { TransferSpan } from '../world'
import type { Batch } from './batch'

/** One link on the way of some data, in s: from when to when it is busy, how long the data waited for that, and when it has arrived. */
export interface Hop {
  /** Which link, in which direction; of an execution of one link 0. */
  direction: number
  startSeconds: number
  endSeconds: number
  waitSeconds: number
  arrivalSeconds: number
}

/** Seconds: when the last task that a task's data comes from had ended, when the data had arrived, when the task ran; on which core. */
export interface TaskTimes {
  sent: number
  arrived: number
  start: number
  finish: number
  core?: number
}

/** What an executor books, by workflow, in the order in which it is booked. */
export class TimelineRecorder {
  readonly tasks: TaskSpan[][]
  readonly transfers: TransferSpan[][]

  constructor(workflows: number) {
    this.tasks = Array.from({ length: workflows }, () => [])
    this.transfers = Array.from({ length: workflows }, () => [])
  }

  /** `energyJoules`: of the task and of all that is sent for it. */
  task(workflow: number, id: string, node: string, { sent, arrived, start, finish, core }: TaskTimes, energyJoules: number): void {
    this.tasks[workflow].push({
      id,
      node,
      startSeconds: start,
      finishSeconds: finish,
      transferSeconds: Math.max(0, arrived - sent),
      ...(core !== undefined && { core, waitSeconds: start - arrived }),
      energyJoules
    })
  }

  hop(workflow: number, from: string, to: string, [fromNode, toNode]: readonly [string, string], { direction: _, ...times }: Hop): void {
    this.transfers[workflow].push({ from, to, fromNode, toNode, ...times })
  }
}

/** Records decision `i` of a batch. */
export function recordTask(
  recorder: TimelineRecorder,
  batch: Batch,
  i: number,
  place: number,
  times: TaskTimes,
  energyJoules: number
): void {
  const { workflow, task } = batch.order[i]
  const node = batch.machines.nodes[batch.nodeOf[workflow * batch.places + place]].id
  recorder.task(workflow, batch.workflows[workflow].tasks[task].id, node, times, energyJoules)
}

/** Records what decision `i` sends: `flow`, an index into its workflow's document, link by link. */
export function recordTransfer(recorder: TimelineRecorder, batch: Batch, i: number, flow: number, hops: readonly Hop[]): void {
  const { workflow } = batch.order[i]
  const { from, to } = batch.workflows[workflow].flows[flow]
  for (const hop of hops) recorder.hop(workflow, from, to, batch.machines.ends(hop.direction), hop)
}
