import { randomStream } from '@shared/model/random'
import { SEARCH_METRICS } from '@shared/run/metrics'
import { sharedParameters } from '../../../../src/main/algorithms/parameters'
import type { PlacingAlgorithm, PlacingProgress } from '../../../../src/main/learn/placing'

/**
 * A search as somebody might add it tomorrow, without the help of `bySearch`: it lets others work between its steps, and keeps no checkpoint.
 * From everything on the device it tries random placements, one for every workflow a step.
 */
export const wandering: PlacingAlgorithm = {
  card: {
    id: 'wandering',
    title: 'Wandering',
    kind: 'heuristic',
    look: { light: '#5a3d8a', dark: '#a58ad6', dash: [3, 1], marker: 'arrow', hollow: true, width: 1.5 },
    metrics: SEARCH_METRICS,
    summary: 'The best of many random placements.',
    reading: 'Planted by a test.',
    parameters: sharedParameters(['evaluations'], { evaluations: 40 })
  },
  place({ episodes, parameters, seed }) {
    const random = randomStream(seed, 'action')
    async function* progress(): AsyncGenerator<PlacingProgress, void, void> {
      const costs = new Float64Array(episodes.length).fill(Infinity)
      for (let evaluations = 1; evaluations <= Number(parameters.evaluations); evaluations++) {
        const placements = new Map<number, Uint8Array>()
        for (const [x, episode] of episodes.entries()) {
          const { places, decisions } = episode.model
          const placement = new Uint8Array(decisions)
          if (evaluations > 1) for (let i = 0; i < placement.length; i++) placement[i] = random.below(places)
          const cost = episode.model.total(placement)
          if (cost >= costs[x]) continue
          costs[x] = cost
          placements.set(x, placement)
        }
        yield { placements, evaluations }
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    }
    return { progress: progress() }
  }
}
