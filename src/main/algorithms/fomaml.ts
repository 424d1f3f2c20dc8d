import { LEARNED_METRICS } from '@shared/run/metrics'
import type { LearnedAlgorithm } from '../learn/learner'
import { networkOf } from './dmro'
import { InnerLoops, outerFootprint, outerParameters, RATED } from './outer-model'
import { innerParameters } from './parameters'

/** First-order MAML: ψ follows the gradient found where an inner loop has led, on one more batch of the same environment. */
class FirstOrderMaml extends InnerLoops {
  protected override update(rates: readonly number[]): void {
    const query = this.drawAgain()
    const gradient = this.fast.gradientOf(query.transitions.states, query.gradient(this.fast))
    this.ensemble.follow(gradient, this.optimiser, this.perUnit(rates))
  }

  protected override outerRates(): number[] {
    return this.rates()
  }
}

export const fomaml: LearnedAlgorithm = {
  card: {
    id: 'fomaml',
    title: 'First-order MAML',
    kind: 'learned',
    look: { light: '#5a5f7d', dark: '#a3a8c4', dash: [10, 2, 2, 2], marker: 'triangle', hollow: true, width: 1.5 },
    networks: { values: 'state-values', head: 'plain' },
    metrics: LEARNED_METRICS,
    summary: 'Learns ψ by the gradient found after a few learn steps in a random environment (C. Finn et al. 2017, first order).',
    chainsOnly: 'its inner loops learn Q of chains',
    reading:
      'Inner loops are plain gradient descent on evenly drawn transitions of one environment per unit, by Double Q-learning whose frozen values are ψ’s own; second derivatives are left out, as the authors propose.',
    parameters: [
      ...outerParameters(RATED, { learnSteps: 6000, learningRate: 0.003 }),
      ...innerParameters({ innerSteps: 4, innerRate: 0.02 })
    ],
    removed: [{ key: 'targetCopy', default: 100, why: 'the frozen values of its inner loops are ψ’s own' }],
    needsEnvironments: true
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'plain'),
  footprint: outerFootprint,
  start: (backend, members) => new FirstOrderMaml(backend, members)
}
