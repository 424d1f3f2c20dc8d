import type { Catalogue, SystemInfo } from '@shared/contract/system'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { Metric } from '@shared/run/metrics'
import { useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { showLooks } from '../ui/algorithms'
import { useConnection } from './connection'

/** The database grows while runs train: its size is asked for again this often. */
const REFRESH_MS = 10_000

/** The program behind the page: what it is, what it runs on, which algorithms and metrics it knows. */
export const useSystem = defineStore('system', () => {
  const { client, state } = useConnection()
  const info = shallowRef<SystemInfo>()
  const catalogue = shallowRef<Catalogue>({ algorithms: [], metrics: [] })

  async function readInfo(): Promise<void> {
    try {
      const read = await client.system.info({})
      // Another history is in place: nothing this page knows need hold of it.
      if (info.value && read.restoredAt !== undefined && read.restoredAt !== info.value.restoredAt) location.reload()
      info.value = read
    } catch {
      // The line broke while asking; it is asked again when one is open.
    }
  }

  async function readCatalogue(): Promise<void> {
    try {
      const read = await client.system.catalogue({})
      showLooks(read.algorithms)
      catalogue.value = read
    } catch {
      // As above.
    }
  }

  watch(
    state,
    (now) => {
      if (now !== 'open') return
      void readInfo()
      void readCatalogue()
    },
    { immediate: true }
  )
  useIntervalFn(() => {
    if (state.value === 'open' && document.visibilityState === 'visible') void readInfo()
  }, REFRESH_MS)

  const cards = computed<ReadonlyMap<string, AlgorithmCard>>(() => new Map(catalogue.value.algorithms.map((card) => [card.id, card])))
  const metrics = computed<ReadonlyMap<string, Metric>>(() => new Map(catalogue.value.metrics.map((metric) => [metric.key, metric])))
  const readOnly = computed(() => info.value?.readOnly)
  return { info, cards, metrics, readOnly, readCatalogue }
})
