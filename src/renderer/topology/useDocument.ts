import { ORPCError } from '@orpc/client'
import type { DocumentCard, VersionRow } from '@shared/contract/library'
import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useConnection } from '../app/connection'
import { reasonOf } from '../app/faults'
import { followLibrary } from '../app/library'
import { say } from '../app/toasts'
import { useUnsaved } from '../app/unsaved'
import { text } from '../ui/text'
import { type Drawing, documentOf, drawingOf } from './drawing'
import { placed } from './layout'
import type { DrawingInHand } from './useDrawing'

/** Edits are kept this long after the last one; nothing waits longer than that for the program. */
const KEEP_MS = 250

export type Loading = 'loading' | 'ready' | 'missing' | 'failed'

const isDrawing = (value: unknown): value is Drawing =>
  typeof value === 'object' &&
  value !== null &&
  'nodes' in value &&
  Array.isArray(value.nodes) &&
  'links' in value &&
  Array.isArray(value.links)

/** The document behind a drawing: read and kept by the program, unsaved edits too, every save a version. */
export function useDocument(id: string, hand: DrawingInHand) {
  const connection = useConnection()
  const { library } = connection.client
  const loading = shallowRef<Loading>('loading')
  const problem = shallowRef('')
  const card = shallowRef<DocumentCard>()
  const versions = shallowRef<readonly VersionRow[]>([])
  /** The version the drawing goes on from; undefined before the first. */
  const base = shallowRef<number>()
  const saved = shallowRef<Drawing>()
  const keptAt = shallowRef<number>()
  const edited = computed(() => hand.drawing.value !== saved.value)
  /** Someone else has saved a newer version. */
  const newer = computed(() => (base.value !== undefined && card.value && card.value.version > base.value ? card.value.version : undefined))

  async function readVersions(): Promise<void> {
    versions.value = base.value === undefined && !card.value ? [] : await library.versions({ id })
  }

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
    saved.value = found && placed(drawingOf(found.content))
    base.value = draft?.draft.base ?? found?.card.version
    const unsaved = draft && isDrawing(draft.content) ? draft.content : undefined
    hand.open(unsaved ?? saved.value ?? placed(drawingOf({})), saved.value, text.topology.steps.earlier)
    keptAt.value = draft?.draft.editedAt
    await readVersions()
    loading.value = 'ready'
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: Drawing | undefined

  async function keep(): Promise<void> {
    clearTimeout(timer)
    const content = waiting
    waiting = undefined
    if (!content) return
    try {
      const { editedAt } = await library.keepDraft({
        id,
        kind: 'topology',
        name: content.name.slice(0, 200),
        content,
        ...(base.value !== undefined && { base: base.value })
      })
      keptAt.value = editedAt
      problem.value = ''
    } catch (error) {
      problem.value = text.topology.notKept(reasonOf(error))
      // Tried again with whatever is drawn then, so that a lost line loses nothing.
      if (waiting === undefined && edited.value) {
        waiting = hand.drawing.value
        timer = setTimeout(() => void keep(), 1000)
      }
    }
  }

  watch(hand.drawing, (now) => {
    if (loading.value !== 'ready') return
    clearTimeout(timer)
    if (now === saved.value) {
      waiting = undefined
      void library.dropDraft({ id }).catch(() => {})
      return
    }
    waiting = now
    timer = setTimeout(() => void keep(), KEEP_MS)
  })
  useUnsaved(() => waiting !== undefined || (edited.value && problem.value !== ''))
  useEventListener(window, 'pagehide', () => void keep())
  useEventListener(document, 'visibilitychange', () => document.visibilityState === 'hidden' && void keep())

  /** Keeps the drawing as a version; over what someone else saved only where `over` says so. */
  async function save(over = false): Promise<boolean> {
    clearTimeout(timer)
    waiting = undefined
    const drawing = hand.drawing.value
    try {
      const kept = await library.save({
        id,
        kind: 'topology',
        name: drawing.name,
        content: documentOf(drawing),
        ...(base.value !== undefined && !over && { base: base.value })
      })
      card.value = kept
      base.value = kept.version
      saved.value = drawing
      keptAt.value = undefined
      if (hand.drawing.value !== drawing) waiting = hand.drawing.value
      await readVersions()
      say(text.topology.saved(kept.name, kept.version))
      return true
    } catch (error) {
      waiting = drawing
      void keep()
      if (error instanceof ORPCError && error.code === 'STALE') {
        say(text.topology.stale(reasonOf(error)), { kind: 'error', action: { label: text.topology.saveOver, run: () => void save(true) } })
      } else say(text.topology.notSaved(reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  /** A version as it was drawn. */
  async function drawingOfVersion(version: number): Promise<Drawing> {
    return placed(drawingOf((await library.read({ id, version })).content))
  }

  const following = new AbortController()
  async function refresh(): Promise<void> {
    if (loading.value !== 'ready' || card.value === undefined) return
    const [all, rows] = await Promise.all([library.list({ kind: 'topology' }), library.versions({ id })])
    card.value = all.find((each) => each.id === id) ?? card.value
    versions.value = rows
  }
  void followLibrary(
    connection,
    {
      begin: async () => {
        if (loading.value === 'ready') return refresh()
        try {
          await load()
        } catch (error) {
          loading.value = 'failed'
          problem.value = reasonOf(error)
        }
      },
      notice: (notice) => {
        if (notice.documents.includes(id)) void refresh().catch(() => {})
      }
    },
    following.signal
  )
  onScopeDispose(() => {
    void keep()
    following.abort()
    // A new drawing that nothing was drawn in is not kept.
    if (
      base.value === undefined &&
      hand.drawing.value.nodes.length === 0 &&
      hand.drawing.value.links.length === 0 &&
      loading.value === 'ready'
    )
      void library.dropDraft({ id }).catch(() => {})
  })

  return { loading, problem, card, versions, base, newer, edited, keptAt, save, saved, drawingOfVersion }
}
