import { matchingPlan } from '@shared/model/list/heuristics'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const sufferage: PlacingAlgorithm = {
  card: {
    id: 'sufferage',
    title: 'Sufferage',
    kind: 'heuristic',
    look: { light: '#5b3f8f', dash: [10, 2, 2, 2], dark: '#b39ddb', marker: 'cross', width: 1.5 },
    isDeterministic: true,
    summary: 'Of all ready tasks the one that would lose most at its second best place is placed next, where it ends first.',
    reading:
      'M. Maheswaran et al. 1999 for tasks that wait for each other; our reading: one task after another, chosen among ready tasks, of workflows released first. Tasks are booked by the world’s rule, contention included, in the heuristic’s order; the placement then runs in the world’s own order.',
    parameters: []
  },
  place: byPlan((outlook) => matchingPlan(outlook, 'sufferage'))
}
