import { LEARNED_METRICS } from '@shared/experiment/metrics'
import type { LearnedAlgorithm } from '../learn/learner'
import { networkOf } from './dmro'
import { outerModel, outerParameters } from './outer-model'
import { innerParameters } from './parameters'

export const fomaml: LearnedAlgorithm = {
  card: {
    id: 'fomaml',
    title: 'First-order MAML',
    kind: 'learned',
    metrics: LEARNED_METRICS,
    summary: 'Learns ψ by the gradient found after a few learn steps in a random environment (C. Finn et al. 2017, first order).',
    reading:
      'Inner loops are plain gradient descent on evenly drawn transitions of one environment per unit; second derivatives are left out, as the authors propose.',
    parameters: [...outerParameters({ learnSteps: 6000, learningRate: 0.003 }), ...innerParameters({ innerSteps: 4, innerRate: 0.02 })],
    needsEnvironments: true
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'plain'),
  start: (backend, members) =>
    outerModel(backend, members, {
      innerSteps: (parameters) => Number(parameters.innerSteps),
      update: ({ meta, fast, optimiser, rates, draw }, parameters) => {
        const query = draw()
        meta.follow(fast.gradientOf(query.transitions.states, query.gradient(fast)), optimiser, rates)
        if (meta.steps % Math.max(1, Math.round(Number(parameters.targetCopy) / Number(parameters.innerSteps))) === 0) meta.copyToTarget()
        return meta
      }
    })
}
