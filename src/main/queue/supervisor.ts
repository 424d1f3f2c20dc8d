import { unregistered } from '@shared/algorithms/agents'
import type { LiveBatch } from '@shared/contract/records'
import type { Priority } from '@shared/run/marks'
import type { RunSpec } from '@shared/run/spec'
import { isActive, nextStatus, type RunStatus } from '@shared/run/lifecycle'
import { totalStepsOf } from '@shared/run/steps'
import { DiskFullError, type NewExperiment, ReadOnlyStoreError, type RunSource, type RunState, StoreError, type Store } from '../store'
import type { StartedProgram } from '../agents/started'
import type { Log } from '../log'
import type { SpawnWorker } from '../processes/protocol'
import { RunQueue } from './queue'
import type { RecorderPace } from './recorder'
import { type ChangeResult, checkRequest, type Request } from './supervisor-changes'
import { Dispatch } from './supervisor-dispatch'
import { Listeners, type SupervisorListener } from './supervisor-listeners'
import { moveInQueue, prioritise, queueAgain, startOrder } from './supervisor-queue'
import { PATIENCE, type Patience } from './supervisor-slots'

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
  /** The program of a name, as runs are started with it. Throws, by default of every name, where none can be started. */
  program?(name: string): StartedProgram
}

function noProgram(name: string): never {
  throw new RangeError(unregistered(name))
}

export const PACE: RecorderPace = { coalesceMs: 100, retryMs: 2000 }

/**
 * Takes what is asked of runs: to queue, hold back, resume, cancel, move them. Waiting runs of one shape go to a worker
 * together and train side by side, to the bits they come to alone. Whatever happens to a worker happens to its runs alone.
 * Every change is in the database before anyone is told of it.
 */
export class Supervisor {
  readonly parallel: number
  readonly #store: Store
  readonly #now: () => number
  readonly #queue = new RunQueue()
  readonly #listeners: Listeners
  readonly #dispatch: Dispatch
  #closed: Promise<void> | undefined

  constructor({ store, spawnWorker, parallel, now = Date.now, patience, pace, log, program = noProgram }: SupervisorOptions) {
    if (store.readOnly !== undefined) throw new ReadOnlyStoreError(store.readOnly)
    this.parallel = parallel
    this.#store = store
    this.#now = now
    this.#listeners = new Listeners(store)
    this.#dispatch = new Dispatch({
      store,
      queue: this.#queue,
      listeners: this.#listeners,
      spawnWorker,
      parallel,
      now,
      patience: { ...PATIENCE, ...patience },
      pace: { ...PACE, ...pace },
      log,
      program
    })
  }

  /** Queues the runs of an experiment, in order, with the versions each comes from. Throws DiskFullError; then nothing is queued. */
  enqueue(
    specs: readonly RunSpec[],
    experiment: NewExperiment,
    sources: readonly (readonly RunSource[])[] = []
  ): { experimentId: number; runs: string[] } {
    if (this.#dispatch.isClosing) throw new StoreError('The program is closing; nothing can be queued.')
    const runs = specs.map((spec, i) => ({ spec, totalLearnSteps: totalStepsOf(spec), sources: sources[i] }))
    const added = this.#store.addExperiment(experiment, runs, this.#now())
    added.runs.forEach((run, i) => this.#dispatch.note(run, specs[i]))
    this.#queue.push(startOrder(added.runs.map((id, i) => ({ id, parameters: specs[i].parameters, experimentId: added.experimentId }))))
    this.#listeners.moved(added.runs)
    this.#dispatch.pump()
    return added
  }

  /** Holds queued runs back and stops running ones at their next learn step, a checkpoint made. */
  pause(ids: readonly string[]): ChangeResult {
    return this.#request('pause', ids, (state) => this.#stop(state, 'pause'))
  }

  /**
   * Queues runs again, before those that wait, to resume from their last checkpoint or, without one, from scratch. `approximate`: also
   * from a checkpoint that another machine has made, which fails otherwise.
   */
  resume(ids: readonly string[], approximate = false): ChangeResult {
    const again: string[] = []
    const resumed = ({ id, status }: RunState): (() => void) | undefined => {
      // Shown as paused because the disk is full: it goes on as soon as it can.
      if (status === 'running') return undefined
      this.#move(id, 'queued', 'Queued again.')
      return () => {
        this.#dispatch.letApproximate(id, approximate)
        again.push(id)
      }
    }
    return this.#request('resume', ids, resumed, () => queueAgain(this.#store, this.#queue, again))
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
    return { ids: [...this.#dispatch.starting, ...this.#queue.ids], version: this.#queue.version }
  }

  /** Tells everyone of runs that others have changed: something was noted down about them, or they came back from the bin. */
  changed(ids: readonly string[]): void {
    this.#listeners.moved(ids)
  }

  /** Tells `listener` of everything that moves, at once and in order. Returns how to stop. */
  subscribe(listener: SupervisorListener): () => void {
    return this.#listeners.add(listener)
  }

  /** Runs that train and their workers, runs that wait, and learn steps per second of all that train. */
  counts(): LiveBatch['system'] {
    return this.#dispatch.counts()
  }

  /** Stops everything: running runs get a moment to reach a checkpoint, and read "interrupted". Never rejects. */
  close(): Promise<void> {
    this.#closed ??= this.#dispatch.close().then(() => this.#listeners.close())
    return this.#closed
  }

  /** Does all or nothing of a request. `act` writes; what it returns is done once that is kept, and then `last`. */
  #request(request: Request, ids: readonly string[], act: (state: RunState) => (() => void) | void, last?: () => void): ChangeResult {
    const checked = checkRequest(this.#store, request, ids, (state) => this.#shownStatus(state))
    if (!('states' in checked)) return checked
    const changed = checked.states.map(({ id }) => id)
    try {
      const effects = this.#store.write(() => checked.states.map(act))
      for (const effect of effects) effect?.()
      last?.()
    } catch (error) {
      if (!(error instanceof DiskFullError)) throw error
      return { refused: [`${error.message} Nothing can be changed until there is space.`] }
    }
    if (request === 'remove') this.#listeners.removed(changed)
    else this.#listeners.moved(changed)
    this.#dispatch.retry()
    this.#dispatch.pump()
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
    const ending = this.#dispatch.ending(id, wish)
    if (ending) return ending
    const next = nextStatus(status, wish)
    if (next !== undefined) this.#move(id, next, wish === 'pause' ? 'Held back.' : 'Cancelled.')
    return () => this.#dispatch.withdraw(id)
  }

  #move(id: string, status: RunStatus, text: string): void {
    const at = this.#now()
    this.#store.runs.update(id, { status, message: null, endedAt: status === 'cancelled' ? at : null })
    this.#store.log.add(id, { at, level: 'info', text })
  }
}
