import type { RunChange } from '@shared/run/lifecycle'
import type { RunEnd, WorkerHandle } from '../processes/protocol'

/** How long the supervisor waits for what, in seconds. */
export interface Patience {
  /** For a new worker to be ready: it loads its tensor library first. */
  ready: number
  /** For a sign of life from a worker that trains; it gives one about once a second. */
  silence: number
  /** For its work to get on while it lives. A single tensor operation of the largest networks takes tens of seconds. */
  stuck: number
  /** For a run to end that was asked to. */
  stop: number
  /** For all runs to reach a checkpoint when the program closes. */
  close: number
}

export const PATIENCE: Patience = { ready: 60, silence: 12, stuck: 120, stop: 12, close: 5 }

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
  /** Process ids of programs that it has started for them. */
  programs: Set<number>
  /** When it was last heard that any of them gets on, by a message or by its count, in milliseconds. */
  heardAt: number
  /** When it last gave a sign of life, and what its work had come to. */
  beatAt: number
  count: number
}

/** Why a worker must be ended now, as a sentence; undefined where it need not. `owed`: it waits for us, not we for it. */
export function complaintOf(slot: Slot, now: number, owed: boolean, patience: Patience): string | undefined {
  const overdue = (since: number, seconds: number) => now - since > seconds * 1000
  if (!slot.ready)
    return overdue(slot.spawnedAt, patience.ready) ? `The training process was not ready within ${patience.ready} s.` : undefined
  const living = slot.assignments.filter(({ attempt, ended }) => attempt > 0 && !ended)
  if (living.length === 0 || owed) return undefined
  if (overdue(Math.max(slot.heardAt, slot.beatAt), patience.silence))
    return `The training process did not respond for ${patience.silence} s and was ended.`
  if (overdue(slot.heardAt, patience.stuck)) return `The training process made no progress for ${patience.stuck} s and was ended.`
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

/** What the end of a run means for its status. */
export function meaningOf({ outcome }: RunEnd, { wish }: Assignment, isClosing: boolean): RunChange {
  if (outcome === 'completed') return 'complete'
  if (outcome === 'diverged') return 'diverge'
  if (outcome === 'cancelled') return 'cancel'
  // Asked to stop because the program closes, not because someone wants it paused.
  return isClosing && wish !== 'pause' ? 'interrupt' : 'pause'
}
