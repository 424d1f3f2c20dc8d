import type { WorkerHandle } from './protocol'

/** How long the supervisor waits for what, in seconds. */
export interface Patience {
  /** For a new worker to be ready: it loads its tensor library first. */
  ready: number
  /** For a word from a worker that trains; it sends one at least once a second. */
  silence: number
  /** For a run to end that was asked to. */
  stop: number
  /** For all runs to reach a checkpoint when the program closes. */
  close: number
}

export const PATIENCE: Patience = { ready: 60, silence: 12, stop: 12, close: 5 }

/** A run in the hands of a worker. */
export interface Assignment {
  run: string
  /** 0 until it has begun: the worker was not ready before. */
  attempt: number
  /** What it was asked to end for, and when. */
  wish?: 'pause' | 'cancel'
  wishedAt: number
  /** Its end has come and is being written. */
  ended: boolean
}

/** A worker process and what it does. */
export interface Slot {
  handle: WorkerHandle
  spawnedAt: number
  ready: boolean
  /** It has ended, or was ended: whatever still comes from it is ignored. */
  gone: boolean
  /** Runs in its hands, trained side by side. */
  assignments: Assignment[]
  /** When it was last heard of any of them, in milliseconds. */
  heardAt: number
}

/** Why a worker must be ended now, as a sentence; undefined where it need not. `owed`: it waits for us, not we for it. */
export function complaintOf(slot: Slot, now: number, owed: boolean, patience: Patience): string | undefined {
  const overdue = (since: number, seconds: number) => now - since > seconds * 1000
  if (!slot.ready)
    return overdue(slot.spawnedAt, patience.ready) ? `The training process was not ready within ${patience.ready} s.` : undefined
  const living = slot.assignments.filter(({ attempt, ended }) => attempt > 0 && !ended)
  if (living.length === 0 || owed) return undefined
  if (overdue(slot.heardAt, patience.silence)) return `The training process did not respond for ${patience.silence} s and was ended.`
  if (living.some(({ wish, wishedAt }) => wish && overdue(wishedAt, patience.stop)))
    return `The training process did not stop within ${patience.stop} s and was ended.`
  return undefined
}

/** What a worker died of, as a sentence. */
export function deathOf(handle: WorkerHandle, code: number | null, signal: string | null): string {
  const words = handle.lastWords?.().trim()
  const end = signal !== null ? `was killed by ${signal}` : code !== null ? `ended with exit code ${code}` : 'could not be started'
  const hint = signal === 'SIGKILL' ? ' (ended from outside, or out of memory)' : ''
  return `The training process ${end}${hint}.${words ? ` Its last output: ${words}` : ''}`
}
