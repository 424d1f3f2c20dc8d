import type { RunRow } from '@shared/contract/records'
import { completionsOf } from '@shared/conditions/completion'
import { computed, shallowRef, watch } from 'vue'
import { useHistory } from '../services/history'
import { kept } from '../services/kept'
import { useSystem } from '../services/system'
import type { Widths } from './columns'
import { filterRuns, inView, readCondition, VIEWS } from './filter'
import { DEFAULT_GROUPING, type Grouping, variedParameters } from './grouping'
import { tickOf } from './lines'
import type { OwnChoice } from './ownChart'
import { DEFAULT_SORT, readSort, type Sort } from './order'
import { filterOf, queryOf, useFilterAddress } from './useFilterAddress'
import { useRunTree } from './useRunTree'
import { useViewState } from './useViewState'

/** The list of runs as it is looked at: filtered, grouped, sorted, opened and selected. */
export function useRunList() {
  const history = useHistory()
  const system = useSystem()
  const { filter, words } = useFilterAddress()
  const sort = kept<Sort>('runs-sort', DEFAULT_SORT, readSort)
  const grouping = shallowRef<Grouping>(DEFAULT_GROUPING)
  /** In order. Undefined: the columns there is room for. */
  const columns = shallowRef<readonly string[]>()
  const widths = shallowRef<Widths>({})
  /** The chart above the table, where there is one. */
  const chart = shallowRef<OwnChoice>()

  /** Why what is typed cannot be understood, as a sentence. It then filters nothing out, and the sentence says so. */
  const fault = computed(() => {
    const parsed = readCondition(words.value, system.cards)
    return parsed.ok ? undefined : parsed.fault
  })
  const passed = computed(() => filterRuns(history.rows.values(), { ...filter, words: words.value }, system.cards))
  const complete = (written: string, caret: number) => completionsOf(written, caret, history.rows.values(), system.cards)
  const tree = useRunTree(passed, grouping, sort)

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
    query: () => queryOf({ ...filter, words: words.value }),
    grouping,
    columns,
    widths,
    chart,
    sort,
    apply: (query) => Object.assign(filter, filterOf(query))
  })

  return {
    ...viewState,
    ...tree,
    grouping,
    columns,
    widths,
    chart,
    fault,
    complete,
    parameters,
    filter,
    filtered,
    clearFilter,
    sort,
    passed,
    selected,
    selectedRuns,
    allTick,
    selectAll,
    counts,
    algorithms,
    experimentName
  }
}
