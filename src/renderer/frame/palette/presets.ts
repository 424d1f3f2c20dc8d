import type { PresetCard } from '@shared/contract/experiments'
import { shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { text } from '../../ui/text'
import { useConnection } from '../../services/connection'
import { type PaletteEntry, type PaletteSource, searchText } from './entry'

/** Presets of experiments: the page where they are started, at their card. */
export function usePresetEntries(): PaletteSource {
  const { client, state } = useConnection()
  const router = useRouter()
  const presets = shallowRef<readonly PresetCard[]>([])

  async function read(): Promise<void> {
    try {
      presets.value = await client.experiments.presets({})
    } catch {
      // The line broke while asking; it is asked again when one is open.
    }
  }
  watch(state, (now) => now === 'open' && presets.value.length === 0 && void read(), { immediate: true })

  return {
    heading: text.palette.presets,
    entries: () =>
      presets.value.map<PaletteEntry>(({ id, name, runs }) => ({
        id: `preset-${id}`,
        label: name,
        hint: text.palette.ofPreset(id, runs),
        icon: 'file',
        search: searchText(name, id),
        run: () => void router.push({ name: 'experiments', query: { preset: id } })
      }))
  }
}
