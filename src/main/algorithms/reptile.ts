import { LEARNED_METRICS } from '@shared/experiment/metrics'
import type { ParameterTable } from '@shared/experiment/parameters'
import type { Backend } from '../learn/backend'
import { Ensemble } from '../learn/ensemble'
import type { LearnedAlgorithm } from '../learn/learner'
import { networkOf } from './dmro'
import { type Outer, outerModel, outerParameters } from './outer-model'
import { innerParameters } from './parameters'

const parameters: ParameterTable = [
  ...outerParameters(),
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

/** ψ ← ψ + ε (φ − ψ), A. Nichol, J. Achiam, J. Schulman 2018, algorithm 1. */
export function towards(psi: readonly Float32Array[], phi: readonly Float32Array[], step: number): Float32Array[] {
  return psi.map((weights, unit) => weights.map((value, i) => value + step * (phi[unit][i] - value)))
}

function moved(backend: Backend, { meta, fast }: Outer, step: number): Ensemble {
  const before = meta.snapshot()
  const online = towards(before.online, fast.snapshot().online, step)
  return new Ensemble(backend, meta.shape, meta.units, { ...before, steps: before.steps + 1, online, target: online })
}

export const reptile: LearnedAlgorithm = {
  card: {
    id: 'reptile',
    title: 'Reptile',
    kind: 'learned',
    metrics: LEARNED_METRICS,
    summary: 'Learns ψ by moving it towards where a few learn steps in a random environment lead (A. Nichol et al. 2018).',
    reading: 'Inner loops are plain gradient descent on evenly drawn transitions of one environment per unit; frozen values are ψ’s own.',
    parameters,
    needsEnvironments: true
  },
  network: (shape, values) => networkOf(shape, values, 'plain'),
  start: (backend, members) =>
    outerModel(backend, members, {
      innerSteps: (values) => Number(values.innerSteps),
      update: (outer, values) => {
        const left = 1 - (outer.meta.steps * Number(values.innerSteps)) / Number(values.learnSteps)
        return moved(backend, outer, Number(values.outerStep) * Math.max(0, left))
      }
    })
}
