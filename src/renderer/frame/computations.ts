import type { Computation } from '@shared/contract/system'
import { onScopeDispose, type Ref, shallowRef } from 'vue'
import { useConnection } from '../services/connection'
import { followStream } from '../services/stream'

/** What the program computes beside training, always as it is now, and how it is ended. */
export function useComputations(): { computations: Ref<readonly Computation[]>; cancel(id: number): void } {
  const connection = useConnection()
  const computations = shallowRef<readonly Computation[]>([])
  const following = new AbortController()
  const item = (list: readonly Computation[]): void => {
    computations.value = list
  }
  void followStream(connection, (round) => connection.client.system.computations({}, { signal: round }), { item }, following.signal)
  onScopeDispose(() => following.abort())
  return {
    computations,
    // What cannot be reached any more has ended; the list says so.
    cancel: (id) => void connection.client.system.cancelComputation({ id }).catch(() => {})
  }
}
