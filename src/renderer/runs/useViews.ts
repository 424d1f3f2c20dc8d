import type { SavedView, ViewState } from '@shared/contract/views'
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { useBin } from '../services/bin'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { useSystem } from '../services/system'
import { say } from '../services/toasts'
import { text } from '../ui/text'

/** Views of the table that were saved, and how it was looked at last, as the program keeps them. */
export const useViews = defineStore('views', () => {
  const { client, state } = useConnection()
  const system = useSystem()
  const bin = useBin()
  const views = shallowRef<readonly SavedView[]>([])
  /** Undefined until it has been read; null where there is none. */
  const last = shallowRef<ViewState | null>()

  // Read again whenever something was deleted or came back.
  watch(
    [state, () => bin.version],
    async () => {
      if (state.value !== 'open') return
      try {
        const kept = await client.views.list({})
        views.value = kept.views
        last.value ??= kept.last ?? null
      } catch {
        // The line broke while asking; it is asked again when one is open.
      }
    },
    { immediate: true }
  )

  /** Whether it is saved. */
  async function save(name: string, view: ViewState): Promise<boolean> {
    try {
      const saved = await client.views.save({ name, state: view })
      views.value = [...views.value.filter(({ id }) => id !== saved.id), saved].sort((a, b) => a.id - b.id)
      say(text.runs.saved(saved.name))
      return true
    } catch (error) {
      say(text.actions.failed(text.runs.saveView, reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  const remove = ({ id, name }: SavedView) =>
    bin.remove({
      kind: 'view',
      ids: [String(id)],
      question: text.runs.forget(name),
      work: () => client.views.remove({ id }),
      said: text.runs.forgotten(name),
      back: text.bin.restored(name)
    })

  async function keepLast(view: ViewState): Promise<void> {
    last.value = view
    if (system.readOnly) return
    try {
      await client.views.keepLast({ state: view })
    } catch {
      // Only how the table looks: not worth a word.
    }
  }

  return { views, last, save, remove, keepLast }
})
