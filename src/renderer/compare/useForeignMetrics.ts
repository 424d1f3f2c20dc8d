import { safe } from '@orpc/client'
import type { RunRow } from '@shared/contract/records'
import { type Ref, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'

/** The metrics that each foreign run has, by its id: rows do not tell, and what a tracker calls them no algorithm's card does. */
export function useForeignMetrics(rows: () => readonly RunRow[]): Readonly<Ref<ReadonlyMap<string, readonly string[]>>> {
  const { client } = useConnection()
  const known = shallowRef<ReadonlyMap<string, readonly string[]>>(new Map())
  watch(
    () =>
      rows()
        .filter((row) => row.foreign)
        .map(({ id, foreign }) => `${id} ${foreign?.importedAt}`)
        .join(),
    async (asked) => {
      const ids = asked === '' ? [] : asked.split(',').map((each) => each.slice(0, 8))
      const details = await Promise.all(ids.map((id) => safe(client.runs.get({ id }))))
      // One that cannot be read says so on its own page, and has no curves here.
      known.value = new Map(ids.map((id, i) => [id, details[i].data?.metrics.filter((metric) => metric !== 'speed') ?? []]))
    },
    { immediate: true }
  )
  return known
}
