import { EXPLORING_METRICS } from '@shared/run/metrics'
import { BatchQ, checkBatchQ } from '../learn/batches/q'
import type { LearnedAlgorithm } from '../learn/learner'
import { algorithmOne, asSingles, networkOf } from './dmro'
import { singleNetworkOnGraphs, singleNetworkParameters } from './parameters'

export const doubleDqn: LearnedAlgorithm = {
  card: {
    id: 'double-dqn',
    title: 'Double DQN',
    kind: 'learned',
    look: { light: '#a18c00', dark: '#dcc932', dash: [3, 3], marker: 'square' },
    networks: { values: 'state-values', head: 'plain' },
    metrics: EXPLORING_METRICS,
    summary: 'The online network chooses the next place, the frozen one values it (H. van Hasselt et al. 2016).',
    reading: 'The paper calls it two identical networks; here it is the published method, which differs from DQN only in the target.',
    graphDefaults: singleNetworkOnGraphs,
    parameters: singleNetworkParameters
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'plain'),
  start: (backend, members) => algorithmOne(backend, asSingles(members), { target: 'double', head: 'plain' }),
  batches: {
    checkInitial: checkBatchQ('plain'),
    start: (backend, members) => new BatchQ(backend, asSingles(members), { target: 'double', head: 'plain' })
  }
}
