import type { PlanRecord, PresetCard } from '@shared/contract/experiments'
import type { RunRow } from '@shared/contract/records'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { ParameterValues } from '@shared/algorithms/parameters'

/** Steps per second by what completed runs on this machine took: of each algorithm, and of each algorithm at one size. */
export type Paces = ReadonlyMap<string, number>

type Cards = ReadonlyMap<string, AlgorithmCard>

/** An algorithm at one size, by what its card says a learn step's time follows from. */
function sizeKey(algorithm: string, parameters: ParameterValues, cards: Cards): string {
  const sizes = cards.get(algorithm)?.parameters.filter(({ paces }) => paces) ?? []
  return JSON.stringify([algorithm, ...sizes.map(({ key }) => parameters[key] ?? null)])
}

/** Without `cards` of the algorithms alone, whatever their size. */
export function pacesOf(rows: Iterable<RunRow>, cards?: Cards): Paces {
  const sums = new Map<string, { steps: number; seconds: number }>()
  for (const { algorithm, parameters, status, learnSteps, seconds } of rows) {
    if (status !== 'completed' || learnSteps === 0 || !(seconds > 0)) continue
    for (const key of cards ? [algorithm, sizeKey(algorithm, parameters, cards)] : [algorithm]) {
      const sum = sums.get(key) ?? { steps: 0, seconds: 0 }
      sums.set(key, { steps: sum.steps + learnSteps, seconds: sum.seconds + seconds })
    }
  }
  return new Map([...sums].map(([key, { steps, seconds }]) => [key, steps / seconds]))
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

/**
 * Seconds that the work of a preset takes with `parallel` runs at a time; undefined where one of its settings has not been completed at
 * its size here: a network twice as wide, or told its environment, is another matter.
 */
export function workSeconds(work: PresetCard['work'], paces: Paces, parallel: number, cards: Cards): number | undefined {
  const seconds = work.map(
    ({ algorithm, parameters, learnSteps }) => learnSteps / (paces.get(sizeKey(algorithm, parameters, cards)) ?? Number.NaN)
  )
  const sum = seconds.reduce((all, each) => all + each, 0) / parallel
  return Number.isNaN(sum) ? undefined : sum
}

/** Where the time of a plan goes. */
export interface PlanTime {
  /** Of each setting's runs, one after another; undefined where none of its algorithm was completed here. */
  settings: (number | undefined)[]
  /** Of what is known, with `parallel` runs at a time. */
  seconds: number
  /** Algorithms whose pace is not known here. */
  unknown: string[]
}

/** How long the runs of a plan take: of all of them, or of those that are missing. */
export function planTime(plan: PlanRecord, which: 'all' | 'missing', paces: Paces, parallel: number, cards: Cards): PlanTime {
  const counts = runsPerSetting(plan, which)
  const settings = plan.settings.map(({ algorithm, parameters }, j) => {
    const each = parameters.learnSteps ?? parameters.evaluations
    const steps = typeof each === 'number' ? each * counts[j] : 0
    const pace = paces.get(sizeKey(algorithm, parameters, cards)) ?? paces.get(algorithm)
    return steps === 0 ? 0 : pace === undefined ? undefined : steps / pace
  })
  const unknown = [...new Set(plan.settings.flatMap(({ algorithm }, j) => (settings[j] === undefined ? [algorithm] : [])))]
  return { settings, seconds: settings.reduce<number>((sum, each) => sum + (each ?? 0), 0) / parallel, unknown }
}

/** Runs to make of each setting, over all scenarios and seeds. */
function runsPerSetting({ settings, scenarios, seeds, cells }: PlanRecord, which: 'all' | 'missing'): number[] {
  return settings.map((_, j) =>
    scenarios.reduce((sum, _, i) => {
      const { done, active } = cells[i * settings.length + j]
      return sum + (which === 'all' ? seeds : seeds - done - active)
    }, 0)
  )
}

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
