import { computed, type ComputedRef, onScopeDispose, type Ref, shallowRef, watch } from 'vue'

/** So long after the last change what was made of a large value follows it. */
const SETTLE_MS = 200

/**
 * A value for what takes long to make of it: where it `isLarge` it follows its source a moment after the last change, so that a key that
 * is pressed waits for none of it; else at once.
 */
export function useSettled<Value>(source: Readonly<Ref<Value>>, isLarge: (value: Value) => boolean, ms = SETTLE_MS): ComputedRef<Value> {
  const settled = shallowRef(source.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    source,
    (value) => {
      clearTimeout(timer)
      if (!isLarge(value)) settled.value = value
      else
        timer = setTimeout(() => {
          settled.value = value
        }, ms)
    },
    { flush: 'sync' }
  )
  onScopeDispose(() => clearTimeout(timer))
  // What is small is as it is now, even before the watch has run.
  return computed(() => (isLarge(source.value) ? settled.value : source.value))
}
