import { byRule, type PlacingAlgorithm } from '../../../../src/main/learn/placing'

/** A fixed placement as somebody might add it tomorrow: one line beside its card. */
export const farthest: PlacingAlgorithm = {
  card: {
    id: 'farthest',
    title: 'Farthest',
    kind: 'fixed',
    look: { light: '#7a5230', dark: '#c99b74', dash: [1, 4], marker: 'bar', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'Every task runs on the last place there is.',
    reading: 'Planted by a test.',
    parameters: []
  },
  place: byRule(() => (episode, locations) => new Uint8Array(episode.tasks).fill(locations.length - 1))
}
