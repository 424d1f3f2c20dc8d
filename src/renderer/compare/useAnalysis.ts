import type { ComparisonAnalysis, GroupLosses } from '@shared/contract/comparisons'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'

/**
 * What the program computes for the compared runs, again whenever one of them has been evaluated or the reference changes; nothing is
 * asked while `runs` gives nothing.
 */
export function useAnalysis(runs: () => { ids: readonly string[]; against?: string; evaluated: string } | undefined) {
  const { client } = useConnection()
  const analysis = shallowRef<ComparisonAnalysis>()
  const losses = shallowRef<readonly GroupLosses[]>([])
  const fault = shallowRef<string>()
  let turn = 0

  async function read(): Promise<void> {
    turn += 1
    const own = turn
    const asked = runs()
    if (!asked) return
    const { ids, against } = asked
    if (ids.length === 0) {
      analysis.value = undefined
      losses.value = []
      return
    }
    try {
      const found = await client.comparisons.analyse({ ids: [...ids], against })
      if (own !== turn) return
      analysis.value = found
      fault.value = undefined
      const lost = await client.comparisons.losses({ ids: [...ids] })
      if (own === turn) losses.value = lost
    } catch (error) {
      if (own === turn) fault.value = reasonOf(error)
    }
  }

  watch(() => JSON.stringify(runs() ?? null), read, { immediate: true })
  onScopeDispose(() => {
    turn += 1
  })
  return { analysis, losses, fault }
}
