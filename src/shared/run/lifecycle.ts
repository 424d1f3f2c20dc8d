/** The states of a run. Pure: the supervisor acts, this says what may follow what. */
export const RUN_STATUSES = ['queued', 'running', 'paused', 'interrupted', 'completed', 'failed', 'cancelled', 'diverged'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** What can be asked of a run, and what happens to it. */
export type RunChange = 'start' | 'pause' | 'resume' | 'cancel' | 'complete' | 'diverge' | 'fail' | 'interrupt'

const NEXT: Record<RunStatus, Partial<Record<RunChange, RunStatus>>> = {
  // A queued run can be paused (held back) and can fail before its worker is up.
  queued: { start: 'running', pause: 'paused', cancel: 'cancelled', interrupt: 'interrupted', fail: 'failed' },
  running: { pause: 'paused', cancel: 'cancelled', complete: 'completed', diverge: 'diverged', fail: 'failed', interrupt: 'interrupted' },
  // Resuming puts a run back in the queue; it continues from its last checkpoint.
  paused: { resume: 'queued', cancel: 'cancelled', interrupt: 'paused' },
  interrupted: { resume: 'queued', cancel: 'cancelled' },
  failed: { resume: 'queued' },
  cancelled: { resume: 'queued' },
  completed: {},
  diverged: {}
}

/** The status after `change`; undefined where that change makes no sense. */
export function nextStatus(status: RunStatus, change: RunChange): RunStatus | undefined {
  return NEXT[status][change]
}

export function isActive(status: RunStatus): boolean {
  return status === 'queued' || status === 'running'
}
