import type { InspectedBatch, PlacedBatch } from '@shared/contract/placements'

/** A stretch of time in which something holds a core or a link direction. Seconds count from the batch's zero. */
export interface Hold {
  kind: 'compute' | 'send' | 'return'
  /** Indices: its workflow, and the task that computes, that is sent to or, of a return, that is sent from. */
  workflow: number
  task: number
  /** Who serves it, one queue each: a node, or a link direction by its two ends. */
  machine: string
  ends?: readonly [from: string, to: string]
  /** Which core, or row of what runs side by side where nothing is shared. */
  row: number
  /** When it could have begun: its data was there. */
  since: number
  start: number
  end: number
  /** When what it sends has arrived, latency included; of computing `end`. */
  arrival: number
  /** MB that are sent. */
  megabytes?: number
  /** The hold whose arrival made `since`; undefined where it is the release. */
  before?: number
}

export interface BatchSchedule {
  holds: readonly Hold[]
  /** [workflows] when each begins and has ended on its device, s. */
  releases: readonly number[]
  ends: readonly number[]
  /** When all have ended, s. */
  end: number
  /** Mean of T, s; Σ E, J; Q. */
  meanDelay: number
  joules: number
  cost: number
}

/** Differences that are only of rounding, relative to the length of a schedule. */
const ROUNDING = 1e-9

/** How long it waited for its machine, s; 0 where that is only rounding. */
export function waitOf({ since, start }: Hold): number {
  return start - since > ROUNDING * Math.max(1, start) ? start - since : 0
}

/** A workflow as a letter: A to Z, then AA. */
export function workflowLetter(workflow: number): string {
  const last = String.fromCharCode(65 + (workflow % 26))
  return workflow < 26 ? last : workflowLetter(Math.floor(workflow / 26) - 1) + last
}

/** What stands on a bar: the letter of its workflow and the number of its task, from 1. */
export const labelOf = ({ workflow, task }: Pick<Hold, 'workflow' | 'task'>): string => `${workflowLetter(workflow)}${task + 1}`

/** A placed batch as what holds its machines, every workflow after the other, in the order in which it was booked. */
export function scheduleOf({ workflows }: Pick<InspectedBatch, 'workflows'>, placed: PlacedBatch): BatchSchedule {
  const holds: Hold[] = []
  placed.workflows.forEach((workflow, w) => {
    const { tasks, flows } = workflows[w]
    const release = workflow.releaseSeconds ?? 0
    const indexOf = new Map(tasks.map(({ id }, i) => [id, i]))
    const megabytes = new Map(flows.map((flow) => [keyOf(flow), flow.megabytes]))
    const computing = new Map<string, number>()
    for (const { id, node, core, waitSeconds, startSeconds, finishSeconds } of workflow.tasks) {
      computing.set(id, holds.length)
      holds.push({
        kind: 'compute',
        workflow: w,
        task: indexOf.get(id) ?? 0,
        machine: node,
        row: core ?? -1,
        since: startSeconds - (waitSeconds ?? 0),
        start: startSeconds,
        end: finishSeconds,
        arrival: finishSeconds
      })
    }
    // The last hop of each flow so far.
    const sent = new Map<string, number>()
    for (const hop of workflow.transfers ?? []) {
      const key = keyOf(hop)
      const isReturn = !indexOf.has(hop.to)
      const before = sent.get(key) ?? computing.get(hop.from)
      sent.set(key, holds.length)
      holds.push({
        kind: isReturn ? 'return' : 'send',
        workflow: w,
        task: indexOf.get(isReturn ? hop.from : hop.to) ?? 0,
        machine: `${hop.fromNode} → ${hop.toNode}`,
        ends: [hop.fromNode, hop.toNode],
        row: -1,
        since: hop.startSeconds - hop.waitSeconds,
        start: hop.startSeconds,
        end: hop.endSeconds,
        arrival: hop.arrivalSeconds,
        ...(megabytes.has(key) && { megabytes: megabytes.get(key) }),
        ...(before !== undefined && { before })
      })
    }
    for (const flow of flows) {
      const task = holds[computing.get(flow.to) ?? -1]
      const from = sent.get(keyOf(flow)) ?? computing.get(flow.from)
      if (!task || from === undefined || holds[from].arrival <= release) continue
      if (task.before === undefined || holds[from].arrival > holds[task.before].arrival) task.before = from
    }
  })
  stack(holds)
  const releases = placed.workflows.map(({ releaseSeconds }) => releaseSeconds ?? 0)
  const ends = placed.workflows.map(({ delaySeconds }, w) => releases[w] + delaySeconds)
  return {
    holds,
    releases,
    ends,
    end: ends.reduce((latest, end) => Math.max(latest, end), 0),
    meanDelay: placed.workflows.reduce((sum, { delaySeconds }) => sum + delaySeconds, 0) / Math.max(1, placed.workflows.length),
    joules: placed.workflows.reduce((sum, { energyJoules }) => sum + energyJoules, 0),
    cost: placed.cost
  }
}

