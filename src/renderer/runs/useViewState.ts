import type { SavedView, ViewState } from '@shared/contract/views'
import { useDebounceFn } from '@vueuse/core'
import { computed, type ShallowRef, watch } from 'vue'
import type { LocationQueryRaw } from 'vue-router'
import { bounded, type Widths } from './columns'
import { choiceText, type OwnChoice, readChoice } from './ownChart'
import { type Grouping, groupingText, readGrouping } from './grouping'
import { DEFAULT_SORT, readSort, type Sort } from './order'
import { useViews } from './useViews'

/** What of the list a view remembers, and how the list takes one on. */
interface Looks {
  query(): LocationQueryRaw
  grouping: ShallowRef<Grouping>
  columns: ShallowRef<readonly string[] | undefined>
  widths: ShallowRef<Widths>
  sort: ShallowRef<Sort>
  chart: ShallowRef<OwnChoice | undefined>
  apply(query: Record<string, string>): void
}

/** The view of the list as one value: to be saved by name, taken on again, and kept for the next start. */
export function useViewState(looks: Looks) {
  const views = useViews()

  const current = computed<ViewState>(() => ({
    query: Object.fromEntries(Object.entries(looks.query()).map(([key, value]) => [key, String(value)])),
    group: groupingText(looks.grouping.value),
    ...(looks.columns.value && { columns: [...looks.columns.value] }),
    ...(Object.keys(looks.widths.value).length > 0 && { widths: { ...looks.widths.value } }),
    ...(looks.chart.value && { chart: choiceText(looks.chart.value) }),
    sort: looks.sort.value
  }))

  /** Grouping, columns and order; the filter is the address's. */
  function arrange({ group, columns, widths = {}, chart, sort }: ViewState): void {
    looks.grouping.value = readGrouping(group)
    looks.columns.value = columns
    looks.chart.value = readChoice(chart)
    looks.widths.value = Object.fromEntries(Object.entries(widths).map(([key, pixels]) => [key, bounded(pixels)]))
    looks.sort.value = readSort(sort) ?? DEFAULT_SORT
  }

  let arranged = false
  watch(
    () => views.last,
    (last) => {
      if (arranged || last === undefined) return
      arranged = true
      if (last) arrange(last)
    },
    { immediate: true }
  )
  const keep = useDebounceFn((state: ViewState) => views.keepLast(state), 400)
  watch(current, (now, before) => {
    if (arranged && JSON.stringify(now) !== JSON.stringify(before) && JSON.stringify(now) !== JSON.stringify(views.last)) void keep(now)
  })

  function show(view: SavedView): void {
    arrange(view.state)
    looks.apply(view.state.query)
  }
  /** The saved view that is looked at, if it is one. */
  const shownView = computed(() => views.views.find(({ state }) => JSON.stringify(sorted(state)) === JSON.stringify(sorted(current.value))))
  return { views, current, show, shownView }
}

/** Keys in one order, so that equal states are equal text. */
const sorted = ({ query, group, columns, widths = {}, chart, sort }: ViewState) => [
  Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1)),
  group,
  columns ?? null,
  chart ?? null,
  Object.entries(widths).sort(([a], [b]) => (a < b ? -1 : 1)),
  [sort.key, sort.descending]
]
