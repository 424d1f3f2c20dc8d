import { ORPCError } from '@orpc/client'
import { computed, type Ref, shallowRef } from 'vue'
import { reasonOf } from './faults'
import { addUnsaved } from './unsaved'

/** Edits are kept this long after the last one, and no later than so long after the first that is not kept. */
const KEEP_MS = 250
const LONGEST_MS = 1000
const RETRY_MS = 1000

/** What the program keeps of one thing that is edited. */
export interface KeptNow {
  /** Of the unsaved edits; undefined: there are none. */
  revision?: number
  editedAt?: number
  /** Tells what the edits are on: another stamp, another version or name. */
  stamp: string
  /** The unsaved edits themselves. */
  edits?: unknown
}

/** Where edits are kept, and whose they are. */
export interface Place<Content, Now extends KeptNow> {
  read(): Promise<Now>
  /** Keeps edits in place of those of `revision`. Refused by CHANGED where others are kept. */
  write(content: Content, revision: number | undefined): Promise<{ revision: number; editedAt: number }>
  drop(revision: number): Promise<void>
  /** What is kept becomes what is in the hand. */
  take(now: Now): void
  /** What is kept was read. False: it is gone, and nothing in the hand changes by that. */
  seen?(now: Now): boolean
}

interface Waiting<Content> {
  /** Undefined: they are given up. */
  edits: Content | undefined
}

type Outcome = 'kept' | 'changed' | 'failed'

/** What has yet to be sent, of everything on the page. */
const pending = new Set<() => Promise<void>>()

/** Sends everything that waits, as when the page is left. */
export function flushEdits(): void {
  for (const flush of pending) void flush()
}

export interface Keeping<Content, Now extends KeptNow> {
  /** When the edits in the hand were kept; undefined: they are not, or there are none. */
  keptAt: Readonly<Ref<number | undefined>>
  /** Since when, and why, edits are not kept. */
  trouble: Readonly<Ref<{ since: number; why: string } | undefined>>
  /** What another window made of it while it was edited here too: someone must choose. */
  theirs: Readonly<Ref<Now | undefined>>
  /** What is in the hand and not kept yet. */
  unsent(): boolean
  /** Keeps edits soon; undefined gives them up. */
  put(edits: Content | undefined, ms?: number): void
  /** Keeps what waits, now. Resolves when it is kept, or could not be. */
  flush(): Promise<void>
  /** Begins with what is kept, or continues with what an earlier editor could not get kept; that is returned. */
  begin(now: Now): Content | undefined
  /** Compares what is kept with what is in the hand: follows it, or asks. */
  look(): Promise<void>
  takeTheirs(): void
  keepMine(): void
  /** Sends nothing more until `handedIn` or `resume`. Resolves once nothing is on its way. */
  hold(): Promise<void>
  /** The edits became a version, or something else that is kept elsewhere. What was edited since is kept on top of it. */
  handedIn(stamp: string): void
  resume(): void
  /** The revision that the edits are based on. */
  revision(): number | undefined
}

/** Whether the edits the program has are those that were sent to it: its answer may have been lost. */
const same = (a: unknown, b: unknown): boolean => a !== undefined && JSON.stringify(a) === JSON.stringify(b)

/**
 * Keeps the edits of one thing in the program, each write on top of the one it has seen. What other windows write is followed
 * while nothing waits here; where both have edits, someone is asked. What could not be kept is tried again for as long as the page lives.
 */
