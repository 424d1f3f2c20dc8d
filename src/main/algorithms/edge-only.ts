import { onTier } from '../learn/batches/rules'
import { byRule, type PlacingAlgorithm } from '../learn/placing'
import { bestSinglePlace } from './fixed-place'

export const edgeOnly: PlacingAlgorithm = {
  card: {
    id: 'edge-only',
    title: 'Edge only',
    kind: 'fixed',
    look: { light: '#006b4c', dark: '#2f9a74', dash: [1, 3], marker: 'hexagon', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'Every task of a workflow runs on one edge server.',
    reading: 'With several edges each workflow uses the one that costs it least.',
    parameters: []
  },
  place: byRule(
    () => bestSinglePlace('edge'),
    () => onTier('edge')
  )
}
