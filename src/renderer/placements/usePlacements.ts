import type { InspectedBatch, InspectedWorkflow, PlacementList } from '@shared/contract/placements'
import { computed, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'

/** The workflows, or batches, a run is evaluated on, worst first, and the one that is looked at: the worst until another is chosen. */
export function usePlacements(id: () => string | undefined, evaluated: () => boolean) {
  const { client, state } = useConnection()
  const list = shallowRef<PlacementList>()
  const chosen = shallowRef<string>()
  const workflow = shallowRef<InspectedWorkflow>()
  const batch = shallowRef<InspectedBatch>()
  const fault = shallowRef<string>()

  const sorted = computed(() => [...(list.value?.workflows ?? [])].sort((a, b) => b.gap - a.gap))
  const shown = computed(() => chosen.value ?? sorted.value[0]?.id)

  /** Graphs and shared machines are placed in batches; chains one by one. */
  const isBatched = computed(() => sorted.value[0]?.together !== undefined)

  watch(
    () => [id(), evaluated(), state.value === 'open'] as const,
    async ([run, ready, open], before) => {
      if (before?.[0] !== run) list.value = workflow.value = batch.value = chosen.value = fault.value = undefined
      if (run === undefined || !ready || !open || list.value) return
      try {
        const found = await client.runs.placements({ id: run })
        if (run === id()) list.value = found
      } catch (error) {
        if (run === id()) fault.value = reasonOf(error)
      }
    },
    { immediate: true }
  )

  watch(shown, async (wanted) => {
    const run = id()
    if (run === undefined || wanted === undefined) return
    try {
      if (isBatched.value) {
        const found = await client.runs.inspectBatch({ id: run, batch: wanted })
        if (run === id() && wanted === shown.value) batch.value = found
      } else {
        const found = await client.runs.inspect({ id: run, workflow: wanted })
        if (run === id() && wanted === shown.value) workflow.value = found
      }
    } catch (error) {
      if (run === id()) fault.value = reasonOf(error)
    }
  })

  /** Of bounds no placement is known to compare with. */
  const knowsBest = computed(() => (list.value?.places ?? []).some(({ optimumShare }) => optimumShare > 0))
  /** The place that has nearly all tasks although the optimum spreads them. */
  const collapsed = computed(() => list.value?.places.find((place) => place.share >= 0.995 && place.optimumShare < 0.9 && knowsBest.value))

  return { list, sorted, chosen, shown, workflow, batch, isBatched, fault, collapsed }
}
