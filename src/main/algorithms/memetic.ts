import { Memetic } from '@shared/model/search/memetic'
import { planBy } from '@shared/model/search/rules'
import { SEARCH_METRICS } from '@shared/run/metrics'
import { byModelSearch } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'
import { sharedParameters } from './parameters'

export const memetic: PlacingAlgorithm = {
  card: {
    id: 'memetic',
    title: 'Memetic',
    kind: 'heuristic',
    look: { light: '#6b7a1a', dark: '#c6d36b', dash: [4, 2], marker: 'hexagon', width: 1.5 },
    metrics: SEARCH_METRICS,
    summary: 'A genetic algorithm whose best placements are improved by moving single tasks.',
    reading:
      'After M. Goudarzi et al. 2020 (IEEE Transactions on Mobile Computing), of which only the abstract was to be had; all numbers are our reading: the genetic algorithm beside it, with first improvement by moves of one task for the best tenth of each generation.',
    parameters: sharedParameters(['evaluations'])
  },
  place: byModelSearch(
    (outlook, { parameters, random }) =>
      new Memetic(outlook, { start: planBy(outlook, 'finish'), evaluations: Number(parameters.evaluations), random })
  )
}
