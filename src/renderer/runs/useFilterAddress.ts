import { RUN_STATUSES } from '@shared/run/lifecycle'
import { debouncedRef } from '@vueuse/core'
import { computed, reactive, type Ref, watch } from 'vue'
import { type LocationQuery, type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import { kept } from '../services/kept'
import { type RunFilter, VIEWS } from './filter'

type Query = LocationQuery | LocationQueryRaw

const listOf = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? value.split(',') : [])

/** The filter an address asks for; what it cannot mean is left out. */
export function filterOf(query: Query): RunFilter {
  const states = listOf(query.state)
  return {
    view: VIEWS.find((view) => view === query.view) ?? 'all',
    words: typeof query.words === 'string' ? query.words : '',
    statuses: RUN_STATUSES.filter((status) => states.includes(status)),
    algorithms: listOf(query.scheme),
    experimentId: typeof query.experiment === 'string' && /^\d+$/.test(query.experiment) ? Number(query.experiment) : undefined
  }
}

export function queryOf(filter: RunFilter): LocationQueryRaw {
  return {
    ...(filter.view !== 'all' && { view: filter.view }),
    ...(filter.words && { words: filter.words }),
    ...(filter.statuses.length > 0 && { state: filter.statuses.join(',') }),
    ...(filter.algorithms.length > 0 && { scheme: filter.algorithms.join(',') }),
    ...(filter.experimentId !== undefined && { experiment: String(filter.experimentId) })
  }
}

/** Letters that follow each other as fast as a held key are taken together; between two of a typist's there is time to filter. */
const WORD_PAUSE_MS = 16

/** The filter of the list, which lives in the address, so that a reload and the back button keep it; `words` are its words a moment later. */
export function useFilterAddress(): { filter: RunFilter; words: Readonly<Ref<string>> } {
  const route = useRoute()
  const router = useRouter()
  // Who comes back without naming a filter finds the list as it was left.
  const last = kept<Query>('runs-filter', {}, (stored) => (typeof stored === 'object' && stored !== null ? (stored as Query) : undefined))
  const filter = reactive<RunFilter>(filterOf(Object.keys(route.query).length > 0 ? route.query : last.value))
  const words = debouncedRef(
    computed(() => filter.words),
    WORD_PAUSE_MS
  )

  // The address follows the filter, and the filter an address that came from elsewhere: a link, the back button.
  let written = JSON.stringify(queryOf(filterOf(route.query)))
  watch(
    () => queryOf({ ...filter, words: words.value }),
    // At once: later it might replace a navigation to a run that was made in the meantime.
    (query) => {
      last.value = query
      const next = JSON.stringify(query)
      if (next === written || route.name !== 'runs') return
      written = next
      void router.replace({ name: 'runs', query })
    },
    { immediate: true }
  )
  watch(
    () => route.query,
    (query) => {
      if (route.name !== 'runs') return
      const wanted = filterOf(query)
      const asked = JSON.stringify(queryOf(wanted))
      if (asked === written) return
      written = asked
      Object.assign(filter, wanted)
    }
  )
  return { filter, words }
}
