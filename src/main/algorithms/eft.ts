import { planBy } from '@shared/model/search/rules'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const eft: PlacingAlgorithm = {
  card: {
    id: 'eft',
    title: 'EFT',
    kind: 'heuristic',
    look: { light: '#55606e', dark: '#b6bec8', dash: [4, 2, 1, 2], marker: 'arrow', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'Each task, in the order of upward ranks, goes where it ends first.',
    reading: 'Not in the paper: earliest finish time in the world’s own order, the list heuristics’ common core; energy is not looked at.',
    parameters: []
  },
  place: byPlan((outlook) => planBy(outlook, 'finish'))
}
