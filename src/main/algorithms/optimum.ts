import { referencePlacement } from '@shared/model/assessment'
import { viterbi } from '@shared/model/optimum'
import { byRule, type PlacingAlgorithm } from '../learn/placing'

export const optimum: PlacingAlgorithm = {
  card: {
    id: 'optimum',
    title: 'Optimum',
    kind: 'reference',
    look: { light: '#14181d', dark: '#e7eaee', dash: [4, 4], marker: 'none', width: 1.25 },
    isDeterministic: true,
    summary: 'The exact optimum by Viterbi dynamic programming, of graphs the best that is known: the reference of all gaps.',
    reading:
      'The paper calls the problem NP-hard; without contention a chain’s cost adds up over neighbours, so it is not. On streams it alone knows what is released later.',
    parameters: []
  },
  place: byRule(
    () => (episode, locations) => viterbi(episode.costs, locations.length).placement,
    () =>
      ({ model }) =>
        referencePlacement(model),
    { clairvoyant: true }
  )
}
