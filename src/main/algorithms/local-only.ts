import { onDevice } from '../learn/batches/rules'
import { byRule, type PlacingAlgorithm } from '../learn/placing'

export const localOnly: PlacingAlgorithm = {
  card: {
    id: 'local-only',
    title: 'Local only',
    kind: 'fixed',
    look: { light: '#bd7d0a', dark: '#f2aa32', dash: [1, 3], marker: 'square', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'Every task stays on its own device.',
    reading: 'As in the text.',
    parameters: []
  },
  place: byRule(
    () => (episode) => new Uint8Array(episode.tasks),
    () => onDevice
  )
}
