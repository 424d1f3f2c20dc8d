import type { Computation } from '@shared/contract/system'
import type { Resolve } from '@shared/formats'
import { sharedCards } from '../agents/catalogue'
import { wantedKey } from '../computing/answer'
import { BadDocumentError } from '../computing/documents'
import { type Job, jobLoad, type Outcome, Performer, type ResultOf } from '../computing/jobs'
import { NotInspectableError } from '../computing/looking'
import type { SpawnWorker, WorkerHandle } from './protocol'

/** Work shorter than this, about, in milliseconds, is done where it is asked for. */
const SHORT_MS = 20

/** Processes that compute at the same time; more work waits. */
const MOST_PROCESSES = 3

/** A computing process with nothing to do is ended after this long. */
const IDLE_MS = 60_000

/** At most four lists a second reach a page. */
const INTERVAL_MS = 250

/** Why there is no result, as a sentence. */
export class ComputationError extends Error {
  override name = 'ComputationError'
}

export interface JobOptions {
  title: string
  /** What names in documents stand for. */
  resolve: Resolve
  /** Aborted where nobody waits for the result any more. */
  signal?: AbortSignal
}

/** A job under way or waiting. */
interface Pending extends Computation {
  job: Job
  names: Map<string, unknown>
  process?: ComputingProcess
  settle(outcome: Outcome | undefined, reason: string): void
}

interface ComputingProcess {
  handle: WorkerHandle
  ready: Promise<void>
  pending?: Pending
  /** The run it looked into last: it has that at hand. */
  looked?: string
  count: number
  /** What its count was and will be, where that is known. */
  expected?: { from: number; counts: number }
  idle?: NodeJS.Timeout
}

/**
 * Computes what takes long in processes of its own, so that neither pages nor training wait for it; what is short is done at once.
 * Whatever is asked for can be cancelled.
 */
export class Computations {
  readonly #spawnWorker: SpawnWorker
  readonly #performer = new Performer()
  readonly #processes = new Set<ComputingProcess>()
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Set<() => void>()
  #last = 0
  #closed = false

  constructor(spawnWorker: SpawnWorker) {
    this.#spawnWorker = spawnWorker
  }

  /** Rejects with BadDocumentError, NotInspectableError, and with ComputationError where it was cancelled or its process ended. */
  async do<J extends Job>(job: J, options: JobOptions): Promise<ResultOf<J>> {
    const { resolve } = options
    const isAtHand = 'run' in job && this.#performer.hasAtHand(job.run)
    if (isAtHand || jobLoad(job, resolve).milliseconds < SHORT_MS) return this.#performer.perform(job, { resolve })
    const names = new Map<string, unknown>()
    for (;;) {
      const outcome = await this.#ask(job, names, options)
      if (outcome.ok) return outcome.result as ResultOf<J>
      if ('faults' in outcome) throw new BadDocumentError(outcome.faults)
      if ('refused' in outcome) throw new NotInspectableError(outcome.refused)
      if ('failed' in outcome) throw new ComputationError(outcome.failed)
      for (const { part, kind } of outcome.wanted) names.set(wantedKey(part, kind), resolve(part, kind))
    }
  }

