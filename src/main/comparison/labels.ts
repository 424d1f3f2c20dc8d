import type { RunRow } from '@shared/contract/records'
import { apartTexts, versionedLabels } from '@shared/run/versionedLabels'
import { type Store, StoreError } from '../store'

/**
 * Rows under the labels by which their worlds are told apart: where several worlds of them share a scenario's label, each says the version
 * of the topology or workload in which it differs, or what else does.
 */
export function labelledRows(store: Store, rows: readonly RunRow[]): RunRow[] {
  const worlds = new Map(rows.map((row) => [row.world, row]))
  const sharing = [...Map.groupBy(worlds.values(), ({ scenario }) => scenario).values()].filter((some) => some.length > 1)
  if (sharing.length === 0) return [...rows]
  const apart = new Map(sharing.flatMap((some) => textsOf(store, some)))
  const labels = versionedLabels(rows, apart)
  return rows.map((row, i) => ({ ...row, scenario: labels[i] }))
}

/** What differs among worlds that share a label, by world. */
function textsOf(store: Store, rows: readonly RunRow[]): [world: string, text: string][] {
  const found = rows.flatMap(({ world, scenarioId }) => {
    try {
      return [{ world, scenario: store.scenarios.get(scenarioId) }]
    } catch (error) {
      // A damaged scenario is reported where it is opened; it is called by its world.
      if (error instanceof StoreError) return []
      throw error
    }
  })
  const texts = apartTexts(found.map(({ scenario }) => scenario))
  return found.map(({ world }, i) => [world, texts[i]])
}
