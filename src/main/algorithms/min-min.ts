import { matchingPlan } from '@shared/model/list/heuristics'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const minMin: PlacingAlgorithm = {
  card: {
    id: 'min-min',
    title: 'Min–min',
    kind: 'heuristic',
    look: { light: '#2a6a7c', dark: '#7fbfd0', dash: [5, 2, 1, 2, 1, 2], marker: 'triangle', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'Of all ready tasks the one that can end first is placed next, where it ends first.',
    reading:
      'M. Maheswaran et al. 1999 for tasks that wait for each other: chosen among ready tasks, of workflows released first. Tasks are booked by the world’s rule, contention included, in the heuristic’s order; the placement then runs in the world’s own order.',
    parameters: []
  },
  place: byPlan((outlook) => matchingPlan(outlook, 'min-min'))
}
