import type { Scenario } from './scenario'
import { isGenerated, type Workload } from './workload'

/** The moments at which workflows are released, in s, earliest first; `releases` are those of all. */
export function releaseMoments(releases: ArrayLike<number>): number[] {
  return [...new Set(Array.from(releases))].sort((a, b) => a - b)
}

/** How many workflows of a workload are placed in one batch at most, where they share machines. */
export function mostTogether(workload: Workload): number {
  return isGenerated(workload) ? (workload.generator.together ?? 1) : workload.workflows.length
}

/** How many of these are released at the same moment at most. */
export function mostAtOnce(workload: Workload): number {
  if (isGenerated(workload)) return workload.generator.gapSeconds === undefined ? mostTogether(workload) : 1
  const counts = new Map<number, number>()
  for (const { releaseSeconds = 0 } of workload.workflows) counts.set(releaseSeconds, (counts.get(releaseSeconds) ?? 0) + 1)
  return Math.max(1, ...counts.values())
}

/**
 * Whether a scenario is a stream: workflows that share machines and are released at several moments, so that what places the first knows
 * nothing of the last.
 */
export function isStream({ execution, workload }: Pick<Scenario, 'execution' | 'workload'>): boolean {
  return execution === 'shared' && mostAtOnce(workload) < mostTogether(workload)
}
