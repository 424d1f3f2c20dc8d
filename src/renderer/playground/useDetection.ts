import { safe } from '@orpc/client'
import type { DetectionSummary } from '@shared/contract/playground'
import type { ChangedCoefficients } from '@shared/contract/playground-world'
import { useDebounceFn } from '@vueuse/core'
import { type Ref, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'

/** Asked once the world has rested this long, in milliseconds. */
const REST_MS = 300

/** How soon noisy delays would tell an outer model of the world as it is changed. */
export function useDetection(session: Readonly<Ref<{ session: string } | undefined>>, changes: Readonly<Ref<ChangedCoefficients>>) {
  const { client } = useConnection()
  /** σ of the delays that it sees, relative to the true ones. */
  const noise = shallowRef(0.05)
  const detection = shallowRef<DetectionSummary>()

  /** Nothing waits for it, and a late answer to an older world is dropped. */
  const observe = useDebounceFn(async () => {
    const { value: own } = session
    const { value: asked } = changes
    if (!own || asked.links.length + asked.nodes.length === 0) return
    const { data } = await safe(client.playground.observe({ session: own.session, changes: asked, noise: noise.value }))
    if (data && changes.value === asked && data.noise === noise.value) detection.value = data
  }, REST_MS)

  watch([changes, noise], () => {
    detection.value = undefined
    void observe()
  })

  return { noise, detection }
}
