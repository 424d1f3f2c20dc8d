import type { RunRow } from '@shared/contract/records'
import { RUN_STATUSES } from '@shared/run/lifecycle'
import { debouncedRef } from '@vueuse/core'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { type LocationQuery, type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import { useHistory } from '../services/history'
import { kept, keptKeys } from '../services/kept'
import { filterRuns, inView, readCondition, type RunFilter, VIEWS } from './filter'
import { type Grouping, isGrouping, variedParameters } from './grouping'
import { linesOf, type TableLine, tickOf } from './lines'
import { DEFAULT_SORT, keepOrder, readSort, type Sort, sortTree } from './order'
import { useViewState } from './useViewState'
import { type ScenarioNode, treeBuilder } from './tree'

type Query = LocationQuery | LocationQueryRaw

const listOf = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? value.split(',') : [])

/** The filter an address asks for; what it cannot mean is left out. */
function filterOf(query: Query): RunFilter {
  const states = listOf(query.state)
  return {
    view: VIEWS.find((view) => view === query.view) ?? 'all',
    words: typeof query.words === 'string' ? query.words : '',
    statuses: RUN_STATUSES.filter((status) => states.includes(status)),
    algorithms: listOf(query.scheme),
    experimentId: typeof query.experiment === 'string' && /^\d+$/.test(query.experiment) ? Number(query.experiment) : undefined
  }
}

function queryOf(filter: RunFilter): LocationQueryRaw {
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

const keysOf = (scenarios: readonly ScenarioNode[]) =>
  scenarios.flatMap((scenario) => [scenario.key, ...scenario.groups.map((group) => group.key)])

/**
 * The list of runs as it is looked at: filtered, grouped, sorted, opened and selected. The filter lives in the
 * address, so that a reload and the back button keep it.
 */
export function useRunList() {
  const history = useHistory()
  const route = useRoute()
  const router = useRouter()

  // Who comes back without naming a filter finds the list as it was left.
  const last = kept<Query>('runs-filter', {}, (stored) => (typeof stored === 'object' && stored !== null ? (stored as Query) : undefined))
  const filter = reactive<RunFilter>(filterOf(Object.keys(route.query).length > 0 ? route.query : last.value))
  const words = debouncedRef(
    computed(() => filter.words),
    WORD_PAUSE_MS
  )
  const sort = kept<Sort>('runs-sort', DEFAULT_SORT, readSort)
  const grouping = shallowRef<Grouping>('scenario')
  /** Undefined: the columns there is room for. */
  const columns = shallowRef<readonly string[]>()
  /** Why what is typed cannot be understood, as a sentence; the last that could be stays in force. */
  const fault = computed(() => {
    const parsed = readCondition(words.value)
    return parsed.ok ? undefined : parsed.fault
  })
  const understood = shallowRef('')
  watch(
    words,
    (written) => {
      if (readCondition(written).ok) understood.value = written
    },
    { immediate: true, flush: 'sync' }
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

  const build = computed(() => treeBuilder(grouping.value))
  const passed = computed(() => filterRuns(history.rows.values(), { ...filter, words: understood.value }))
  const tree = computed(() => build.value(passed.value))

  const hovered = ref(false)
  const shownOrder = shallowRef<{ sort: Sort; keys: readonly string[] }>()
  const sorted = computed<ScenarioNode[]>(() => sortTree(tree.value, sort.value))
  const ordered = computed<ScenarioNode[]>(() => {
    const before = shownOrder.value
    return hovered.value && before && before.sort === sort.value ? keepOrder(tree.value, before.keys) : sorted.value
  })
  /** The rows stand in another order than the head would have them, since a pointer rests on one. */
  const held = computed(() => ordered.value !== sorted.value && keysOf(ordered.value).join() !== keysOf(sorted.value).join())
  watch(
    ordered,
    (now) => {
      const keys = keysOf(now)
      const before = shownOrder.value
      if (before?.sort === sort.value && before.keys.join() === keys.join()) return
      shownOrder.value = { sort: sort.value, keys }
    },
    { immediate: true, flush: 'sync' }
  )

  const closed = keptKeys('runs-closed')
  const opened = keptKeys('runs-opened')
  const lines = computed(() => linesOf(ordered.value, closed.value, opened.value, sort.value))

  function toggle(line: TableLine): void {
    const target = line.kind === 'scenario' ? closed : opened
    const next = new Set(target.value)
    if (!next.delete(line.key)) next.add(line.key)
    target.value = next
  }

  const selected = shallowRef<ReadonlySet<string>>(new Set())
  // What is gone is no longer selected.
  watch(
    () => history.rows,
    (rows) => {
      if ([...selected.value].some((id) => !rows.has(id))) selected.value = new Set([...selected.value].filter((id) => rows.has(id)))
    }
  )
  const selectedRuns = computed<RunRow[]>(() => [...selected.value].flatMap((id) => history.rows.get(id) ?? []))
  const allTick = computed(() => (passed.value.length === 0 ? 'none' : tickOf(passed.value, selected.value)))

  function selectAll(): void {
    selected.value = allTick.value === 'all' ? new Set() : new Set(passed.value.map((row) => row.id))
  }

  const counts = computed(() => {
    const of = { all: 0, running: 0, queue: 0, attention: 0, pinned: 0, archived: 0 }
    for (const row of history.rows.values()) for (const view of VIEWS) if (inView(view, row)) of[view] += 1
    return of
  })
  /** Every algorithm there is a run of. */
  const algorithms = computed(() => [...new Set([...history.rows.values()].map((row) => row.algorithm))].sort())
  const experimentName = computed(() => {
    for (const row of history.rows.values()) if (row.experimentId === filter.experimentId) return row.experiment
    return filter.experimentId === undefined ? undefined : String(filter.experimentId)
  })
  const filtered = computed(
    () => filter.words !== '' || filter.statuses.length > 0 || filter.algorithms.length > 0 || filter.experimentId !== undefined
  )
  function clearFilter(): void {
    Object.assign(filter, { words: '', statuses: [], algorithms: [], experimentId: undefined })
  }

  /** A run's parameters never change: only new runs bring others. */
  const parameters = shallowRef<readonly string[]>([])
  watch(
    () => history.rows.size,
    () => {
      parameters.value = variedParameters(history.rows.values())
    },
    { immediate: true }
  )
  const viewState = useViewState({
    query: () => queryOf({ ...filter, words: understood.value }),
    group: grouping,
    columns,
    sort,
    apply: (query) => Object.assign(filter, filterOf(query)),
    isGrouping
  })

  return {
    ...viewState,
    grouping,
    columns,
    fault,
    parameters,
    filter,
    filtered,
    clearFilter,
    sort,
    hovered,
    passed,
    lines,
    toggle,
    selected,
    selectedRuns,
    allTick,
    selectAll,
    counts,
    algorithms,
    experimentName,
    opened,
    ordered,
    held
  }
}
