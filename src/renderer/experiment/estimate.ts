import type { PlanRecord, PresetCard } from '@shared/contract/experiments'
import type { RunRow } from '@shared/contract/records'
import type { AlgorithmCard } from '@shared/algorithms/card'
import { type ScheduledJob, type ScheduleSlot, schedule } from '@shared/run/schedule'
import type { Timing } from '@shared/run/timing'

/** Learn steps per second of each algorithm by what completed runs took, whatever their size. */
export type Paces = ReadonlyMap<string, number>

type Cards = ReadonlyMap<string, AlgorithmCard>

export function pacesOf(rows: Iterable<RunRow>): Paces {
  const sums = new Map<string, { steps: number; seconds: number }>()
  for (const { algorithm, status, learnSteps, seconds } of rows) {
    if (status !== 'completed' || learnSteps === 0 || !(seconds > 0)) continue
    const sum = sums.get(algorithm) ?? { steps: 0, seconds: 0 }
    sums.set(algorithm, { steps: sum.steps + learnSteps, seconds: sum.seconds + seconds })
  }
  return new Map([...sums].map(([algorithm, { steps, seconds }]) => [algorithm, steps / seconds]))
}

/** Seconds that learn steps (by algorithm) take with `parallel` runs at a time; undefined where an algorithm's pace is unknown. */
export function secondsOf(learnSteps: Readonly<Record<string, number>>, paces: Paces, parallel: number): number | undefined {
  let seconds = 0
  for (const [algorithm, steps] of Object.entries(learnSteps)) {
    const pace = paces.get(algorithm)
    if (pace === undefined) return undefined
    seconds += steps / pace
  }
  return seconds / parallel
}

/** Where the time of a plan goes. */
export interface PlanTime {
  /** Of each setting's runs, as workers spend them; undefined where none of its algorithm was completed here. */
  settings: (number | undefined)[]
  /** Until all is done of which the time is known. */
  seconds: number
  /** Algorithms that were never completed here. */
  unknown: string[]
  /** Some of it goes by runs of another size. */
  isRough: boolean
}

/** How long the runs of a plan take: of all of them, or of those that are missing. */
export function planTime(plan: PlanRecord, which: 'all' | 'missing', timing: Timing, parallel: number, cards: Cards): PlanTime {
  const { scenarios, settings, seeds, cells } = plan
  const ofSetting: number[] = []
  const jobs: ScheduledJob[] = []
  // As they are queued: seed by seed, and of a seed scenario by scenario.
  for (let seed = 0; seed < seeds; seed++) {
    for (const [i, { tasks, locations, workflows }] of scenarios.entries()) {
      for (const [j, { algorithm, parameters }] of settings.entries()) {
        const { done, active } = cells[i * settings.length + j]
        if (which === 'missing' && seed >= seeds - done - active) continue
        ofSetting.push(j)
        jobs.push({ algorithm, parameters, facts: { tasks, locations }, evaluation: { workflows }, steps: stepsOf(parameters) })
      }
    }
  }
  const isKnown = jobs.map((job) => job.steps === 0 || timing(job, 1) !== undefined)
  const known = jobs.filter((_, j) => isKnown[j])
  const slots = schedule(known, idle(parallel), timing, cards)
  const spent: (number | undefined)[] = settings.map(() => 0)
  let at = 0
  ofSetting.forEach((j, run) => {
    const own = isKnown[run] ? slots[at++]?.seconds : undefined
    const sum = spent[j]
    spent[j] = own === undefined || sum === undefined ? undefined : sum + own
  })
  return {
    settings: spent,
    seconds: lastOf(slots),
    unknown: [...new Set(jobs.flatMap(({ algorithm }, j) => (isKnown[j] ? [] : [algorithm])))],
    isRough: slots.some((slot) => slot.isRough)
  }
}

/** Seconds that a preset takes with `seeds` seeds; undefined where one of its settings was not completed at its size here. */
export function presetSeconds(preset: PresetCard, seeds: number, timing: Timing, parallel: number, cards: Cards): number | undefined {
  const jobs = Array.from({ length: seeds }, () =>
    preset.scenarios.flatMap(({ tasks, locations }) =>
      preset.work.map(
        ({ algorithm, parameters }): ScheduledJob => ({ algorithm, parameters, facts: { tasks, locations }, steps: stepsOf(parameters) })
      )
    )
  ).flat()
  const slots = schedule(jobs, idle(parallel), timing, cards)
  return slots.every(({ ends, isRough }) => ends !== undefined && !isRough) ? lastOf(slots) : undefined
}

/** Learn steps, or evaluations of a search; 0 of a rule. */
const stepsOf = ({ learnSteps, evaluations }: ScheduledJob['parameters']) => Number(learnSteps ?? evaluations ?? 0)
const idle = (parallel: number) => Array.from({ length: Math.max(1, parallel) }, () => 0)
const lastOf = (slots: readonly ScheduleSlot[]) => slots.reduce((last, { ends }) => Math.max(last, ends ?? 0), 0)

/** Bytes at the peak, `parallel` of the largest runs at a time, and bytes on disk in the end. */
export function planBytes(plan: PlanRecord, which: 'all' | 'missing', parallel: number): { memory: number; disk: number } {
  const runs = plan.cells.flatMap(({ done, active, memoryBytes, diskBytes }) => {
    const count = which === 'all' ? plan.seeds : plan.seeds - done - active
    return count > 0 ? [{ count, memoryBytes, diskBytes }] : []
  })
  let left = parallel
  let memory = 0
  for (const { count, memoryBytes } of runs.sort((a, b) => b.memoryBytes - a.memoryBytes)) {
    const taken = Math.min(left, count)
    memory += taken * memoryBytes
    left -= taken
  }
  return { memory, disk: runs.reduce((sum, { count, diskBytes }) => sum + count * diskBytes, 0) }
}
