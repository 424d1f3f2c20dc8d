import { computed, onScopeDispose, provide, shallowReactive } from 'vue'
import { say } from '../services/toasts'
import { addUnsaved } from '../services/unsaved'
import { text } from '../ui/text'
import { UNREADABLE, type UnreadableField } from '../ui/unreadable'

/** As `holdUnreadable`; the page asks before it closes over what cannot be read. */
export function useUnreadableFields() {
  const held = holdUnreadable()
  onScopeDispose(addUnsaved(() => held.first.value !== undefined))
  return held
}

/**
 * What cannot be read in the fields of a document: the document holds the last values that could be, so nothing may be made of it as if
 * these were meant. Called where the document is, over all of its fields.
 */
function holdUnreadable() {
  const fields = shallowReactive(new Map<symbol, UnreadableField>())
  provide(UNREADABLE, {
    set(id, field) {
      if (field) fields.set(id, field)
      else fields.delete(id)
    },
    leave(id) {
      const field = fields.get(id)
      if (field) say(text.library.leftOut(field.label, field.written), { kind: 'error' })
      fields.delete(id)
    }
  })
  const first = computed(() => [...fields.values()].at(0))

  /** Whether everything can be read; else says what cannot and leads there. */
  function allRead(): boolean {
    const field = first.value
    if (!field) return true
    say(text.library.unreadable(field.label, field.fault), { kind: 'error' })
    field.focus()
    return false
  }

  return { first, allRead }
}
