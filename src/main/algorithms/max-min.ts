import { matchingPlan } from '@shared/model/list/heuristics'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const maxMin: PlacingAlgorithm = {
  card: {
    id: 'max-min',
    title: 'Max–min',
    kind: 'heuristic',
    look: { light: '#1d4f91', dark: '#86aee0', dash: [3, 3, 8, 3], marker: 'triangle-down', width: 1.5 },
    isDeterministic: true,
    summary: 'Of all ready tasks the one whose earliest end is latest is placed next, where it ends first.',
    reading:
      'M. Maheswaran et al. 1999 for tasks that wait for each other: chosen among ready tasks, of workflows released first. Tasks are booked by the world’s rule, contention included, in the heuristic’s order; the placement then runs in the world’s own order.',
    parameters: []
  },
  place: byPlan((outlook) => matchingPlan(outlook, 'max-min'))
}
