import { isDefinedError, safe } from '@orpc/client'
import type { RunDetail, RunRow } from '@shared/contract/records'
import { computed, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { useHistory } from '../services/history'

/** One run: its row as it moves, and what was recorded of it, read again whenever its state changes. */
export function useRun(id: () => string | undefined) {
  const { client, state } = useConnection()
  const history = useHistory()
  const detail = shallowRef<RunDetail>()
  const missing = shallowRef(false)
  const fault = shallowRef<string>()

  // Deleting takes the row out of the history; until the page is left, the last one known still stands.
  const row = computed<RunRow | undefined>(() => {
    const last = detail.value?.row
    return history.rows.get(id() ?? '') ?? (last?.id === id() ? last : undefined)
  })
  const removed = computed(() => history.loaded && !history.rows.has(id() ?? ''))

  async function read(): Promise<void> {
    const wanted = id()
    if (wanted === undefined) return
    const { data, error } = await safe(client.runs.get({ id: wanted }))
    if (wanted !== id()) return
    if (data) {
      detail.value = data
      missing.value = false
      fault.value = undefined
    } else if (isDefinedError(error) && error.code === 'NOT_FOUND') missing.value = true
    else fault.value = reasonOf(error)
  }

  watch(
    () => [id(), row.value?.status, state.value === 'open'] as const,
    ([now], before) => {
      if (before && before[0] !== now) {
        detail.value = undefined
        missing.value = false
      }
      if (state.value === 'open') void read()
    },
    { immediate: true }
  )

  return { row, detail, missing, removed, fault }
}
