import type { RunRow } from '@shared/contract/records'

/** Learn steps a second of each algorithm, by what its completed runs on this machine took. */
export function pacesOf(rows: Iterable<RunRow>): Map<string, number> {
  const sums = new Map<string, { steps: number; seconds: number }>()
  for (const { algorithm, status, learnSteps, seconds } of rows) {
    if (status !== 'completed' || learnSteps === 0 || !(seconds > 0)) continue
    const sum = sums.get(algorithm) ?? { steps: 0, seconds: 0 }
    sums.set(algorithm, { steps: sum.steps + learnSteps, seconds: sum.seconds + seconds })
  }
  return new Map([...sums].map(([algorithm, { steps, seconds }]) => [algorithm, steps / seconds]))
}

/** Seconds that learn steps (by algorithm) take with `parallel` runs at a time; undefined where an algorithm's pace is unknown. */
export function secondsOf(
  learnSteps: Readonly<Record<string, number>>,
  paces: ReadonlyMap<string, number>,
  parallel: number
): number | undefined {
  let seconds = 0
  for (const [algorithm, steps] of Object.entries(learnSteps)) {
    const pace = paces.get(algorithm)
    if (pace === undefined) return undefined
    seconds += steps / pace
  }
  return seconds / parallel
}
