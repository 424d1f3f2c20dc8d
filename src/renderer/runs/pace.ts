import type { RunRow } from '@shared/contract/records'

/**
 * Steps per second of a run, in its own unit: while it trains in wall-clock time, afterwards over the seconds that are its own. Of runs that train
 * side by side each counts its share of the seconds, by which every one of them would seem as fast as all together.
 */
export function paceOf({ status, latest, learnSteps, seconds }: RunRow): number | undefined {
  const own = learnSteps > 0 && seconds > 0 ? learnSteps / seconds : undefined
  return status === 'running' ? (latest.speed ?? own) : own
}
