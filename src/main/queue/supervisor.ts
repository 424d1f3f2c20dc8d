import type { LiveBatch } from '@shared/contract/records'
import type { Priority } from '@shared/run/marks'
import type { RunSpec } from '@shared/run/spec'
import { isActive, nextStatus, type RunChange, type RunStatus } from '@shared/run/lifecycle'
import { DiskFullError, type NewExperiment, ReadOnlyStoreError, type RunSource, type RunState, StoreError, type Store } from '../store'
import type { Log } from '../log'
import type { RunMessage, SpawnWorker } from '../processes/protocol'
import { RunQueue } from './queue'
import { Recorder, type RecorderPace } from './recorder'
import { beginAttempts, type Entry } from './recorder-entries'
import { type ChangeResult, checkRequest, messageOf, type Request } from './supervisor-changes'
import { Listeners, type SupervisorEvent, type SupervisorListener } from './supervisor-listeners'
import { WorkerPool } from './supervisor-pool'
import { moveInQueue, prioritise } from './supervisor-queue'
import { type Assignment, meaningOf, PATIENCE, type Patience, type Slot } from './supervisor-slots'
import { Stacks } from './supervisor-stacks'

export interface SupervisorOptions {
  /** Open for writing; closed by its opener, after the supervisor. */
  store: Store
  spawnWorker: SpawnWorker
  /** Workers that train at the same time. */
  parallel: number
  /** Milliseconds since 1970. */
  now?: () => number
  patience?: Partial<Patience>
  pace?: Partial<RecorderPace>
  log?: Log
}

const PACE: RecorderPace = { coalesceMs: 100, retryMs: 2000 }
const LATER = 'The run continues from its last checkpoint when resumed.'

/**
 * Queues runs, hands them to worker processes and keeps what comes of them. Waiting runs of one shape go to a worker
 * together and train side by side, to the bits they come to alone. Whatever happens to a worker happens to its runs alone.
 * Every change is in the database before anyone is told of it.
 */
export class Supervisor {
  readonly parallel: number
  readonly #store: Store
  readonly #log: Log | undefined
  readonly #now: () => number
  readonly #patience: Patience
  readonly #recorder: Recorder
  readonly #pool: WorkerPool
  readonly #queue = new RunQueue()
  readonly #stacks: Stacks
  readonly #listeners: Listeners
  /** The latest learn steps per second of each running run. */
  readonly #speeds = new Map<string, number>()
  /** Runs that may resume from a checkpoint of another machine. */
  readonly #mayApproximate = new Set<string>()
  /** Runs shown as paused while the disk is full. */
  #held: Assignment[] = []
  #isClosing = false
  #closed: Promise<void> | undefined
  #onRelease = (): void => {}

