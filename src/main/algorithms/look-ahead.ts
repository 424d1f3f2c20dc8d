import { planAhead } from '@shared/model/optimum'
import { byRule, type PlacingAlgorithm } from '../learn/placing'

export const lookAhead: PlacingAlgorithm = {
  card: {
    id: 'look-ahead',
    title: 'Look-ahead',
    kind: 'heuristic',
    look: { light: '#3d454f', dark: '#d2d8df', dash: [12, 3, 3, 3], marker: 'bar', width: 1.5 },
    isDeterministic: true,
    summary: 'Each task goes where an exact plan over the next h tasks puts it.',
    chainsOnly: 'it plans exactly over the next tasks of a chain',
    reading: 'Not in the paper: how far plain planning gets without learning.',
    parameters: [
      {
        key: 'horizon',
        common: true,
        label: 'Horizon',
        symbol: 'h',
        unit: 'tasks',
        type: 'integer',
        default: 4,
        min: 1,
        max: 1000,
        sentence: 'Tasks planned ahead exactly; 1 is greedy, the workflow’s length the optimum.'
      }
    ]
  },
  place: byRule((parameters) => (episode, locations) => planAhead(episode.costs, locations.length, Number(parameters.horizon)))
}
