import { planBy } from '@shared/model/search/rules'
import { byPlan } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'

export const eftTail: PlacingAlgorithm = {
  card: {
    id: 'eft-tail',
    title: 'EFT with tail',
    kind: 'heuristic',
    look: { light: '#6f7884', dark: '#9aa4af', dash: [6, 2, 2, 2], marker: 'bar', hollow: true, width: 1.5 },
    isDeterministic: true,
    summary: 'Each task goes where its finish, the least that must follow it and its energy come to the least Q.',
    reading: 'Not in the paper: EFT that also looks at the contention-free way to the end of the workflow and at energy.',
    parameters: []
  },
  place: byPlan((outlook) => planBy(outlook, 'tail'))
}
