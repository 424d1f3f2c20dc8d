import type { Computation } from '@shared/contract/system'
import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef } from 'vue'
import { useConnection } from './connection'
import { followStream } from './stream'

/** What the program computes beside training, always as it is now, and how it is ended. */
export const useComputations = defineStore('computations', () => {
  const connection = useConnection()
  const list = shallowRef<readonly Computation[]>([])
  const following = new AbortController()
  const item = (now: readonly Computation[]): void => {
    list.value = now
  }
  void followStream(connection, (round) => connection.client.system.computations({}, { signal: round }), { item }, following.signal)
  onScopeDispose(() => following.abort())

  // What cannot be reached any more has ended; the list says so.
  const cancel = (id: number): void => void connection.client.system.cancelComputation({ id }).catch(() => {})
  return { list, cancel }
})
