import { ORPCError } from '@orpc/client'
import { entryOfDocument } from '@shared/bin'
import type { DocumentCard, DocumentKind, DraftRow } from '@shared/contract/library'
import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { createKeeping, type Keeping, type KeptNow, type Place, keepingStateOf } from '../services/keeping'
import { followLibrary } from '../services/library'
import { usePulse } from '../services/pulse'
import { say } from '../services/toasts'
import { text } from '../ui/text'

export type Loading = 'loading' | 'ready' | 'missing' | 'deleted' | 'failed'

/** An editor's state, as the library keeps it. States are never changed in place. */
export interface Hand<State extends { name: string }> {
  now: Readonly<Ref<State>>
  ofVersion(content: unknown, name: string): State
  /** Undefined where it is none. */
  ofDraft(content: unknown): State | undefined
  /** What a version is to hold. */
  toVersion(state: State): unknown
  /** Begins again: the way back leads to `saved` where that differs. */
  open(now: State, saved: State | undefined): void
  /** Continues to what another window made of it. */
  follow(next: State): void
}

interface DocumentNow extends KeptNow {
  saved?: { card: DocumentCard; content: unknown }
  draft?: { draft: DraftRow; content: unknown }
  isDeleted: boolean
}

/** Edits that could not be kept before their editor was left: tried on, and found again by the next editor of the document. */
interface Left<State> {
  keeping: Keeping<State, DocumentNow>
  place: Place<State, DocumentNow>
}
const left = new Map<string, unknown>()

const stampOf = (card: DocumentCard | undefined): string => (card ? `${card.version} ${card.name}` : '')

/**
 * A document of the library in an editor: read with its unsaved edits, every edit kept by the program at once, every save a
 * version. Other windows' edits and versions are followed; where both have edited, `theirs` asks for a choice.
 */
