import { planBy } from '@shared/model/search/rules'
import { outlookOfEpisode } from '../learn/batches/searching'
import { planAhead } from '@shared/model/optimum'
import { byRule, type PlacingAlgorithm } from '../learn/placing'

export const greedy: PlacingAlgorithm = {
  card: {
    id: 'greedy',
    title: 'Greedy',
    kind: 'heuristic',
    look: { light: '#626c79', dark: '#a9b2bd', dash: [10, 4], marker: 'arrow', width: 1.5 },
    isDeterministic: true,
    summary: 'Each task goes where its own step cost F is least.',
    reading: 'Myopic: the paper’s local objective, eq. (14), without learning.',
    parameters: []
  },
  place: byRule(
    () => (episode, locations) => planAhead(episode.costs, locations.length, 1),
    () => (sight) => planBy(outlookOfEpisode(sight), 'cost').placement
  )
}