  /** What goes on, oldest first. */
  list(): Computation[] {
    return [...this.#pending.values()].map(({ id, title, since, process }) => {
      const { expected, count } = process ?? { count: 0 }
      const share = expected && expected.counts > 0 ? Math.min(0.99, Math.max(0, (count - expected.from) / expected.counts)) : undefined
      return { id, title, since, ...(share !== undefined && { share }) }
    })
  }

  /** The list, at once and whenever it may have changed, at most four times a second. Ends when `signal` is aborted. */
  async *listen(signal?: AbortSignal): AsyncGenerator<Computation[], void, void> {
    let hasChanged = true
    let wake = (): void => {}
    const listener = (): void => {
      hasChanged = true
      wake()
    }
    this.#listeners.add(listener)
    signal?.addEventListener('abort', listener)
    try {
      while (!signal?.aborted) {
        if (hasChanged) {
          hasChanged = false
          yield this.list()
          await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS))
        } else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    } finally {
      this.#listeners.delete(listener)
      signal?.removeEventListener('abort', listener)
    }
  }

  /** Ends a computation; those who wait are told. False where there is none of that id. */
  cancel(id: number): boolean {
    const pending = this.#pending.get(id)
    if (!pending) return false
    this.#give(pending, undefined, `${pending.title}: the computation was cancelled.`)
    return true
  }

  close(): void {
    this.#closed = true
    for (const { id } of [...this.#pending.values()]) this.cancel(id)
    for (const process of [...this.#processes]) this.#end(process)
  }

  #ask(job: Job, names: Map<string, unknown>, { title, signal }: JobOptions): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const id = ++this.#last
      const leave = () => void this.cancel(id)
      const settle: Pending['settle'] = (outcome, reason) => {
        signal?.removeEventListener('abort', leave)
        if (outcome) resolve(outcome)
        else reject(new ComputationError(reason))
      }
      if (this.#closed || signal?.aborted) return settle(undefined, `${title}: the computation was cancelled.`)
      signal?.addEventListener('abort', leave)
      this.#pending.set(id, { id, title, since: Date.now(), job, names, settle })
      this.#pump()
      this.#tell()
    })
  }

  /** Gives waiting jobs to processes that are free. */
  #pump(): void {
    for (const pending of this.#pending.values()) {
      if (pending.process) continue
      const process = this.#free(pending)
      if (!process) return
      const { id, job, names } = pending
      clearTimeout(process.idle)
      Object.assign(process, { pending, expected: undefined, looked: 'run' in job ? job.run : undefined })
      pending.process = process
      void process.ready.then(() => process.handle.post({ type: 'compute', id, job, names, programs: sharedCards() }))
    }
  }

  #free({ job }: Pending): ComputingProcess | undefined {
    const free = [...this.#processes].filter((process) => !process.pending)
    const fitting = 'run' in job ? free.find(({ looked }) => looked === job.run) : undefined
    return fitting ?? free[0] ?? (this.#processes.size < MOST_PROCESSES ? this.#spawn() : undefined)
  }

  #spawn(): ComputingProcess {
    const handle = this.#spawnWorker()
    let isReady = (): void => {}
    const ready = new Promise<void>((resolve) => {
      isReady = resolve
    })
    const process: ComputingProcess = { handle, ready, count: 0 }
    this.#processes.add(process)
    handle.onBeat?.((count) => {
      process.count = count
      if (process.expected) this.#tell()
    })
    handle.onMessage((message) => {
      if (message.type === 'ready') isReady()
      if (!('id' in message) || process.pending?.id !== message.id) return
      if (message.type === 'computing') process.expected = { from: message.from, counts: message.counts }
      else if (message.type === 'computed') this.#give(process.pending, message.outcome, '')
    })
    handle.onExit((code, signal) => {
      this.#processes.delete(process)
      const { pending } = process
      const end = signal ? `was killed by ${signal}` : `ended with exit code ${code}`
      const words = handle.lastWords?.().trim()
      if (pending)
        this.#give(
          pending,
          undefined,
          `${pending.title}: the computing process ${end}; it may need more memory than there is. ${words ?? ''}`.trim()
        )
      this.#pump()
    })
    return process
  }

  /** Settles a job; without an outcome its process is ended, since it may be amid the work. */
  #give(pending: Pending, outcome: Outcome | undefined, reason: string): void {
    const { process } = pending
    this.#pending.delete(pending.id)
    if (process) {
      process.pending = undefined
      if (outcome) {
        process.idle = setTimeout(() => this.#end(process), IDLE_MS)
        process.idle.unref()
      } else this.#end(process)
    }
    pending.settle(outcome, reason)
    this.#pump()
    this.#tell()
  }

  #end(process: ComputingProcess): void {
    clearTimeout(process.idle)
    this.#processes.delete(process)
    process.handle.kill()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
