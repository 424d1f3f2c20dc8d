import type { RunRow } from '@shared/contract/records'
import { isActive, nextStatus } from '@shared/run/lifecycle'
import type { Change } from '../services/changes'

export const CHANGES: readonly Change[] = ['pause', 'resume', 'cancel']

/** Which of `runs` a change applies to, by the lifecycle, foreign ones aside; a change that applies to none is not offered. */
export function changeable(runs: readonly RunRow[], change: Change): RunRow[] {
  return runs.filter((row) => !row.foreign && nextStatus(row.status, change) !== undefined)
}

/** Runs that train or wait must be cancelled before they can go. */
export function removable(runs: readonly RunRow[]): RunRow[] {
  return runs.filter((row) => !isActive(row.status))
}
