import { Genetic } from '@shared/model/search/genetic'
import { planBy } from '@shared/model/search/rules'
import { SEARCH_METRICS } from '@shared/run/metrics'
import { byModelSearch } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'
import { sharedParameters } from './parameters'

export const genetic: PlacingAlgorithm = {
  card: {
    id: 'genetic',
    title: 'Genetic',
    kind: 'heuristic',
    look: { light: '#9a5b8c', dark: '#d9a2cd', dash: [3, 2], marker: 'square', width: 1.5 },
    metrics: SEARCH_METRICS,
    summary: 'A population of placements: the better ones are recombined and mutated, generation after generation.',
    reading:
      'Not in the paper: the usual genetic algorithm (J. Holland 1975), all numbers ours: population 50, one member from EFT, tournaments of two, two-point crossover 0.9, mutation 1/N, two elites.',
    parameters: sharedParameters(['evaluations'])
  },
  place: byModelSearch(
    (outlook, { parameters, random }) =>
      new Genetic(outlook, { start: planBy(outlook, 'finish'), evaluations: Number(parameters.evaluations), random })
  )
}
