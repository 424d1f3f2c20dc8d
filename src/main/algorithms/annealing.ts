import { IndependentExecutor } from '@shared/model/batch/independent'
import { Annealing, TEMPERATURES } from '@shared/model/search/annealing'
import { planBy } from '@shared/model/search/rules'
import { SEARCH_METRICS } from '@shared/run/metrics'
import { byModelSearch } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'
import { sharedParameters } from './parameters'

export const annealing: PlacingAlgorithm = {
  card: {
    id: 'annealing',
    title: 'Annealing',
    kind: 'heuristic',
    look: { light: '#2f6f4f', dark: '#7cc4a0', dash: [3, 2], marker: 'circle', hollow: true, width: 1.5 },
    metrics: SEARCH_METRICS,
    summary: 'Simulated annealing over placements: one task is moved at a time, worse plans are taken with a probability that falls.',
    reading:
      'Not in the paper: S. Kirkpatrick et al. 1983, from EFT, at temperatures from 0.1 (from 1 where nothing waits) to 0.003 in units of Q, with a budget of evaluations instead of training.',
    parameters: sharedParameters(['evaluations'])
  },
  place: byModelSearch((outlook, { parameters, random }) => {
    const from = outlook.executor instanceof IndependentExecutor ? TEMPERATURES.apart : TEMPERATURES.from
    return new Annealing(outlook, { start: planBy(outlook, 'finish'), evaluations: Number(parameters.evaluations), random, from })
  })
}
