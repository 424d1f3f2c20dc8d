import { computed, type Ref } from 'vue'
import { kept } from '../services/kept'
import { type Drawing, endName, nodesByKey } from './drawing'

/** Finding nodes and links by name, tier or group. */
export function useSearch(drawing: Readonly<Ref<Drawing>>, selection: Readonly<Ref<ReadonlySet<string>>>, show: (keys: string[]) => void) {
  const search = kept('topology-search', '', (stored) => (typeof stored === 'string' ? stored : undefined))
  const matches = computed(() => {
    const wanted = search.value.trim().toLowerCase()
    if (wanted === '') return undefined
    const nodes = nodesByKey(drawing.value)
    const names = drawing.value.nodes.filter((node) => `${node.name} ${node.tier} ${node.group ?? ''}`.toLowerCase().includes(wanted))
    const links = drawing.value.links.filter((each) =>
      `${endName(nodes, each.from)} – ${endName(nodes, each.to)}`.toLowerCase().includes(wanted)
    )
    return new Set([...names, ...links].map((part) => part.key))
  })
  function findNext(): void {
    const keys = [...(matches.value ?? [])]
    if (keys.length > 0) show([keys[(keys.findIndex((key) => selection.value.has(key)) + 1) % keys.length]])
  }

  return { search, matches, findNext }
}
