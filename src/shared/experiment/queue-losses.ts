import { type BatchLoad, batchLoadOf, type PlacedSample } from '../model/queues'
import type { Topology } from '../model/topology'
import type { WorkflowSchedule } from '../model/world'

/** A queue under a policy and under the reference: a node’s, where `from` is absent, or that of a link direction. Means over batches. */
export interface QueueLoss {
  from?: string
  to: string
  /** The share of the batch's time in which it is busy. */
  share: number
  referenceShare: number
  /** Σ of the seconds waited for it. */
  waitedSeconds: number
  referenceSeconds: number
}

/** How long tasks wait, by their position in the workflow; means over workflows, in seconds. */
export interface TaskWait {
  task: number
  /** For a core, its data being there. */
  core: number
  referenceCore: number
  /** What is sent to it, for links, hop by hop. */
  data: number
  referenceData: number
}

/** Where batches of graphs or on shared machines wait, beside their reference. */
export interface QueueLosses {
  /** Batches whose reference has a placement: the others are left out. */
  batches: number
  /** Mean gap over these batches. */
  gap: number
  /** Where most more is waited than under the reference first. */
  queues: QueueLoss[]
  tasks: TaskWait[]
}

/** A batch placed twice: by a policy, and as its reference does. */
export interface BatchPlacedTwice {
  workflows: readonly (PlacedSample['workflows'][number] & { tasks: readonly { id: string }[] })[]
  policy: readonly WorkflowSchedule[]
  reference: readonly WorkflowSchedule[]
  gap: number
}

/** What tasks wait for, summed by position; [position] core, data. */
function waitsOf(
  batches: readonly BatchPlacedTwice[],
  schedules: (batch: BatchPlacedTwice) => readonly WorkflowSchedule[]
): { core: number; data: number }[] {
  const waits: { core: number; data: number; count: number }[] = []
  for (const batch of batches) {
    schedules(batch).forEach(({ tasks, transfers = [] }, w) => {
      const positions = new Map(batch.workflows[w].tasks.map(({ id }, i) => [id, i]))
      const at = (id: string) => {
        const position = positions.get(id)
        if (position === undefined) return undefined
        while (waits.length <= position) waits.push({ core: 0, data: 0, count: 0 })
        return waits[position]
      }
      for (const { id, waitSeconds = 0 } of tasks) {
        const wait = at(id)
        if (!wait) continue
        wait.core += waitSeconds
        wait.count += 1
      }
      for (const { to, waitSeconds } of transfers) {
        const wait = at(to)
        if (wait) wait.data += waitSeconds
      }
    })
  }
  return waits.map(({ core, data, count }) => ({ core: core / Math.max(1, count), data: data / Math.max(1, count) }))
}

/** Where the batches of one run wait; of none, nothing. */
export function queueLossesOf(topology: Topology, batches: readonly BatchPlacedTwice[]): QueueLosses {
  const placed = (of: 'policy' | 'reference') => batches.map((batch) => ({ workflows: batch.workflows, schedules: batch[of] }))
  const [own, reference]: BatchLoad[] = [batchLoadOf(topology, placed('policy')), batchLoadOf(topology, placed('reference'))]
  const nodes = own.nodes.map(
    ({ node, share, waitedSeconds }, i): QueueLoss => ({
      to: node,
      share,
      waitedSeconds,
      referenceShare: reference.nodes[i].share,
      referenceSeconds: reference.nodes[i].waitedSeconds
    })
  )
  const directions = own.directions.map(
    ({ from, to, share, waitedSeconds }, i): QueueLoss => ({
      from,
      to,
      share,
      waitedSeconds,
      referenceShare: reference.directions[i].share,
      referenceSeconds: reference.directions[i].waitedSeconds
    })
  )
  const [waits, referenceWaits] = [waitsOf(batches, ({ policy }) => policy), waitsOf(batches, (batch) => batch.reference)]
  return {
    batches: batches.length,
    gap: batches.reduce((sum, { gap }) => sum + gap, 0) / batches.length,
    queues: [...nodes, ...directions].sort(byExcess),
    tasks: waits.map(({ core, data }, task) => ({
      task,
      core,
      data,
      referenceCore: referenceWaits[task].core,
      referenceData: referenceWaits[task].data
    }))
  }
}

const byExcess = (a: QueueLoss, b: QueueLoss) => b.waitedSeconds - b.referenceSeconds - (a.waitedSeconds - a.referenceSeconds)

/** The mean of several runs' losses on the same batches, seed by seed. Throws RangeError for none. */
export function meanQueueLosses(all: readonly QueueLosses[]): QueueLosses {
  if (all.length === 0) throw new RangeError('there are no losses to average')
  const over = (value: (losses: QueueLosses) => number) => all.reduce((sum, losses) => sum + value(losses), 0) / all.length
  const same = (losses: QueueLosses, { from, to }: QueueLoss) => losses.queues.find((queue) => queue.from === from && queue.to === to)
  return {
    batches: all[0].batches,
    gap: over(({ gap }) => gap),
    queues: all[0].queues
      .map((queue) => ({
        ...queue,
        share: over((losses) => same(losses, queue)?.share ?? 0),
        waitedSeconds: over((losses) => same(losses, queue)?.waitedSeconds ?? 0)
      }))
      .sort(byExcess),
    tasks: all[0].tasks.map((wait, t) => ({
      ...wait,
      core: over(({ tasks }) => tasks[t]?.core ?? 0),
      data: over(({ tasks }) => tasks[t]?.data ?? 0)
    }))
  }
}
