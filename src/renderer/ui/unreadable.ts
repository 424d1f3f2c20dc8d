import { type InjectionKey, inject, onBeforeUnmount, watch } from 'vue'

/** A field that holds what cannot be read. */
export interface UnreadableField {
  label: string
  written: string
  /** Why, as a sentence. */
  fault: string
  focus(): void
}

/** The holder of the document that fields belong to. */
export interface UnreadableFields {
  set(id: symbol, field: UnreadableField | undefined): void
  /** The field goes away with what is written in it. */
  leave(id: symbol): void
}

export const UNREADABLE: InjectionKey<UnreadableFields> = Symbol('unreadable fields')

/** Tells the document a field belongs to, where there is one, what cannot be read in it. */
export function useUnreadable(field: () => UnreadableField | undefined): void {
  const fields = inject(UNREADABLE, undefined)
  if (!fields) return
  const id = Symbol('field')
  watch(field, (now) => fields.set(id, now), { immediate: true, flush: 'sync' })
  onBeforeUnmount(() => fields.leave(id))
}
