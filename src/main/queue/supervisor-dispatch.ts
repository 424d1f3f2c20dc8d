import type { LiveBatch } from '@shared/contract/records'
import type { RunSpec } from '@shared/run/spec'
import type { RunChange } from '@shared/run/lifecycle'
import type { Log } from '../log'
import type { DiskFullError, Store } from '../store'
import type { RunMessage, SpawnWorker } from '../processes/protocol'
import type { RunQueue } from './queue'
import { Recorder, type RecorderPace } from './recorder'
import { attemptOf, beginAttempts, type Entry } from './recorder-entries'
import { messageOf } from './supervisor-changes'
import type { StartedProgram } from '../agents/started'
import type { Listeners, SupervisorEvent } from './supervisor-listeners'
import { WorkerPool } from './supervisor-pool'
import { type Assignment, meaningOf, type Patience, type Slot } from './supervisor-slots'
import { Stacks } from './supervisor-stacks'

export interface DispatchOptions {
  store: Store
  /** Runs that wait, shared with what queues them. */
  queue: RunQueue
  listeners: Listeners
  spawnWorker: SpawnWorker
  /** Workers that train at the same time. */
  parallel: number
  /** Milliseconds since 1970. */
  now: () => number
  patience: Patience
  pace: RecorderPace
  log: Log | undefined
  /** The program of a name, as runs are started with it. Throws where none of that name can be started. */
  program(name: string): StartedProgram
}

const CLOSED = 'The program was closed.'
const LATER = 'The run continues from its last checkpoint when resumed.'

/** Hands waiting runs to workers, in groups that can train side by side, and settles each by what becomes of its worker. */
export class Dispatch {
  readonly #store: Store
  readonly #queue: RunQueue
  readonly #listeners: Listeners
  readonly #parallel: number
  readonly #now: () => number
  readonly #patience: Patience
  readonly #log: Log | undefined
  readonly #program: DispatchOptions['program']
  readonly #recorder: Recorder
  readonly #pool: WorkerPool
  readonly #stacks: Stacks
  /** The latest learn steps per second of each running run. */
  readonly #speeds = new Map<string, number>()
  /** Runs that may resume from a checkpoint of another machine. */
  readonly #mayApproximate = new Set<string>()
  /** Runs shown as paused while the disk is full. */
  #held: Assignment[] = []
  #isClosing = false
  #onRelease = (): void => {}

