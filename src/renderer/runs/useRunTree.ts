import type { RunRow } from '@shared/contract/records'
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import { keptKeys } from '../services/kept'
import { useSystem } from '../services/system'
import type { Grouping } from './grouping'
import { linesOf, type TableLine } from './lines'
import { keepOrder, keysOf, type Sort, sortTree } from './order'
import { type Branch, treeBuilder } from './tree'

/** The runs that passed as lines: in sections and groups, in order, opened and closed. Under a pointer they keep their order. */
export function useRunTree(passed: Readonly<Ref<readonly RunRow[]>>, grouping: Readonly<Ref<Grouping>>, sort: Readonly<Ref<Sort>>) {
  const system = useSystem()
  const build = computed(() => treeBuilder(system.cards, grouping.value))
  const tree = computed(() => build.value(passed.value))

  const hovered = ref(false)
  const shownOrder = shallowRef<{ sort: Sort; keys: readonly string[] }>()
  const sorted = computed<Branch>(() => sortTree(tree.value, sort.value, system.cards))
  const ordered = computed<Branch>(() => {
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
  const lines = computed(() =>
    linesOf(ordered.value, {
      closed: closed.value,
      opened: opened.value,
      sort: sort.value,
      cards: system.cards,
      isFlat: grouping.value.isFlat
    })
  )

  function toggle(line: TableLine): void {
    const target = line.kind === 'section' ? closed : opened
    const next = new Set(target.value)
    if (!next.delete(line.key)) next.add(line.key)
    target.value = next
  }

  return { ordered, held, hovered, opened, lines, toggle }
}
