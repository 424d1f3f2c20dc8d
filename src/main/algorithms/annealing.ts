import { IndependentExecutor } from '@shared/model/batch/independent'
import { Annealing, TEMPERATURES } from '@shared/model/search/annealing'
import { beamPlan } from '@shared/model/search/beam'
import type { Outlook } from '@shared/model/search/outlook'
import { pilotPlan } from '@shared/model/search/pilot'
import { planBy } from '@shared/model/search/rules'
import type { Plan } from '@shared/model/search/search'
import { SEARCH_METRICS } from '@shared/run/metrics'
import { byModelSearch } from '../learn/batches/searching'
import type { PlacingAlgorithm } from '../learn/placing'
import { sharedParameters } from './parameters'

/** Plans that annealing starts from; one that is good already is left only a little. */
const STARTS: Record<string, { plan(outlook: Outlook, states: number): Plan; isGood: boolean }> = {
  eft: { plan: (outlook) => planBy(outlook, 'finish'), isGood: false },
  pilot: { plan: (outlook) => pilotPlan(outlook), isGood: true },
  beam: { plan: (outlook, states) => beamPlan(outlook, { states }), isGood: true }
}

export const annealing: PlacingAlgorithm = {
  card: {
    id: 'annealing',
    title: 'Annealing',
    kind: 'heuristic',
    look: { light: '#2f6f4f', dark: '#7cc4a0', dash: [3, 2], marker: 'circle', hollow: true, width: 1.5 },
    metrics: SEARCH_METRICS,
    summary: 'Simulated annealing over placements: one task is moved at a time, worse plans are taken with a probability that falls.',
    reading:
      'Not in the paper: S. Kirkpatrick et al. 1983, at temperatures from 0.1 (from 1 where nothing waits, from 0.03 where it starts from a good plan) to 0.003 in units of Q, with a budget of evaluations instead of training.',
    parameters: [
      ...sharedParameters(['evaluations']),
      {
        key: 'startPlan',
        graphs: true,
        label: 'Starts from',
        type: 'choice',
        default: 'eft',
        choices: [
          { value: 'eft', label: 'EFT' },
          { value: 'pilot', label: 'Pilot' },
          { value: 'beam', label: 'Beam by bound' }
        ],
        sentence: 'The plan that annealing starts from; what the pilot or the beam take for it is not counted as evaluations.'
      },
      {
        key: 'startStates',
        graphs: true,
        label: 'Beam at the start',
        unit: 'states',
        type: 'integer',
        default: 16,
        min: 1,
        max: 1_000_000,
        only: { key: 'startPlan', value: 'beam' },
        sentence: 'States of the beam where annealing starts from Beam by bound.'
      }
    ]
  },
  place: byModelSearch((outlook, { parameters, random }) => {
    const { plan, isGood } = STARTS[String(parameters.startPlan ?? 'eft')]
    const cold = outlook.executor instanceof IndependentExecutor ? TEMPERATURES.apart : TEMPERATURES.from
    return new Annealing(outlook, {
      start: plan(outlook, Number(parameters.startStates ?? 16)),
      evaluations: Number(parameters.evaluations),
      random,
      from: isGood ? TEMPERATURES.warm : cold
    })
  })
}
