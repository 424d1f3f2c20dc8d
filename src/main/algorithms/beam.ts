import { beamPlan } from '@shared/model/search/beam'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const beam: PlacingAlgorithm = {
  card: {
    id: 'beam',
    title: 'Beam by bound',
    kind: 'heuristic',
    look: { light: '#3b5b73', dark: '#9fc1d9', dash: [7, 2], marker: 'square', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'Follows the best states along the order of decisions by Q so far and a lower bound of the rest; dominated ones take no room.',
    reading: 'Not in the paper: what DMRO+ does on graphs, without what it has learned.',
    parameters: [
      {
        key: 'states',
        common: true,
        graphs: true,
        label: 'Beam',
        unit: 'states',
        type: 'integer',
        default: 32,
        min: 1,
        max: 1_000_000,
        sentence: 'States that are kept after each decision; wider plans are better and take longer.'
      }
    ]
  },
  place: byPlan((outlook, { states }) => beamPlan(outlook, { states: Number(states) }))
}
