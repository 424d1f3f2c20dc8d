import { viterbi } from '@shared/model/optimum'
import { byRule, type PlacingAlgorithm } from '../../../../src/main/learn/placing'

/** A reference as somebody might add it tomorrow. */
export const secondOptimum: PlacingAlgorithm = {
  card: {
    id: 'second-optimum',
    title: 'Second optimum',
    kind: 'reference',
    look: { light: '#30507a', dark: '#7498c9', dash: [4, 4, 1, 4], marker: 'none', width: 1.25 },
    isDeterministic: true,
    summary: 'The exact optimum once more.',
    reading: 'Planted by a test.',
    parameters: []
  },
  place: byRule(() => (episode, locations) => viterbi(episode.costs, locations.length).placement)
}
