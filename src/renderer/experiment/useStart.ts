import { isDefinedError, safe } from '@orpc/client'
import type { PresetCard } from '@shared/contract/experiments'
import type { Fault } from '@shared/experiment/experiment'
import { computed, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { useSystem } from '../services/system'
import { say } from '../services/toasts'
import { text } from '../ui/text'

export interface StartRequest {
  /** Which card asked, to show its progress and its faults there. */
  key: string
  source: { preset: string } | { document: unknown }
  seeds?: number[]
}

/** Presets, and starting an experiment: a word about it, then the runs it made. */
export function useStart() {
  const { client } = useConnection()
  const system = useSystem()
  const router = useRouter()
  const presets = shallowRef<readonly PresetCard[]>([])
  const starting = shallowRef<string>()
  /** What was wrong with the last request, and whose it was. */
  const refused = shallowRef<{ key: string; faults: readonly Fault[] }>()
  const unread = shallowRef<string>()
  const blocked = computed(() => (system.readOnly ? text.actions.readOnly : undefined))

  async function readPresets(): Promise<void> {
    try {
      presets.value = await client.experiments.presets({})
      unread.value = undefined
    } catch (error) {
      unread.value = reasonOf(error)
    }
  }

  async function start({ key, source, seeds }: StartRequest): Promise<void> {
    if (starting.value !== undefined || blocked.value) return
    starting.value = key
    refused.value = undefined
    const { error, data } = await safe(client.experiments.start({ source, ...(seeds && { seeds }) }))
    starting.value = undefined
    if (data) {
      say(text.experiments.started(data.name, data.runs.length))
      await router.push({ name: 'runs', query: { experiment: String(data.experimentId) } })
    } else if (isDefinedError(error) && error.code === 'INVALID') refused.value = { key, faults: error.data.faults }
    else refused.value = { key, faults: [{ path: '', message: reasonOf(error) }] }
  }

  return { presets, readPresets, start, starting, refused, unread, blocked }
}