const keyOf = ({ from, to }: { from: string; to: string }): string => JSON.stringify([from, to])

/** Gives what has no core a row: the first that is free. One row is enough where a machine serves one thing at a time. */
function stack(holds: readonly Hold[]): void {
  const rows = new Map<string, number[]>()
  for (const hold of holds.filter(({ row }) => row < 0).sort((a, b) => a.start - b.start)) {
    const free = rows.get(hold.machine) ?? []
    rows.set(hold.machine, free)
    const row = free.findIndex((end) => end <= hold.start + ROUNDING * Math.max(1, hold.start))
    hold.row = row < 0 ? free.length : row
    free[hold.row] = hold.end
  }
}

/** What was served by the same machine while a hold waited for it, in the order of time: indices. */
export function aheadOf({ holds }: BatchSchedule, index: number): number[] {
  const own = holds[index]
  if (waitOf(own) === 0) return []
  const slack = ROUNDING * Math.max(1, own.start)
  return holds
    .flatMap((hold, i) =>
      i !== index && hold.machine === own.machine && hold.start < own.start - slack && hold.end > own.since + slack ? [i] : []
    )
    .sort((a, b) => holds[a].start - holds[b].start)
}

/**
 * Why a schedule ends when it ends: from the hold that arrives last back to a release, each step to what let it begin – the hold before it
 * on its core or link where it waited, else the data that arrived last. Indices, from the first to the last.
 */
export function criticalPath({ holds }: BatchSchedule): number[] {
  const lanes = new Map<string, number[]>()
  holds.forEach((hold, i) => {
    const key = `${hold.machine}/${hold.row}`
    lanes.set(key, [...(lanes.get(key) ?? []), i])
  })
  let at: number | undefined
  holds.forEach((hold, i) => {
    if (at === undefined || hold.arrival > holds[at].arrival) at = i
  })
  const path: number[] = []
  const seen = new Set<number>()
  while (at !== undefined && !seen.has(at)) {
    path.unshift(at)
    seen.add(at)
    const hold: Hold = holds[at]
    const slack = ROUNDING * Math.max(1, hold.start)
    const blocking: number | undefined =
      waitOf(hold) > 0
        ? lanes.get(`${hold.machine}/${hold.row}`)?.find((i) => !seen.has(i) && Math.abs(holds[i].end - hold.start) <= slack)
        : undefined
    at = blocking ?? hold.before
  }
  return path
}

/** How many wait at once, over time: stretches with at least one. */
export function waitersOf(holds: readonly Hold[]): { from: number; to: number; waiters: number }[] {
  const changes = holds
    .filter((hold) => waitOf(hold) > 0)
    .flatMap(({ since, start }) => [
      { at: since, by: 1 },
      { at: start, by: -1 }
    ])
    .sort((a, b) => a.at - b.at)
  const steps: { from: number; to: number; waiters: number }[] = []
  let waiters = 0
  changes.forEach(({ at, by }, i) => {
    waiters += by
    const to = changes[i + 1]?.at ?? at
    if (waiters > 0 && to > at) steps.push({ from: at, to, waiters })
  })
  return steps
}
