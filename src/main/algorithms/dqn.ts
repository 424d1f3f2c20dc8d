import { EXPLORING_METRICS } from '@shared/run/metrics'
import { BatchQ, checkBatchQ } from '../learn/batches/q'
import type { LearnedAlgorithm } from '../learn/learner'
import { algorithmOne, asSingles, networkOf } from './dmro'
import { singleNetworkOnGraphs, singleNetworkParameters } from './parameters'

export const dqn: LearnedAlgorithm = {
  card: {
    id: 'dqn',
    title: 'DQN',
    kind: 'learned',
    look: { light: '#8a2f63', dark: '#b06f92', dash: [7, 3], marker: 'triangle' },
    networks: { values: 'state-values', head: 'plain' },
    metrics: EXPLORING_METRICS,
    summary: 'One Q-network with a frozen target (V. Mnih et al. 2015).',
    reading: 'Algorithm 1 with a single unit, whose proposal is always followed; its reward is −F.',
    graphDefaults: singleNetworkOnGraphs,
    parameters: singleNetworkParameters
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'plain'),
  start: (backend, members) => algorithmOne(backend, asSingles(members), { target: 'max', head: 'plain' }),
  batches: {
    checkInitial: checkBatchQ('plain'),
    start: (backend, members) => new BatchQ(backend, asSingles(members), { target: 'max', head: 'plain' })
  }
}
