import { ORPCError } from '@orpc/client'
import type { Lineage } from '@shared/contract/lineage'
import { useDebounceFn } from '@vueuse/core'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { useHistory } from '../services/history'
import { followLibrary } from '../services/library'

/** Whose lineage it is. */
export type Whose = { document: string } | { run: string }

/** Runs that are queued one after another are taken together. */
const PAUSE_MS = 300

/** The lineage of a document or a run, always as it is now. */
export function useLineage(whose: () => Whose) {
  const connection = useConnection()
  const history = useHistory()
  const lineage = shallowRef<Lineage>()
  const isMissing = shallowRef(false)
  /** Why it could not be read. */
  const problem = shallowRef<string>()

  async function read(): Promise<void> {
    const asked = whose()
    try {
      const found = await connection.client.lineage.near(asked)
      if (JSON.stringify(asked) !== JSON.stringify(whose())) return
      lineage.value = found
      isMissing.value = false
      problem.value = undefined
    } catch (error) {
      if (error instanceof ORPCError && error.code === 'NOT_FOUND') isMissing.value = true
      else problem.value = reasonOf(error)
    }
  }

  const later = useDebounceFn(() => void read(), PAUSE_MS)
  watch(whose, () => void read())
  watch(
    () => history.rows.size,
    () => void later()
  )
  const following = new AbortController()
  void followLibrary(connection, { begin: read, notice: () => void later() }, following.signal)
  onScopeDispose(() => following.abort())
  return { lineage, isMissing, problem }
}
