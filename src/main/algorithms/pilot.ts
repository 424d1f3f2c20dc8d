import { pilotPlan } from '@shared/model/search/pilot'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const pilot: PlacingAlgorithm = {
  card: {
    id: 'pilot',
    title: 'Pilot',
    kind: 'heuristic',
    look: { light: '#4b5563', dark: '#c3cad2', dash: [9, 3], marker: 'diamond', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'For each place of a task the rest is completed in several ways; the best plan seen is followed.',
    reading:
      'Not in the paper: the pilot method (S. Voß et al. 2005) over K + 2 completions: all the rest at one place, by EFT, by EFT with tail.',
    parameters: []
  },
  place: byPlan(pilotPlan)
}
