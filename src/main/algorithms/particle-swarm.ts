import { ParticleSwarm } from '@shared/model/search/particle-swarm'
import { planBy } from '@shared/model/search/rules'
import { SEARCH_METRICS } from '@shared/run/metrics'
import { byModelSearch } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'
import { sharedParameters } from './parameters'

export const particleSwarm: PlacingAlgorithm = {
  card: {
    id: 'particle-swarm',
    title: 'Particle swarm',
    kind: 'heuristic',
    look: { light: '#0d7f77', dark: '#63c7bf', dash: [1, 2], marker: 'triangle-down', hollow: true, width: 1.5 },
    metrics: SEARCH_METRICS,
    summary: 'Particles move through placements, drawn to the best that each and all of them have seen.',
    reading:
      'After the particle swarm of the related work, whose text was not to be had; our reading: positions in [0, K)^N with whole parts as places, inertia 0.7, both pulls 1.5, 50 particles, one from EFT (J. Kennedy and R. Eberhart 1995).',
    parameters: sharedParameters(['evaluations'])
  },
  place: byModelSearch(
    (outlook, { parameters, random }) =>
      new ParticleSwarm(outlook, { start: planBy(outlook, 'finish'), evaluations: Number(parameters.evaluations), random })
  )
}
