import { ORPCError } from '@orpc/client'
import type { DocumentCard, DocumentKind } from '@shared/contract/library'
import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { useConnection } from '../app/connection'
import { reasonOf } from '../app/faults'
import { followLibrary } from '../app/library'
import { say } from '../app/toasts'
import { useUnsaved } from '../app/unsaved'
import { text } from '../ui/text'
import * as line from './undo'
import { holdUnreadable } from './unreadable'

/** Edits are kept this long after the last one. */
const KEEP_MS = 250

export type Loading = 'loading' | 'ready' | 'missing' | 'failed'

/**
 * A document of the library in the hand: read with its unsaved edits, every edit undoable and kept by the program at once, so that
 * neither a reload nor a restart loses it. States are never changed in place.
 */
export function useDraft<State extends { name: string }>(id: string, kind: DocumentKind, open: (content: unknown) => State) {
  const connection = useConnection()
  const { library } = connection.client
  const loading = shallowRef<Loading>('loading')
  const problem = shallowRef('')
  const card = shallowRef<DocumentCard>()
  const saved = shallowRef<State>()
  const keptAt = shallowRef<number>()
  const history = shallowRef(line.begin(open({})))
  const state = computed(() => history.value.now)
  const edited = computed(() => state.value !== saved.value)
  const unreadable = holdUnreadable()
  let base: number | undefined

  async function load(): Promise<void> {
    const [found, draft] = await Promise.all([
      library.read({ id }).catch((error: unknown) => {
        if (error instanceof ORPCError && error.code === 'NOT_FOUND') return undefined
        throw error
      }),
      library.draft({ id })
    ])
    if (!found && !draft) {
      loading.value = 'missing'
      return
    }
    card.value = found?.card
    saved.value = found && { ...open(found.content), name: found.card.name }
    base = draft?.draft.base ?? found?.card.version
    const start = saved.value ?? open(draft?.content)
    history.value = line.begin(start)
    if (draft && saved.value) history.value = line.advance(history.value, open(draft.content), text.library.earlier)
    keptAt.value = draft?.draft.editedAt
    loading.value = 'ready'
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: State | undefined

  async function keep(): Promise<void> {
    clearTimeout(timer)
    const content = waiting
    waiting = undefined
    if (!content) return
    try {
      const name = content.name.slice(0, 200)
      const { editedAt } = await library.keepDraft({ id, kind, name, content, ...(base !== undefined && { base }) })
      if (waiting === undefined) keptAt.value = editedAt
      problem.value = ''
    } catch (error) {
      problem.value = text.library.notKept(reasonOf(error))
      // Tried again with whatever stands then, so that a lost line loses nothing.
      if (waiting === undefined && edited.value) later(state.value, 1000)
    }
  }

  function later(next: State, ms: number): void {
    clearTimeout(timer)
    waiting = next
    // Until it is kept, nothing says that it is.
    keptAt.value = undefined
    timer = setTimeout(() => void keep(), ms)
  }

  function go(next: line.History<State>): void {
    if (next.now === history.value.now) return
    history.value = next
    if (next.now !== saved.value) return later(next.now, KEEP_MS)
    clearTimeout(timer)
    waiting = undefined
    keptAt.value = undefined
    void library.dropDraft({ id }).catch(() => {})
  }

  /** Goes on to `next` as one step that can be taken back; steps of one `merge` key become one. */
  function change(label: string, next: State, merge?: string): void {
    go(line.advance(history.value, next, label, merge))
  }

  /** Keeps a version; over what someone else saved only where `over` says so. Resolves to whether it is kept. */
  async function save({ over = false, quiet = false } = {}): Promise<boolean> {
    if (!unreadable.allRead()) return false
    clearTimeout(timer)
    waiting = undefined
    const content = state.value
    try {
      const kept = await library.save({ id, kind, name: content.name, content, ...(base !== undefined && !over && { base }) })
      card.value = kept
      base = kept.version
      saved.value = content
      keptAt.value = undefined
      if (state.value !== content) later(state.value, KEEP_MS)
      if (!quiet) say(text.library.saved(kept.name, kept.version))
      return true
    } catch (error) {
      later(content, 0)
      if (error instanceof ORPCError && error.code === 'STALE') {
        say(text.library.stale(reasonOf(error)), {
          kind: 'error',
          action: { label: text.library.saveOver, run: () => void save({ over: true }) }
        })
      } else say(text.library.notSaved(reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  useUnsaved(() => waiting !== undefined || unreadable.first.value !== undefined || (edited.value && problem.value !== ''))
  useEventListener(window, 'pagehide', () => void keep())
  useEventListener(document, 'visibilitychange', () => document.visibilityState === 'hidden' && void keep())
  const following = new AbortController()
  const begin = async () => {
    if (loading.value === 'ready') return
    try {
      await load()
    } catch (error) {
      loading.value = 'failed'
      problem.value = reasonOf(error)
    }
  }
  void followLibrary(connection, { begin, notice: () => {} }, following.signal)
  onScopeDispose(() => {
    void keep()
    following.abort()
  })

  return {
    loading,
    problem,
    card,
    state,
    edited,
    keptAt,
    change,
    save,
    /** Whether all fields can be read; else leads to the first that cannot. */
    allRead: unreadable.allRead,
    undo: () => go(line.undo(history.value)),
    redo: () => go(line.redo(history.value)),
    /** What undo and redo would take back and do again; undefined: nothing. */
    undoLabel: computed(() => history.value.past.at(-1)?.label),
    redoLabel: computed(() => history.value.future[0]?.label)
  }
}
