import { EXPLORING_METRICS } from '@shared/run/metrics'
import { BatchQ, checkBatchQ } from '../learn/batches/q'
import type { LearnedAlgorithm } from '../learn/learner'
import { algorithmOne, asSingles, networkOf } from './dmro'
import { singleNetworkOnGraphs, singleNetworkParameters } from './parameters'

export const duelingDqn: LearnedAlgorithm = {
  card: {
    id: 'dueling-dqn',
    title: 'Dueling DQN',
    kind: 'learned',
    look: { light: '#2497a0', dark: '#70bdbd', dash: [8, 3, 2, 3], marker: 'triangle-down' },
    networks: { values: 'state-values', head: 'dueling' },
    metrics: EXPLORING_METRICS,
    summary: 'The network splits into a state value and advantages (Z. Wang et al. 2016).',
    reading: 'The paper’s text describes prioritised replay; this is the published dueling head on an otherwise equal DQN.',
    graphDefaults: singleNetworkOnGraphs,
    parameters: singleNetworkParameters
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'dueling'),
  start: (backend, members) => algorithmOne(backend, asSingles(members), { target: 'max', head: 'dueling' }),
  batches: {
    checkInitial: checkBatchQ('dueling'),
    start: (backend, members) => new BatchQ(backend, asSingles(members), { target: 'max', head: 'dueling' })
  }
}
