import { lookAhead } from '@shared/model/optimum'
import type { RuleAlgorithm } from '../learn/learner'

export const greedy: RuleAlgorithm = {
  card: {
    id: 'greedy',
    title: 'Greedy',
    kind: 'heuristic',
    isDeterministic: true,
    summary: 'Each task goes where its own step cost F is least.',
    reading: 'Myopic: the paper’s local objective, eq. (14), without learning.',
    parameters: []
  },
  rule: () => (episode, locations) => lookAhead(episode.costs, locations.length, 1)
}