  constructor({ store, spawnWorker, parallel, now = Date.now, patience, pace, log }: SupervisorOptions) {
    if (store.readOnly !== undefined) throw new ReadOnlyStoreError(store.readOnly)
    this.parallel = parallel
    this.#store = store
    this.#log = log
    this.#stacks = new Stacks(store)
    this.#listeners = new Listeners(store)
    this.#now = now
    this.#patience = { ...PATIENCE, ...patience }
    this.#recorder = new Recorder(
      store,
      {
        recorded: (entries) => this.#recorded(entries),
        rejected: (entry, error) => this.#rejected(entry, error),
        stuck: (error) => this.#stuck(error),
        freed: (stuckMs) => this.#freed(stuckMs)
      },
      { ...PACE, ...pace },
      now
    )
    this.#pool = new WorkerPool(spawnWorker, this.#patience, now, {
      ready: (slot) => {
        this.#begin(slot)
        this.#pump()
      },
      said: (slot, assignment, message) => this.#hear(slot, assignment, message),
      lost: (assignments, reason) => this.#lost(assignments, reason),
      owes: (run) => this.#recorder.owes(run)
    })
  }

  /** Queues the runs of an experiment, in order, with the versions each comes from. Throws DiskFullError; then nothing is queued. */
  enqueue(
    specs: readonly RunSpec[],
    experiment: NewExperiment,
    sources: readonly (readonly RunSource[])[] = []
  ): { experimentId: number; runs: string[] } {
    if (this.#isClosing) throw new StoreError('The program is closing; nothing can be queued.')
    const runs = specs.map((spec, i) => ({ spec, totalLearnSteps: Number(spec.parameters.learnSteps ?? 0), sources: sources[i] }))
    const added = this.#store.addExperiment(experiment, runs, this.#now())
    added.runs.forEach((run, i) => this.#stacks.note(run, specs[i]))
    this.#queue.push(added.runs)
    this.#listeners.moved(added.runs)
    this.#pump()
    return added
  }

  /** Holds queued runs back and stops running ones at their next learn step, a checkpoint made. */
  pause(ids: readonly string[]): ChangeResult {
    return this.#request('pause', ids, (state) => this.#stop(state, 'pause'))
  }

  /**
   * Queues runs again, to resume from their last checkpoint or, without one, from scratch. `approximate`: also from a checkpoint that
   * another machine has made, which fails otherwise.
   */
  resume(ids: readonly string[], approximate = false): ChangeResult {
    return this.#request('resume', ids, ({ id, status }) => {
      // Shown as paused because the disk is full: it goes on as soon as it can.
      if (status === 'running') return undefined
      this.#move(id, 'queued', 'Queued again.')
      return () => {
        if (approximate) this.#mayApproximate.add(id)
        else this.#mayApproximate.delete(id)
        this.#queue.push([id], this.#store.marks.get(id).priority)
      }
    })
  }

  cancel(ids: readonly string[]): ChangeResult {
    return this.#request('cancel', ids, (state) => this.#stop(state, 'cancel'))
  }

  /** Moves runs to the bin, as one entry of it, cancelling those that run or wait. */
  remove(ids: readonly string[]): ChangeResult {
    const deletedAt = this.#store.bin.moment(this.#now())
    return this.#request('remove', ids, (state) => {
      const effect = isActive(state.status) ? this.#stop(state, 'cancel') : undefined
      this.#store.runs.update(state.id, { deletedAt })
      return effect
    })
  }

  /** Moves a waiting run in front of another, or to the end of the queue. */
  move(id: string, before: string | undefined): ChangeResult {
    return this.#told(moveInQueue(this.#store, this.#queue, id, before))
  }

  prioritise(ids: readonly string[], priority: Priority): ChangeResult {
    return this.#told(prioritise(this.#store, this.#queue, ids, priority))
  }

  /** Runs that wait, in the order they will start; `version` grows whenever it changes. */
  queued(): { ids: string[]; version: number } {
    // Those whose worker is being started are first and stay so.
    const starting = this.#pool.assignments.filter(({ attempt }) => attempt === 0).map(({ run }) => run)
    return { ids: [...starting, ...this.#queue.ids], version: this.#queue.version }
  }

  /** Tells everyone of runs that others have changed: something was noted down about them, or they came back from the bin. */
  changed(ids: readonly string[]): void {
    this.#listeners.moved(ids)
  }

  /** Tells `listener` of everything that moves, at once and in order. Returns how to stop. */
  subscribe(listener: SupervisorListener): () => void {
    return this.#listeners.add(listener)
  }

  /** Runs that train, runs that wait, and learn steps per second of all that train. */
  counts(): LiveBatch['system'] {
    const { assignments } = this.#pool
    const begun = assignments.filter(({ attempt }) => attempt > 0)
    return {
      running: begun.length,
      queued: this.#queue.size + assignments.length - begun.length,
      learnStepsPerSecond: begun.reduce((sum, { run }) => sum + (this.#speeds.get(run) ?? 0), 0)
    }
  }

  /** Stops everything: running runs get a moment to reach a checkpoint, and read "interrupted". Never rejects. */
  close(): Promise<void> {
    this.#isClosing = true
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const note = 'The program was closed.'
    for (const run of this.#queue.clear()) this.#settle(run, 'interrupt', note)
    for (const { run, attempt, wish } of this.#pool.assignments) {
      if (attempt === 0) {
        this.#pool.release(run)
        this.#settle(run, 'interrupt', note)
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
    this.#pool.close(`${note} ${LATER}`)
    this.#recorder.close()
    this.#listeners.close()
  }

  /** Does all or nothing of a request. `act` writes; what it returns is done once that is kept. */
  #request(request: Request, ids: readonly string[], act: (state: RunState) => (() => void) | void): ChangeResult {
    const checked = checkRequest(this.#store, request, ids, (state) => this.#shownStatus(state))
    if (!('states' in checked)) return checked
    const changed = checked.states.map(({ id }) => id)
    try {
      const effects = this.#store.write(() => checked.states.map(act))
      for (const effect of effects) effect?.()
    } catch (error) {
      if (!(error instanceof DiskFullError)) throw error
      return { refused: [`${error.message} Nothing can be changed until there is space.`] }
    }
    if (request === 'remove') this.#listeners.removed(changed)
    else this.#listeners.moved(changed)
    if (this.#recorder.isStuck) this.#recorder.flush()
    this.#pump()
    return { changed }
  }

  #told(result: ChangeResult): ChangeResult {
    if ('changed' in result) this.#listeners.moved(result.changed)
    return result
  }

  #shownStatus({ id, status }: RunState): RunStatus {
    return this.#store.runs.row(id)?.status ?? status
  }

  /** Asks the worker that has begun a run to end it; every other run ends here and now. */
  #stop({ id, status }: RunState, wish: 'pause' | 'cancel'): () => void {
    const { slot, assignment } = this.#pool.find(id) ?? {}
    if (slot && assignment && assignment.attempt > 0) {
      return () => {
        assignment.wish = wish
        assignment.wishedAt = this.#now()
        slot.handle.post({ type: wish, run: id })
      }
    }
    const next = nextStatus(status, wish)
    if (next !== undefined) this.#move(id, next, wish === 'pause' ? 'Held back.' : 'Cancelled.')
    return () => {
      this.#pool.release(id)
      this.#queue.delete([id])
      this.#stacks.forget([id])
    }
  }

  #move(id: string, status: RunStatus, text: string): void {
    const at = this.#now()
    this.#store.runs.update(id, { status, message: null, endedAt: status === 'cancelled' ? at : null })
    this.#store.log.add(id, { at, level: 'info', text })
  }

  /** Gives waiting runs to workers while there is room: the first, and with it those that can train beside it. */
  #pump(): void {
    const { busy } = this.#pool
    while (!this.#isClosing && !this.#recorder.isStuck && this.#pool.busy < this.parallel) {
      const head = this.#queue.shift()
      if (head === undefined) return
      const workers = { free: this.parallel - this.#pool.busy, busy }
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

  #begin(slot: Slot): void {
    const { begun, refused, waiting, full } = beginAttempts(
      this.#store,
      slot.assignments.map(({ run }) => run),
      this.#now(),
      this.#mayApproximate
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
    this.#pump()
  }

  #settle(run: string, change: RunChange, message: string, attempt = this.#attemptOf(run)): void {
    const level = change === 'fail' ? 'error' : change === 'interrupt' ? 'warning' : 'info'
    if (change === 'fail') this.#log?.error(`Run ${run} failed: ${message}`)
    this.#recorder.take({ type: 'settle', run, attempt, change, message, level })
  }

  #attemptOf(run: string): number {
    try {
      return this.#store.runs.state(run)?.attempt ?? 0
    } catch {
      // A damaged record is shown as such; the recorder will not write to it.
      return 0
    }
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
    this.#pump()
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
    this.#pump()
  }
}
