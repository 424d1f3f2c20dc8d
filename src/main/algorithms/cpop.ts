import { cpopPlan } from '@shared/model/list/heuristics'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const cpop: PlacingAlgorithm = {
  card: {
    id: 'cpop',
    title: 'CPOP',
    kind: 'heuristic',
    look: { light: '#8c6d1f', dark: '#d9bd6a', dash: [2, 2], marker: 'diamond', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'The critical path of each workflow runs at one place, every other task where it ends first.',
    reading:
      'H. Topcuoglu et al. 2002; our reading: each workflow of a batch has a critical path of its own, and workflows released first come first. As published it plans by gaps between tasks and by routes without contention; the world then runs its placement by its own rule and order, which fills no gaps.',
    parameters: []
  },
  place: byPlan(cpopPlan)
}
