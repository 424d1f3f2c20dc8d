import { readTopology } from '@shared/formats'
import type { Topology } from '@shared/model/topology'
import { PRESETS, presetOf } from '@shared/presets'
import { computed, ref, shallowRef, watch } from 'vue'
import { useConnection } from '../services/connection'
import { useLibrary } from '../services/library'

/** Topologies by name, presets and one's own, and the one that is chosen, read. */
export function useTopologies() {
  const { client } = useConnection()
  const { documents } = useLibrary('topology')
  const presets = PRESETS.filter((preset) => preset.kind === 'topology').map((preset) => preset.id)
  const own = computed(() => documents.value.filter((card) => card.faults === 0).map((card) => card.name))
  const name = ref(presets[0])
  const topology = shallowRef<Topology>()

  watch(
    [name, documents],
    async ([wanted]) => {
      const card = documents.value.find((each) => each.name === wanted)
      const document = presetOf(wanted, 'topology') ?? (card && (await client.library.read({ id: card.id })).content)
      const read = readTopology(document)
      if (wanted === name.value) topology.value = read.ok ? read.value : undefined
    },
    { immediate: true }
  )
  return { presets, own, name, topology }
}
