import { atRandom } from '../learn/batches/rules'
import { byRule, type PlacingAlgorithm } from '../learn/placing'

export const random: PlacingAlgorithm = {
  card: {
    id: 'random',
    title: 'Random',
    kind: 'heuristic',
    look: { light: '#858e9a', dark: '#7f8996', dash: [2, 5], marker: 'cross', width: 1.5 },
    summary: 'Each task goes to a place drawn evenly from those its data can reach.',
    reading: 'Not in the paper: what a policy must beat to have learned anything.',
    parameters: []
  },
  place: byRule(
    () => (episode, locations, stream) => {
      const K = locations.length
      const placement = new Uint8Array(episode.tasks)
      for (let i = 0, previous = 0; i < episode.tasks; i++) {
        let place = stream.below(K)
        while (episode.costs[(i * K + previous) * K + place] === Infinity) place = stream.below(K)
        previous = placement[i] = place
      }
      return placement
    },
    () => atRandom
  )
}
