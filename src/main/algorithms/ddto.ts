import { LEARNED_METRICS } from '@shared/run/metrics'
import type { LearnedAlgorithm } from '../learn/learner'
import { wholeNetwork } from '../learn/proposing'
import type { StateShape } from '../learn/state'
import type { WholeKind } from '../learn/whole'
import { proposerParameters, proposers, WHOLE_CHAINS } from './ddlo'

/** With three places two questions a task; the softmax of DDLO with any other number. */
const kindOf = ({ places }: StateShape): WholeKind => (places === 3 ? 'placement-questions' : 'placement-logits')

export const ddto: LearnedAlgorithm = {
  card: {
    id: 'ddto',
    title: 'DDTO',
    kind: 'learned',
    look: { light: '#2b8a57', dark: '#82d6a6', dash: [3, 3], marker: 'triangle-down' },
    networks: { values: 'placement-questions', head: 'plain' },
    metrics: LEARNED_METRICS,
    chainsOnly: WHOLE_CHAINS,
    summary: 'DDLO that answers two questions for each task: whether it leaves the device, and for which of the other two places.',
    reading:
      'After H. Wu et al. 2020 (IEEE Internet of Things Journal 7(9), 8099), of which only the abstract was to be had: parallel networks over device, edge and cloud, the best decision in a shared memory. The two questions are our reading, the second asked of tasks that leave; with other than three places it is DDLO, whose numbers it has.',
    parameters: proposerParameters
  },
  network: (shape, parameters) => wholeNetwork(shape, parameters, kindOf(shape)),
  start: (backend, members) => proposers(backend, members, kindOf)
}
