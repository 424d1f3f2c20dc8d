import { onTier } from '../learn/batches/rules'
import { byRule, type PlacingAlgorithm } from '../learn/placing'
import { bestSinglePlace } from './fixed-place'

export const cloudOnly: PlacingAlgorithm = {
  card: {
    id: 'cloud-only',
    title: 'Cloud only',
    kind: 'fixed',
    look: { light: '#1e90d2', dark: '#6cc6f7', dash: [1, 3], marker: 'circle', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'Every task of a workflow runs on one cloud.',
    reading: 'With several clouds each workflow uses the one that costs it least.',
    parameters: []
  },
  place: byRule(
    () => bestSinglePlace('cloud'),
    () => onTier('cloud')
  )
}
