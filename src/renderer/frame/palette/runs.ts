import { useRouter } from 'vue-router'
import { plain } from '@shared/format'
import { text } from '../../ui/text'
import { useHistory } from '../../services/history'
import { runName } from '../../services/names'
import { type PaletteEntry, type PaletteSource, searchText } from './entry'

/** Every run, newest first. */
export function useRunEntries(): PaletteSource {
  const history = useHistory()
  const router = useRouter()
  return {
    heading: text.palette.runs,
    entries: () =>
      [...history.rows.values()].reverse().map<PaletteEntry>((row) => {
        const label = runName(row)
        // Scenarios of a sweep bear their weight in their name.
        const delta = row.facts && !row.scenario.includes('δ') ? text.algorithm.weight(plain(row.facts.energyWeight)) : undefined
        const hint = [row.scenario, delta, row.id].filter((part) => part !== undefined).join(' · ')
        return {
          id: `run-${row.id}`,
          label,
          hint,
          icon: 'runs',
          search: searchText(label, hint, row.experiment),
          run: () => void router.push({ name: 'run', params: { id: row.id } })
        }
      })
  }
}
