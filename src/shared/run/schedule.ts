import type { AlgorithmCard } from '../algorithms/card'
import { shareOf, stackLoad } from './stacks'
import type { Timing, TimedWork } from './timing'

/** When waiting runs begin and end, if workers take them as the supervisor hands them out. */

/** A run that waits, in the order of the queue. */
export interface ScheduledJob extends TimedWork {
  /** Learn steps to go; 0 for what places without training. */
  steps: number
  /** Learn steps it has behind it. */
  made?: number
  environments?: string
  initialWeights?: string
}

/** In seconds from now. */
export interface ScheduleSlot {
  /** Undefined where a run before it takes nobody knows how long. */
  begins?: number
  ends?: number
  /** Its share of its group's time: what it adds to the work of all workers. */
  seconds?: number
  isRough?: true
}

/** What jobs must share to train side by side, as far as it can be told without their worlds; undefined: trains alone. */
function stackOf(job: ScheduledJob, card: AlgorithmCard | undefined): string | undefined {
  if (job.steps === 0 || card?.kind !== 'learned' || card.program !== undefined) return undefined
  const stacks = new Set(card.parameters.filter((parameter) => parameter.stacks).map(({ key }) => key))
  const shared = Object.entries(job.parameters).filter(([key]) => !stacks.has(key))
  const { algorithm, facts, environments, initialWeights, made = 0 } = job
  return JSON.stringify([
    algorithm,
    shared.sort(([a], [b]) => (a < b ? -1 : 1)),
    facts?.tasks,
    facts?.locations,
    environments,
    initialWeights,
    made
  ])
}

const batchLoadOf = ({ parameters, facts }: ScheduledJob) =>
  stackLoad(parameters, { tasks: facts?.tasks ?? 1, places: facts?.locations ?? 2 })

/** `free`: when each worker has nothing to do any more, in seconds from now; Infinity where nobody knows. At least one. */
export function schedule(
  jobs: readonly ScheduledJob[],
  free: readonly number[],
  timing: Timing,
  cards: ReadonlyMap<string, AlgorithmCard>
): ScheduleSlot[] {
  const slots: ScheduleSlot[] = jobs.map(() => ({}))
  const stacks = jobs.map((job) => stackOf(job, cards.get(job.algorithm)))
  const waiting = new Map<string, number[]>()
  stacks.forEach((stack, j) => stack !== undefined && waiting.set(stack, [...(waiting.get(stack) ?? []), j]))
  const taken = new Set<number>()
  const workers = [...free]
  let head = 0
  while (taken.size < jobs.length) {
    const now = Math.min(...workers)
    if (!Number.isFinite(now)) break
    const idle = workers.flatMap((until, w) => (until <= now ? [w] : []))
    const busy = workers.length - idle.length
    for (const [turn, w] of idle.entries()) {
      while (taken.has(head)) head++
      if (head >= jobs.length) break
      const group = groupOf(jobs, head, waiting.get(stacks[head] ?? ''), jobs.length - taken.size, { free: idle.length - turn, busy })
      for (const j of group) taken.add(j)
      const alike = waiting.get(stacks[head] ?? '')
      if (alike) waiting.set(stacks[head] ?? '', alike.slice(group.length))
      const ends = begin(jobs, group, now, timing, slots)
      workers[w] = ends ?? Number.POSITIVE_INFINITY
    }
  }
  return slots
}

/** The first job that waits and those that a worker takes with it. `alike`: itself and all that could, in order. */
function groupOf(
  jobs: readonly ScheduledJob[],
  head: number,
  alike: readonly number[] | undefined,
  left: number,
  workers: { free: number; busy: number }
): number[] {
  if (!alike) return [head]
  const share = shareOf(alike.length, left > alike.length, workers)
  let sum = 0
  const most = alike.findIndex((j, i) => {
    sum += batchLoadOf(jobs[j])
    return i > 0 && (i >= share || sum > 1)
  })
  return alike.slice(0, most < 0 ? alike.length : most)
}

/** Notes when a group begins and ends; returns its end. */
function begin(
  jobs: readonly ScheduledJob[],
  group: readonly number[],
  begins: number,
  timing: Timing,
  slots: ScheduleSlot[]
): number | undefined {
  const times = group.map((j) => {
    const { steps } = jobs[j]
    if (steps === 0) return { seconds: 0, isRough: false }
    const step = timing(jobs[j], group.length)
    return step && { seconds: steps * step.seconds, isRough: step.isRough }
  })
  const known = times.every((time) => time !== undefined)
  const ends = known ? begins + times.reduce((sum, time) => sum + (time?.seconds ?? 0), 0) : undefined
  group.forEach((j, i) => {
    const time = times[i]
    slots[j] = {
      begins,
      ...(ends !== undefined && { ends }),
      ...(time && { seconds: time.seconds }),
      ...(time?.isRough && { isRough: true })
    }
  })
  return ends
}
