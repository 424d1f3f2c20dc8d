import type { RuleAlgorithm } from '../learn/learner'

export const localOnly: RuleAlgorithm = {
  card: {
    id: 'local-only',
    title: 'Local only',
    kind: 'fixed',
    isDeterministic: true,
    summary: 'Every task stays on its own device.',
    reading: 'As in the text.',
    parameters: []
  },
  rule: () => (episode) => new Uint8Array(episode.tasks)
}