  constructor({ store, queue, listeners, spawnWorker, parallel, now, patience, pace, log, program }: DispatchOptions) {
    this.#store = store
    this.#queue = queue
    this.#listeners = listeners
    this.#parallel = parallel
    this.#now = now
    this.#patience = patience
    this.#log = log
    this.#program = program
    this.#stacks = new Stacks(store)
    this.#recorder = new Recorder(
      store,
      {
        recorded: (entries) => this.#recorded(entries),
        rejected: (entry, error) => this.#rejected(entry, error),
        stuck: (error) => this.#stuck(error),
        freed: (stuckMs) => this.#freed(stuckMs)
      },
      pace,
      now
    )
    this.#pool = new WorkerPool(spawnWorker, patience, now, {
      ready: (slot) => {
        this.#begin(slot)
        this.pump()
      },
      said: (slot, assignment, message) => this.#hear(slot, assignment, message),
      lost: (assignments, reason) => this.#lost(assignments, reason),
      owes: (run) => this.#recorder.owes(run)
    })
  }

  /** Whether nothing new is begun any more. */
  get isClosing(): boolean {
    return this.#isClosing
  }

  /** Runs whose worker is still being started. */
  get starting(): string[] {
    return this.#pool.assignments.filter(({ attempt }) => attempt === 0).map(({ run }) => run)
  }

  /** Runs that train and their workers, runs that wait, and learn steps per second of all that train. */
  counts(): LiveBatch['system'] {
    const { assignments, training } = this.#pool
    const begun = assignments.filter(({ attempt }) => attempt > 0)
    return {
      running: begun.length,
      workers: training,
      queued: this.#queue.size + assignments.length - begun.length,
      learnStepsPerSecond: begun.reduce((sum, { run }) => sum + (this.#speeds.get(run) ?? 0), 0)
    }
  }

  /** Notes a run down that starts from scratch, to spare reading its record. */
  note(run: string, spec: RunSpec): void {
    this.#stacks.note(run, spec)
  }

  /** Lets a run resume from a checkpoint of another machine, or no longer. */
  letApproximate(run: string, may: boolean): void {
    if (may) this.#mayApproximate.add(run)
    else this.#mayApproximate.delete(run)
  }

  /** How to ask the worker that has begun a run to end it; undefined where none has. */
  ending(run: string, wish: 'pause' | 'cancel'): (() => void) | undefined {
    const { slot, assignment } = this.#pool.find(run) ?? {}
    if (!slot || !assignment || assignment.attempt === 0) return undefined
    return () => {
      assignment.wish = wish
      assignment.wishedAt = this.#now()
      slot.handle.post({ type: wish, run })
    }
  }

  /** Takes a run out that has not begun. */
  withdraw(run: string): void {
    this.#pool.release(run)
    this.#queue.delete([run])
    this.#stacks.forget([run])
  }

  /** Tries a full disk again at once. */
  retry(): void {
    if (this.#recorder.isStuck) this.#recorder.flush()
  }

  /** Gives waiting runs to workers while there is room: the first, and with it those that can train beside it. */
  pump(): void {
    const { busy } = this.#pool
    while (!this.#isClosing && !this.#recorder.isStuck && this.#pool.busy < this.#parallel) {
      const head = this.#queue.shift()
      if (head === undefined) return
      const workers = { free: this.#parallel - this.#pool.busy, busy }
      const group = this.#stacks.group(head, this.#queue.ids, workers)
      this.#queue.delete(group)
      try {
        const slot = this.#pool.assign(group)
        if (slot.ready) this.#begin(slot)
      } catch (error) {
        for (const run of group) this.#settle(run, 'fail', `No training process could be started: ${messageOf(error)}`)
      }
    }
  }

  /** Ends everything: running runs get a moment to reach a checkpoint. Never rejects. */
  async close(): Promise<void> {
    this.#isClosing = true
    for (const run of this.#queue.clear()) this.#settle(run, 'interrupt', CLOSED)
    for (const { run, attempt, wish } of this.#pool.assignments) {
      if (attempt === 0) {
        this.#pool.release(run)
        this.#settle(run, 'interrupt', CLOSED)
      } else if (!wish) this.#pool.find(run)?.slot.handle.post({ type: 'pause', run })
    }
    this.#pool.endIdle()
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(resolve, this.#patience.close * 1000)
      this.#onRelease = () => {
        if (this.#pool.assignments.length > 0) return
        clearTimeout(deadline)
        resolve()
      }
      this.#onRelease()
    })
    this.#pool.close(`${CLOSED} ${LATER}`)
    this.#recorder.close()
  }

  #begin(slot: Slot): void {
    const { begun, refused, waiting, full } = beginAttempts(
      this.#store,
      slot.assignments.map(({ run }) => run),
      this.#now(),
      this.#mayApproximate,
      this.#program
    )
    for (const assignment of slot.assignments) {
      assignment.attempt = begun.find(({ run }) => run === assignment.run)?.attempt ?? 0
    }
    this.#stacks.forget(begun.map(({ run }) => run))
    for (const { run } of begun) this.#mayApproximate.delete(run)
    for (const run of [...refused.keys(), ...waiting]) this.#pool.release(run)
    for (const [run, error] of refused) this.#settle(run, 'fail', messageOf(error))
    for (const run of waiting.reverse()) this.#queue.putBack(run)
    if (begun.length > 0) {
      slot.heardAt = this.#now()
      slot.handle.post({ type: 'start', runs: begun })
      this.#listeners.moved(begun.map(({ run }) => run))
    }
    if (full) this.#recorder.stall(full)
  }

  #hear(slot: Slot, assignment: Assignment, message: RunMessage): void {
    if (message.type === 'fail') this.#failed(slot, assignment, message.message)
    else if (message.type === 'end') {
      assignment.ended = true
      this.#recorder.take({ ...message, change: meaningOf(message, assignment, this.#isClosing) })
    } else this.#recorder.take(message)
  }

  /** A run cannot continue. Its worker is trusted no further, unless others still train there. */
  #failed(slot: Slot, assignment: Assignment, reason: string): void {
    const { run, attempt } = assignment
    if (slot.assignments.every((each) => each.ended || each === assignment)) {
      assignment.ended = false
      this.#pool.lose(slot, reason)
      return
    }
    assignment.ended = true
    slot.handle.post({ type: 'cancel', run })
    this.#settle(run, 'fail', reason, attempt)
  }

  /** A worker is gone: its runs are settled, and the queue continues with another worker. */
  #lost(assignments: readonly Assignment[], reason: string): void {
    for (const { run, attempt, wish, ended } of assignments) {
      if (ended) continue
      if (wish) this.#settle(run, wish, wish === 'pause' ? `${reason} ${LATER}` : reason, attempt)
      // Its worker never came up: nothing has begun.
      else this.#settle(run, this.#isClosing ? 'interrupt' : 'fail', reason, attempt || undefined)
    }
    this.#onRelease()
    this.pump()
  }

  #settle(run: string, change: RunChange, message: string, attempt = attemptOf(this.#store, run)): void {
    const level = change === 'fail' ? 'error' : change === 'interrupt' ? 'warning' : 'info'
    if (change === 'fail') this.#log?.error(`Run ${run} failed: ${message}`)
    this.#recorder.take({ type: 'settle', run, attempt, change, message, level })
  }

  #recorded(entries: Entry[]): void {
    const points: SupervisorEvent['points'] = []
    for (const entry of entries) {
      const { slot, assignment } = this.#pool.find(entry.run) ?? {}
      if (entry.type === 'batch') {
        const { run, attempt, sequence } = entry
        slot?.handle.post({ type: 'acknowledge', run, attempt, sequence })
        // It may have waited for this word; its silence counts from now.
        if (slot) slot.heardAt = this.#now()
        if (entry.points.length > 0) points.push({ run, points: entry.points })
        const speed = entry.points.findLast(({ metric }) => metric === 'speed')?.values.at(-1)
        if (speed !== undefined) this.#speeds.set(run, speed)
      } else if (entry.type === 'end' || entry.type === 'settle') {
        this.#speeds.delete(entry.run)
        if (assignment?.ended) this.#pool.release(entry.run)
        this.#onRelease()
      }
    }
    this.#listeners.moved([...new Set(entries.map(({ run }) => run))], points)
    this.pump()
  }

  #rejected(entry: Entry, error: unknown): void {
    const { slot, assignment } = this.#pool.find(entry.run) ?? {}
    const reason = `What the run reported could not be kept: ${messageOf(error)}`
    if (slot && assignment) this.#failed(slot, assignment, reason)
    else if (entry.type !== 'settle') this.#settle(entry.run, 'fail', reason, entry.attempt)
  }

  #stuck(error: DiskFullError): void {
    this.#held = this.#pool.assignments.filter(({ attempt }) => attempt > 0)
    const message = `${error.message} The run waits and resumes by itself when there is space.`
    for (const { run } of this.#held) this.#store.runs.show(run, { status: 'paused', message })
    this.#listeners.moved(this.#held.map(({ run }) => run))
  }

  #freed(stuckMs: number): void {
    const held = this.#held
    this.#held = []
    // No worker could respond while everything waited for the disk.
    for (const assignment of this.#pool.assignments) assignment.wishedAt = this.#now()
    for (const { run, attempt } of held) {
      this.#store.runs.show(run, undefined)
      this.#recorder.take({ type: 'note', run, attempt, text: `The disk was full for ${Math.round(stuckMs / 1000)} s.` })
    }
    this.#listeners.moved(held.map(({ run }) => run))
    this.pump()
  }
}