export function useKeptDocument<State extends { name: string }>(id: string, kind: DocumentKind, hand: Hand<State>) {
  const connection = useConnection()
  const { library } = connection.client
  const loading = shallowRef<Loading>('loading')
  /** Why it could not be read. */
  const problem = shallowRef('')
  const card = shallowRef<DocumentCard>()
  /** The version that the edits are based on; undefined before the first. */
  const base = shallowRef<number>()
  const saved = shallowRef<State>()
  const isDeleted = shallowRef(false)
  const edited = computed(() => hand.now.value !== saved.value)
  /** Someone else has saved a newer version than the edits are based on. */
  const newer = computed(() => (base.value !== undefined && card.value && card.value.version > base.value ? card.value.version : undefined))

  const found = left.get(id) as Left<State> | undefined
  const place: Place<State, DocumentNow> = found?.place ?? {
    async read() {
      const now = await library.open({ id })
      return {
        ...now,
        stamp: stampOf(now.isDeleted ? card.value : now.saved?.card),
        revision: now.draft?.draft.revision,
        editedAt: now.draft?.draft.editedAt,
        edits: now.draft?.content
      }
    },
    write: () => Promise.reject(new Error('no editor')),
    drop: async (revision) => void (await library.dropDraft({ id, revision })),
    take: () => {}
  }
  place.write = async (content, revision) => {
    const name = content.name.slice(0, 200)
    return library.keepDraft({
      id,
      kind,
      name,
      content,
      ...(base.value !== undefined && { base: base.value }),
      ...(revision !== undefined && { revision })
    })
  }
  place.seen = (now) => {
    isDeleted.value = now.isDeleted || (loading.value === 'ready' && !now.saved && !now.draft)
    if (isDeleted.value) return false
    if (card.value && !now.saved) base.value = undefined
    card.value = now.saved?.card
    return true
  }
  // A change that comes from the program is none that is to be kept.
  let isTaking = false
  place.take = (now) => {
    isTaking = true
    const before = saved.value
    if (!before || before.name !== now.saved?.card.name || base.value !== now.saved?.card.version)
      saved.value = now.saved && hand.ofVersion(now.saved.content, now.saved.card.name)
    base.value = now.saved ? (now.draft?.draft.base ?? now.saved.card.version) : undefined
    const edits = now.draft && hand.ofDraft(now.draft.content)
    if (loading.value === 'ready') hand.follow(edits ?? saved.value ?? hand.now.value)
    else hand.open(edits ?? saved.value ?? hand.ofVersion({}, ''), saved.value)
    isTaking = false
  }
  const keeping = found?.keeping ?? createKeeping(place)
  left.delete(id)

  watch(
    hand.now,
    (now) => {
      if (isTaking || loading.value !== 'ready') return
      keeping.put(now === saved.value ? undefined : now)
    },
    { flush: 'sync' }
  )

  async function load(): Promise<void> {
    const now = await place.read()
    const waiting = keeping.unsent()
    if (!now.saved && !now.draft && !waiting) {
      loading.value = now.isDeleted ? 'deleted' : 'missing'
      isDeleted.value = now.isDeleted
      return
    }
    if (now.isDeleted && !waiting) {
      loading.value = 'deleted'
      isDeleted.value = true
      return
    }
    const mine = keeping.begin(now)
    if (waiting && mine !== undefined) {
      saved.value = now.saved && hand.ofVersion(now.saved.content, now.saved.card.name)
      base.value = now.saved?.card.version
      hand.open(mine, saved.value)
    } else place.seen?.(now)
    loading.value = 'ready'
  }

  /** Keeps a version; over what someone else saved only where `over` says so. Resolves to whether it is kept. */
  async function save({ over = false, quiet = false } = {}): Promise<boolean> {
    if (isDeleted.value) {
      say(text.library.deletedFirst, { kind: 'error', action: { label: text.library.restore, run: () => void restore() } })
      return false
    }
    if (keeping.theirs.value) {
      say(text.library.chooseFirst, { kind: 'error' })
      return false
    }
    const state = hand.now.value
    await keeping.hold()
    try {
      const kept = await library.save({
        id,
        kind,
        name: state.name,
        content: hand.toVersion(state),
        draft: keeping.revision() ?? null,
        ...(base.value !== undefined && !over && { base: base.value })
      })
      card.value = kept
      base.value = kept.version
      saved.value = state
      keeping.handedIn(stampOf(kept))
      if (!quiet) say(text.library.saved(kept.name, kept.version))
      return true
    } catch (error) {
      keeping.put(hand.now.value, 0)
      keeping.resume()
      if (error instanceof ORPCError && error.code === 'STALE') {
        say(text.library.stale(reasonOf(error)), {
          kind: 'error',
          action: { label: text.library.saveOver, run: () => void save({ over: true }) }
        })
      } else say(text.library.notSaved(reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  /** Brings a deleted document back, with its versions and unsaved edits. */
  async function restore(): Promise<void> {
    try {
      const now = await place.read()
      if (now.isDeleted) await connection.client.bin.restore({ ids: [entryOfDocument(kind, id)] })
      else if (!now.saved && !now.draft) {
        // It was never saved: what is in the hand is all there is of it.
        keeping.handedIn('')
        base.value = undefined
        saved.value = undefined
        keeping.put(hand.now.value, 0)
        await keeping.flush()
      }
      isDeleted.value = false
      await (loading.value === 'ready' ? keeping.look() : load())
    } catch (error) {
      say(text.library.notRestored(reasonOf(error)), { kind: 'error' })
    }
  }

  const following = new AbortController()
  void followLibrary(
    connection,
    {
      begin: async () => {
        if (loading.value === 'ready') return keeping.look()
        try {
          await load()
        } catch (error) {
          loading.value = 'failed'
          problem.value = reasonOf(error)
        }
      },
      notice: (notice) => {
        if (!notice.documents.includes(id) && !notice.drafts.includes(id)) return
        // Where the line is down it is read again when it opens again.
        void (loading.value === 'ready' ? keeping.look() : load()).catch(() => {})
      }
    },
    following.signal
  )
  onScopeDispose(() => {
    following.abort()
    if (!keeping.unsent()) return
    left.set(id, { keeping, place })
    void keeping.flush()
  })

  return {
    loading,
    problem,
    card,
    base,
    newer,
    saved,
    edited,
    isDeleted,
    standing: keepingStateOf(keeping, usePulse(), text.library.silent),
    theirs: computed(() => keeping.theirs.value !== undefined),
    takeTheirs: () => keeping.takeTheirs(),
    keepMine(): void {
      keeping.keepMine()
      // The version that is there was seen, and is built on by choice.
      base.value = card.value?.version
    },
    /** Gives the unsaved edits up. */
    discard: () => keeping.put(undefined, 0),
    save,
    restore
  }
}

export type KeptDocument = ReturnType<typeof useKeptDocument>
