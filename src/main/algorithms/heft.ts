import { heftPlan } from '@shared/model/list/heuristics'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const heft: PlacingAlgorithm = {
  card: {
    id: 'heft',
    title: 'HEFT',
    kind: 'heuristic',
    look: { light: '#7a5230', dark: '#d0a377', dash: [8, 2, 2, 2, 2, 2], marker: 'square', width: 1.5 },
    isDeterministic: true,
    summary: 'Each task, in the order of upward ranks, goes where it ends first, gaps between earlier tasks included.',
    reading:
      'H. Topcuoglu et al. 2002, the ranks those of the world’s order. As published it plans by gaps between tasks and by routes without contention; the world then runs its placement by its own rule and order, which fills no gaps. On round trips nothing is inserted: it is EFT there.',
    parameters: []
  },
  place: byPlan(heftPlan)
}
