import type { FromWorker, RunMessage, SpawnWorker } from './protocol'
import { type Assignment, complaintOf, deathOf, type Patience, type Slot } from './supervisor-slots'

/** What the pool tells of its workers. */
export interface PoolEvents {
  /** A worker can begin. */
  ready(slot: Slot): void
  /** A message about the run its worker has begun. */
  said(slot: Slot, assignment: Assignment, message: RunMessage): void
  /** A worker is gone; `assignment` is what it had in hand. */
  lost(assignment: Assignment | undefined, reason: string): void
  /** Whether something a worker said still waits to be written: then it waits for us. */
  owes(run: string): boolean
}

const TICK_MS = 500
/** A tick this late means that the machine, or this process, slept: then no worker's silence means anything. */
const SLEPT_MS = 3500

/** The worker processes: made when needed, used run after run, ended when they die, hang or are told to. */
export class WorkerPool {
  readonly #spawnWorker: SpawnWorker
  readonly #patience: Patience
  readonly #now: () => number
  readonly #events: PoolEvents
  readonly #slots = new Set<Slot>()
  readonly #watch: NodeJS.Timeout
  #lastTick: number

  constructor(spawnWorker: SpawnWorker, patience: Patience, now: () => number, events: PoolEvents) {
    this.#spawnWorker = spawnWorker
    this.#patience = patience
    this.#now = now
    this.#events = events
    this.#lastTick = now()
    this.#watch = setInterval(() => this.#tick(), TICK_MS)
    this.#watch.unref()
  }

  /** Runs in hand, begun or not. */
  get assignments(): Assignment[] {
    return [...this.#slots].flatMap(({ assignment }) => assignment ?? [])
  }

  slotOf(run: string): Slot | undefined {
    return [...this.#slots].find((slot) => slot.assignment?.run === run)
  }

  /** Hands a run to an idle worker, or to a new one. Throws where none can be started. */
  assign(run: string): Slot {
    const idle = [...this.#slots].filter((slot) => !slot.assignment)
    const slot = idle.find(({ ready }) => ready) ?? idle[0] ?? this.#spawn()
    slot.assignment = { run, attempt: 0, heardAt: 0, wishedAt: 0, ended: false }
    return slot
  }

  /** Ends a worker and tells that it is lost, for `reason`. */
  lose(slot: Slot, reason: string): void {
    if (slot.gone) return
    const { assignment } = slot
    slot.gone = true
    slot.assignment = undefined
    this.#slots.delete(slot)
    slot.handle.kill()
    this.#events.lost(assignment, reason)
  }

  /** Ends every worker that has nothing in hand. */
  endIdle(): void {
    for (const slot of [...this.#slots]) if (!slot.assignment) this.lose(slot, '')
  }

  /** Ends every worker. */
  close(reason: string): void {
    clearInterval(this.#watch)
    for (const slot of [...this.#slots]) this.lose(slot, reason)
  }

  #spawn(): Slot {
    const handle = this.#spawnWorker()
    const slot: Slot = { handle, spawnedAt: this.#now(), ready: false, gone: false }
    this.#slots.add(slot)
    handle.onMessage((message) => this.#hear(slot, message))
    handle.onExit((code, signal) => this.lose(slot, deathOf(handle, code, signal)))
    return slot
  }

  #hear(slot: Slot, message: FromWorker): void {
    if (slot.gone) return
    if (message.type === 'ready') {
      slot.ready = true
      this.#events.ready(slot)
      return
    }
    const { assignment } = slot
    if (message.type === 'described' || message.type === 'played') return
    // What is said about another run or an older attempt is late.
    if (!assignment || assignment.ended || message.run !== assignment.run || message.attempt !== assignment.attempt) return
    assignment.heardAt = this.#now()
    this.#events.said(slot, assignment, message)
  }

  #tick(): void {
    const now = this.#now()
    const slept = now - this.#lastTick > SLEPT_MS
    this.#lastTick = now
    for (const slot of [...this.#slots]) {
      const { assignment } = slot
      if (slept) {
        slot.spawnedAt = now
        if (assignment) assignment.heardAt = assignment.wishedAt = now
        continue
      }
      const complaint = complaintOf(slot, now, assignment !== undefined && this.#events.owes(assignment.run), this.#patience)
      if (complaint !== undefined) this.lose(slot, complaint)
    }
  }
}
