import type { RunRow } from '@shared/contract/records'
import { versionedLabels } from '@shared/run/versionedLabels'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useConnection } from './connection'
import { useHistory } from './history'

type Labelled = Pick<RunRow, 'scenario' | 'world'>

const keyOf = ({ scenario, world }: Labelled) => `${world}\n${scenario}`
/** As many as the program compares at once. */
const MOST_COMPARED = 50

/**
 * What the worlds of runs are called: their scenario's label, and where several worlds share one, the version of the topology or workload
 * in which they differ, or what else does.
 */
export const useWorldLabels = defineStore('worldLabels', () => {
  const { client } = useConnection()
  const history = useHistory()
  /** What differs, by world; asked for once for worlds that share a label. */
  const apart = shallowRef<ReadonlyMap<string, string>>(new Map())

  /** One run of each world, of labels that several worlds share. */
  const shared = computed<readonly (readonly RunRow[])[]>(() => {
    const labels = new Map<string, Map<string, RunRow>>()
    for (const row of history.rows.values()) {
      const worlds = labels.get(row.scenario) ?? new Map<string, RunRow>()
      labels.set(row.scenario, worlds)
      if (!worlds.has(row.world)) worlds.set(row.world, row)
    }
    return [...labels.values()].filter((worlds) => worlds.size > 1).map((worlds) => [...worlds.values()])
  })
  const names = computed(() => {
    const rows = shared.value.flat()
    const labels = versionedLabels(rows, apart.value)
    return new Map(rows.map((row, i) => [keyOf(row), labels[i]]))
  })

  watch(
    () => shared.value.map((rows) => rows.map(({ scenarioId }) => scenarioId).join()).join('\n'),
    async () => {
      const found = new Map(apart.value)
      for (const rows of shared.value) {
        const asked = rows.slice(0, MOST_COMPARED)
        if (asked.every(({ world }) => found.has(world))) continue
        try {
          const texts = await client.lineage.apart({ scenarios: asked.map(({ scenarioId }) => scenarioId) })
          const worldOf = new Map(asked.map(({ scenarioId, world }) => [scenarioId, world]))
          for (const { scenario, text } of texts) found.set(worldOf.get(scenario) ?? '', text)
        } catch {
          // The connection broke: worlds are called by their versions alone until the runs change again.
        }
      }
      apart.value = found
    },
    { immediate: true }
  )

  /** What a run's world is called. */
  function labelOf(row: Labelled): string {
    return names.value.get(keyOf(row)) ?? row.scenario
  }

  return { labelOf }
})
