import { peftPlan } from '@shared/model/list/heuristics'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const peft: PlacingAlgorithm = {
  card: {
    id: 'peft',
    title: 'PEFT',
    kind: 'heuristic',
    look: { light: '#a04a1c', dark: '#e59a6f', dash: [6, 3, 1, 3], marker: 'hexagon', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'Each task goes where its end and an optimistic table of what must follow come to the least.',
    reading:
      'H. Arabnejad and J. Barbosa 2014; our reading: a return ends at the device, and workflows released first come first. As published it plans by gaps between tasks and by routes without contention; the world then runs its placement by its own rule and order, which fills no gaps.',
    parameters: []
  },
  place: byPlan(peftPlan)
}