export function createKeeping<Content, Now extends KeptNow>(place: Place<Content, Now>): Keeping<Content, Now> {
  const keptAt = shallowRef<number>()
  const trouble = shallowRef<{ since: number; why: string }>()
  const theirs = shallowRef<Now>()
  let revision: number | undefined
  let stamp: string | undefined
  let waiting: Waiting<Content> | undefined
  let waitingSince = 0
  /** Edits that were sent on top of this revision and not answered: one of them may be what is kept. */
  let unanswered: Content[] = []
  let flight: Promise<Outcome> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Counts own writes, so that what was read before one is not taken for news after it. */
  let turn = 0
  let held = false

  const unsent = (): boolean => waiting !== undefined || flight !== undefined
  let forget: (() => void) | undefined
  function note(): void {
    if (unsent()) {
      forget ??= addUnsaved(unsent)
      pending.add(flush)
    } else {
      forget?.()
      forget = undefined
      pending.delete(flush)
    }
  }

  function later(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), ms)
  }

  function put(edits: Content | undefined, ms = KEEP_MS): void {
    const now = Date.now()
    if (waiting === undefined) waitingSince = now
    waiting = { edits }
    keptAt.value = undefined
    note()
    later(Math.max(0, Math.min(ms, waitingSince + LONGEST_MS - now)))
  }

  async function send(job: Waiting<Content>): Promise<Outcome> {
    try {
      if (job.edits === undefined) {
        if (revision !== undefined) await place.drop(revision)
        revision = undefined
        if (!waiting) keptAt.value = undefined
      } else {
        if (!unanswered.includes(job.edits)) unanswered.push(job.edits)
        const kept = await place.write(job.edits, revision)
        revision = kept.revision
        unanswered = []
        if (!waiting) keptAt.value = kept.editedAt
      }
      turn += 1
      trouble.value = undefined
      return 'kept'
    } catch (error) {
      // What was edited since stands for both.
      waiting ??= job
      if (error instanceof ORPCError && error.code === 'CHANGED') return 'changed'
      trouble.value = { since: trouble.value?.since ?? Date.now(), why: reasonOf(error) }
      return 'failed'
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    if (flight) {
      await flight
      if (waiting) await flush()
      return
    }
    if (!waiting || theirs.value || held) return
    const job = waiting
    waiting = undefined
    flight = send(job).finally(() => {
      flight = undefined
    })
    note()
    const outcome = await flight
    note()
    // Tried again with whatever stands then, so that a lost line loses nothing.
    if (outcome === 'changed') await look().catch(() => later(RETRY_MS))
    else if (outcome === 'failed') later(RETRY_MS)
    else if (waiting) later(0)
  }

  function settle(now: Now): void {
    if (place.seen?.(now) === false) {
      theirs.value = undefined
      return
    }
    if (now.revision === revision && now.stamp === stamp) {
      theirs.value = undefined
      if (waiting) later(0)
      return
    }
    // An own write whose answer was lost with the line.
    if (unsent() && now.stamp === stamp && unanswered.some((edits) => same(now.edits, edits))) {
      revision = now.revision
      unanswered = []
      theirs.value = undefined
      later(0)
      return
    }
    if (unsent()) theirs.value = now
    else adopt(now)
  }

  function adopt(now: Now): void {
    revision = now.revision
    stamp = now.stamp
    unanswered = []
    keptAt.value = now.editedAt
    theirs.value = undefined
    place.take(now)
  }

  async function look(): Promise<void> {
    for (;;) {
      const before = turn
      const now = await place.read()
      await flight
      if (turn !== before) continue
      settle(now)
      return
    }
  }

  return {
    keptAt,
    trouble,
    theirs,
    unsent,
    put,
    flush,
    look,
    begin(now) {
      if (waiting === undefined) {
        adopt(now)
        return undefined
      }
      settle(now)
      return waiting?.edits
    },
    takeTheirs() {
      if (!theirs.value) return
      waiting = undefined
      trouble.value = undefined
      clearTimeout(timer)
      adopt(theirs.value)
      note()
    },
    keepMine() {
      const now = theirs.value
      if (!now) return
      // What is there has been seen, and is written over by choice.
      revision = now.revision
      stamp = now.stamp
      unanswered = []
      theirs.value = undefined
      place.seen?.(now)
      later(0)
    },
    async hold() {
      held = true
      clearTimeout(timer)
      waiting = undefined
      await flight
      // It may have come back unkept.
      waiting = undefined
    },
    resume() {
      held = false
      if (waiting) later(0)
    },
    handedIn(next) {
      held = false
      revision = undefined
      stamp = next
      turn += 1
      keptAt.value = undefined
      trouble.value = undefined
      theirs.value = undefined
      if (waiting) later(KEEP_MS)
      note()
    },
    revision: () => revision
  }
}

export interface KeepingState {
  keptAt?: number
  trouble?: { since: number; why: string }
  /** Someone must choose first, and nothing is kept until then. */
  isUndecided?: boolean
}

/** How edits stand, as a line may say it: that the program does not answer goes before everything. */
export function keepingStateOf(
  keeping: Pick<Keeping<never, KeptNow>, 'keptAt' | 'trouble' | 'theirs'>,
  silentSince: Readonly<Ref<number | undefined>>,
  silence: string
): Readonly<Ref<KeepingState>> {
  return computed(() => {
    const { value: trouble } = keeping.trouble
    if (silentSince.value !== undefined)
      return { trouble: { since: Math.min(silentSince.value, trouble?.since ?? silentSince.value), why: silence } }
    if (keeping.theirs.value) return { isUndecided: true }
    return trouble ? { trouble } : { keptAt: keeping.keptAt.value }
  })
}
