import type { PolicyRow } from '@shared/contract/policies'
import { shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'

/** The policies that have names: shipped ones, and those someone kept. Read once a connection. */
export function useNamedPolicies() {
  const { client, state } = useConnection()
  const policies = shallowRef<readonly PolicyRow[]>([])

  async function read(): Promise<void> {
    try {
      policies.value = await client.policies.list({})
    } catch {
      // The line broke while asking; it is asked again when one is open.
    }
  }

  watch(state, (now) => void (now === 'open' && read()), { immediate: true })
  return policies
}
