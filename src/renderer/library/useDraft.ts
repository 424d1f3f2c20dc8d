import type { DocumentKind } from '@shared/contract/library'
import { computed, shallowRef } from 'vue'
import { text } from '../ui/text'
import * as line from './undo'
import { useUnreadableFields } from './unreadable'
import { useKeptDocument } from './useKeptDocument'

/**
 * An open document of the library: read with its unsaved edits, every edit undoable and kept by the program at once, so that
 * neither a reload nor a restart loses it. States are never changed in place.
 */
export function useDraft<State extends { name: string }>(id: string, kind: DocumentKind, open: (content: unknown) => State) {
  const history = shallowRef(line.begin(open({})))
  const state = computed(() => history.value.now)
  const unreadable = useUnreadableFields()
  const document = useKeptDocument<State>(id, kind, {
    now: state,
    ofVersion: (content, name) => (name === '' ? open(content) : { ...open(content), name }),
    ofDraft: open,
    toVersion: (now) => now,
    open: (now, saved) => {
      history.value = saved ? line.recorded(line.begin(saved), now, text.library.earlier) : line.begin(now)
    },
    follow: (next) => {
      history.value = line.recorded(history.value, next, text.library.elsewhere, 'elsewhere')
    }
  })

  return {
    ...document,
    state,
    /** Whether all fields can be read; else leads to the first that cannot. */
    allRead: unreadable.allRead,
    /** Keeps a version as the library does, once every field can be read. */
    save: async (options: { over?: boolean; quiet?: boolean } = {}) => unreadable.allRead() && document.save(options),
    /** Continues to `next` as one step that can be taken back; steps of one `merge` key become one. */
    change(label: string, next: State, merge?: string): void {
      history.value = line.recorded(history.value, next, label, merge)
    },
    undo(): void {
      history.value = line.undo(history.value)
    },
    redo(): void {
      history.value = line.redo(history.value)
    },
    /** What undo and redo would take back and do again; undefined: nothing. */
    undoLabel: computed(() => history.value.past.at(-1)?.label),
    redoLabel: computed(() => history.value.future[0]?.label)
  }
}
