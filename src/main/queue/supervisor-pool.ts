import { killGroup } from '../agents/group'
import type { FromWorker, RunMessage, SpawnWorker } from '../processes/protocol'
import { type Assignment, complaintOf, deathOf, type Patience, type Slot } from './supervisor-slots'

/** What the pool tells of its workers. */
export interface PoolEvents {
  /** A worker can begin. */
  ready(slot: Slot): void
  /** A message about a run its worker has begun. */
  said(slot: Slot, assignment: Assignment, message: RunMessage): void
  /** A worker is gone; `assignments` are what it had in hand. */
  lost(assignments: readonly Assignment[], reason: string): void
  /** Whether something a worker said still waits to be written: then it waits for us. */
  owes(run: string): boolean
}

const TICK_MS = 500
/** A tick this late means that the machine, or this process, slept: then no worker's silence means anything. */
const SLEPT_MS = 3500

const isOfRun = (message: FromWorker): message is RunMessage => 'run' in message && message.type !== 'program'

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
    return [...this.#slots].flatMap(({ assignments }) => assignments)
  }

  /** Workers with something in hand. */
  get busy(): number {
    return [...this.#slots].filter(({ assignments }) => assignments.length > 0).length
  }

  /** Workers that have begun a run. */
  get training(): number {
    return [...this.#slots].filter(({ assignments }) => assignments.some(({ attempt }) => attempt > 0)).length
  }

  /** Who has a run in hand. */
  find(run: string): { slot: Slot; assignment: Assignment } | undefined {
    for (const slot of this.#slots) {
      const assignment = slot.assignments.find((each) => each.run === run)
      if (assignment) return { slot, assignment }
    }
  }

  /** Hands runs to an idle worker, or to a new one. Throws where none can be started. */
  assign(runs: readonly string[]): Slot {
    const idle = [...this.#slots].filter(({ assignments }) => assignments.length === 0)
    const slot = idle.find(({ ready }) => ready) ?? idle[0] ?? this.#spawn()
    slot.assignments = runs.map((run) => ({ run, attempt: 0, wishedAt: 0, ended: false }))
    return slot
  }

  /** Takes a run out of its worker's hands. */
  release(run: string): void {
    const slot = this.find(run)?.slot
    if (slot) slot.assignments = slot.assignments.filter((assignment) => assignment.run !== run)
  }

  /** Ends a worker and tells that it is lost, for `reason`. */
  lose(slot: Slot, reason: string): void {
    if (slot.gone) return
    const { assignments } = slot
    slot.gone = true
    slot.assignments = []
    this.#slots.delete(slot)
    slot.handle.kill()
    // A worker that is killed cannot end what it has started.
    for (const pid of slot.programs) killGroup(pid)
    this.#events.lost(assignments, reason)
  }

  /** Ends every worker that has nothing in hand. */
  endIdle(): void {
    for (const slot of [...this.#slots]) if (slot.assignments.length === 0) this.lose(slot, '')
  }

  /** Ends every worker. */
  close(reason: string): void {
    clearInterval(this.#watch)
    for (const slot of [...this.#slots]) this.lose(slot, reason)
  }

  #spawn(): Slot {
    const handle = this.#spawnWorker()
    const slot: Slot = {
      handle,
      spawnedAt: this.#now(),
      ready: false,
      gone: false,
      assignments: [],
      programs: new Set(),
      heardAt: 0,
      beatAt: 0,
      count: 0
    }
    this.#slots.add(slot)
    handle.onMessage((message) => this.#hear(slot, message))
    handle.onBeat?.((count) => this.#beat(slot, count))
    handle.onExit((code, signal) => this.lose(slot, deathOf(handle, code, signal)))
    return slot
  }

  /** A sign of life. A worker whose count has changed gets on, however long it is silent. */
  #beat(slot: Slot, count: number): void {
    const now = this.#now()
    const hasGotOn = count !== slot.count
    // Silent since its last sign: it is amid something and could not hear what it was asked. A pause waits for it, so that nothing is lost.
    if (hasGotOn && slot.heardAt <= slot.beatAt)
      for (const assignment of slot.assignments) if (assignment.wish === 'pause') assignment.wishedAt = now
    slot.count = count
    slot.beatAt = now
    if (hasGotOn) slot.heardAt = now
  }

  #hear(slot: Slot, message: FromWorker): void {
    if (message.type === 'program') {
      this.#noteProgram(slot, message)
      return
    }
    if (slot.gone) return
    if (message.type === 'ready') {
      slot.ready = true
      this.#events.ready(slot)
      return
    }
    if (!isOfRun(message)) return
    const assignment = slot.assignments.find(({ run }) => run === message.run)
    // What is said about another run or an older attempt is late.
    if (!assignment || assignment.ended || message.attempt !== assignment.attempt) return
    slot.heardAt = this.#now()
    this.#events.said(slot, assignment, message)
  }

  /** Keeps account of the programs a worker has started; what comes of one that is gone already is ended at once. */
  #noteProgram(slot: Slot, { pid, isLiving }: Extract<FromWorker, { type: 'program' }>): void {
    if (!isLiving) slot.programs.delete(pid)
    else if (slot.gone) killGroup(pid)
    else slot.programs.add(pid)
  }

  #tick(): void {
    const now = this.#now()
    const slept = now - this.#lastTick > SLEPT_MS
    this.#lastTick = now
    for (const slot of [...this.#slots]) {
      const { assignments } = slot
      if (slept) {
        slot.spawnedAt = slot.heardAt = slot.beatAt = now
        for (const assignment of assignments) assignment.wishedAt = now
        continue
      }
      const owed = assignments.some(({ run }) => this.#events.owes(run))
      const complaint = complaintOf(slot, now, owed, this.#patience)
      if (complaint !== undefined) this.lose(slot, complaint)
    }
  }
}
