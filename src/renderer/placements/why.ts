import type { InspectedBatch } from '@shared/contract/placements'
import { amount, plain } from '@shared/format'
import { text } from '../ui/text'
import { aheadOf, criticalPath, type Hold, labelOf, type BatchSchedule, waitOf } from './schedule'

/** So many of those ahead are named. */
const MOST_NAMED = 5

const words = text.schedule

export interface Why {
  title: string
  aside: string
  /** Sentences. */
  said: string[]
}

/** The hold of another schedule that does the same: the task that computes, or the first hop of the same kind for it. */
export function counterpart(hold: Hold, { holds }: BatchSchedule): number | undefined {
  const found = holds.findIndex(({ kind, workflow, task }) => kind === hold.kind && workflow === hold.workflow && task === hold.task)
  return found < 0 ? undefined : found
}

/** Why a hold begins when it begins, in words, and what another schedule does instead. */
export function whyOf(
  batch: Pick<InspectedBatch, 'workflows' | 'order'>,
  schedule: BatchSchedule,
  index: number,
  other?: BatchSchedule
): Why {
  const hold = schedule.holds[index]
  const label = labelOf(hold)
  const task = batch.workflows[hold.workflow].tasks[hold.task]
  const size = `${amount(hold.megabytes ?? 0)} MB`
  const start = amount(hold.start)
  const isCompute = hold.kind === 'compute'
  const release = schedule.releases[hold.workflow]
  const order = batch.order.findIndex((each) => each.workflow === hold.workflow && each.task === hold.task) + 1
  const title = isCompute
    ? words.whyCompute(label, start)
    : hold.kind === 'send'
      ? words.whySend(size, label, start)
      : words.whyReturn(size, label, start)
  const aside = isCompute
    ? `${words.computes(task.id, `${plain(task.megacycles)} Mc`, hold.machine, start, amount(hold.end))} · ${words.ordered(order, batch.order.length)}`
    : words.sends(hold.machine, start, amount(hold.end), amount(hold.arrival))
  const said = [hold.before === undefined && hold.since <= release ? words.released(amount(release)) : words.ready(amount(hold.since))]
  const waits = waitOf(hold)
  if (waits > 0) {
    const ahead = aheadOf(schedule, index).map((i) => labelOf(schedule.holds[i]))
    const named = ahead.slice(-MOST_NAMED)
    said.push(words.waited(amount(waits), hold.machine) + words.behind(named.join(', '), ahead.length - named.length))
  } else said.push(words.noWait(hold.machine))
  if (isCompute) {
    const waited = schedule.holds
      .filter(({ kind, workflow, task: of }) => kind === 'send' && workflow === hold.workflow && of === hold.task)
      .reduce((sum, each) => sum + waitOf(each), 0)
    said.push(waited > 0 ? words.transfersWaited(amount(waited)) : words.transfersDidNot)
  }
  if (criticalPath(schedule).includes(index)) said.push(words.onPath)
  const twin = other && counterpart(hold, other)
  if (other && twin !== undefined) said.push(besides(hold, other.holds[twin]))
  return { title, aside, said }
}

function besides(hold: Hold, twin: Hold): string {
  const earlier = hold.start - twin.start
  const waits = waitOf(twin)
  const when =
    Math.abs(earlier) < 1e-9 * Math.max(1, hold.start)
      ? words.same
      : earlier > 0
        ? words.earlier(amount(earlier))
        : words.later(amount(-earlier))
  return words.otherwise(twin.machine, waits > 0 ? words.otherWaits(amount(waits)) : words.otherNoWait, when)
}
