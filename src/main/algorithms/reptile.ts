import { LEARNED_METRICS } from '@shared/run/metrics'
import type { ParameterTable } from '@shared/algorithms/parameters'
import { Ensemble } from '../learn/ensemble'
import type { LearnedAlgorithm } from '../learn/learner'
import { networkOf } from './dmro'
import { InnerLoops, outerFootprint, outerParameters } from './outer-model'
import { innerParameters } from './parameters'

/** Reptile: ψ goes a share of the way to where an inner loop has led. */
class Reptile extends InnerLoops {
  protected override update([step]: readonly number[]): void {
    const before = this.ensemble.snapshot()
    const online = towards(before.online, this.fast.snapshot().online, step)
    const { shape, units } = this.ensemble
    const moved = new Ensemble(this.backend, shape, units, { ...before, steps: before.steps + 1, online, target: online })
    this.ensemble.dispose()
    this.ensemble = moved
  }

  /** Falls in a line to 0 over the run. */
  protected override outerRates(): number[] {
    const left = 1 - (this.ensemble.steps * this.number('innerSteps')) / this.totalSteps
    return this.runs.map(() => this.number('outerStep') * Math.max(0, left))
  }
}

/** ψ ← ψ + ε (φ − ψ), A. Nichol, J. Achiam, J. Schulman 2018, algorithm 1. */
export function towards(psi: readonly Float32Array[], phi: readonly Float32Array[], step: number): Float32Array[] {
  return psi.map((weights, unit) => weights.map((value, i) => value + step * (phi[unit][i] - value)))
}

const parameters: ParameterTable = [
  ...outerParameters(['units', 'hidden', 'learnSteps', 'discount', 'batch']),
  ...innerParameters({ innerSteps: 10, innerRate: 0.02 }),
  {
    key: 'outerStep',
    label: 'Outer step',
    symbol: 'ε',
    type: 'number',
    default: 0.3,
    min: 0,
    max: 1,
    sentence: 'How far ψ moves towards what an inner loop found; falls linearly to 0 over the run.'
  }
]

const NEVER_READ = 'Reptile’s inner loop is plain gradient descent at the inner learning rate, and ψ moves by the outer step'

export const reptile: LearnedAlgorithm = {
  card: {
    id: 'reptile',
    title: 'Reptile',
    kind: 'learned',
    look: { light: '#5a5f7d', dark: '#a3a8c4', dash: [2, 2, 6, 2], marker: 'hexagon', hollow: true, width: 1.5 },
    networks: { values: 'state-values', head: 'plain' },
    metrics: LEARNED_METRICS,
    summary: 'Learns ψ by moving it towards where a few learn steps in a random environment lead (A. Nichol et al. 2018).',
    chainsOnly: 'its inner loops learn Q of chains',
    reading:
      'Inner loops are plain gradient descent on evenly drawn transitions of one environment per unit, by Double Q-learning; frozen values are ψ’s own. Its learning rate curve is the outer step.',
    parameters,
    removed: [
      { key: 'optimiser', default: 'adam', why: NEVER_READ },
      { key: 'learningRate', default: 0.01, why: NEVER_READ },
      { key: 'learningRateDecay', default: 'cosine', why: NEVER_READ },
      { key: 'finalLearningRate', default: 0.01, why: NEVER_READ },
      { key: 'targetCopy', default: 100, why: 'Reptile’s frozen values are ψ’s own' }
    ],
    needsEnvironments: true
  },
  network: (shape, values) => networkOf(shape, values, 'plain'),
  footprint: outerFootprint,
  start: (backend, members) => new Reptile(backend, members)
}
