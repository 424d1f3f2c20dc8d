import { useRouter } from 'vue-router'
import { text } from '../../ui/text'
import { useHistory } from '../../services/history'
import { type PaletteEntry, type PaletteSource, searchText } from './entry'

/** Experiments that were started, newest first: their runs. */
export function useExperimentEntries(): PaletteSource {
  const history = useHistory()
  const router = useRouter()
  return {
    heading: text.palette.experiments,
    entries: () => {
      const found = new Map<number, { name: string; runs: number }>()
      for (const { experimentId, experiment } of history.rows.values()) {
        const before = found.get(experimentId)
        found.set(experimentId, { name: experiment, runs: (before?.runs ?? 0) + 1 })
      }
      return [...found]
        .sort(([a], [b]) => b - a)
        .map<PaletteEntry>(([id, { name, runs }]) => ({
          id: `experiment-${id}`,
          label: name,
          hint: text.palette.ofExperiment(id, runs),
          icon: 'experiments',
          search: searchText(name, text.palette.ofExperiment(id, runs)),
          run: () => void router.push({ name: 'runs', query: { experiment: String(id) } })
        }))
    }
  }
}
