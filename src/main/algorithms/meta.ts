import { LEARNED_METRICS } from '@shared/experiment/metrics'
import type { LearnedAlgorithm } from '../learn/learner'
import { networkOf } from './dmro'
import { outerModel, outerParameters } from './outer-model'

export const meta: LearnedAlgorithm = {
  card: {
    id: 'meta',
    title: 'Meta (Algorithm 2)',
    kind: 'learned',
    metrics: LEARNED_METRICS,
    summary: 'Learns the meta-parameters ψ that inner models start from: every replay batch comes from a random environment of the set.',
    reading:
      'Each unit’s batch is drawn from one environment, chosen again every learn step; previous place and action are drawn evenly instead of ε-greedily, so that no environment stays where it began. ψ is one network per unit.',
    parameters: outerParameters(),
    needsEnvironments: true
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'plain'),
  start: (backend, members) => outerModel(backend, members, { innerSteps: () => 1, update: ({ meta }) => meta })
}
