import { counted, fixed, gapUnit, plain, steps } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import { DMRO_REWARD, studyExperiment, SEEDS } from './documents'
import { algorithmSeries } from './looks'
import {
  atWeight,
  below,
  type SeedEstimate,
  estimate,
  finals,
  gapText,
  listed,
  meanCurve,
  OPEN,
  runsOfRule,
  together,
  verdictOf,
  weightsOf
} from './measures'
import type { ClaimFinding, Study, StudyRun } from '@shared/studies/study'
import { ENERGY_WEIGHTS, scenarioAt } from '@shared/studies/worlds'

const RIVALS = ['dqn', 'double-dqn', 'dueling-dqn'] as const
const FIXED = ['local-only', 'edge-only', 'cloud-only'] as const
const LEARNED = ['dmro', ...RIVALS] as const
const OURS = 'dmro-plus'
/** What the paper says its algorithm gains on the other learned ones, and where. */
const CLAIMED = 0.176
const CLAIMED_AT = 0.2
/** Where the advantage over trained rivals was greatest in trials: a tenth of the way or so. */
const EARLY = 300

type Costs = Map<string, SeedEstimate>

/** The final cost of every algorithm at one weight of energy. */
function costsAt(runs: readonly StudyRun[], energyWeight: number): Costs {
  const here = atWeight(runs, energyWeight)
  const algorithms = [...new Set(here.map((run) => run.algorithm))]
  return new Map(
    algorithms.flatMap((algorithm): [string, SeedEstimate][] => {
      const values = finals(runsOfRule(here, { algorithm }), 'meanCost')
      return values.length > 0 ? [[algorithm, estimate(values)]] : []
    })
  )
}

/** Costs at every weight where `needed` algorithms have runs. */
function complete(runs: readonly StudyRun[], needed: readonly string[]): { energyWeight: number; costs: Costs }[] {
  return weightsOf(runs)
    .map((energyWeight) => ({ energyWeight, costs: costsAt(runs, energyWeight) }))
    .filter(({ costs }) => needed.every((algorithm) => costs.has(algorithm)))
}

const costOf = (costs: Costs, algorithm: string) => costs.get(algorithm) as SeedEstimate

/** Whether `algorithm` costs less than each of `others` at every weight; what cannot be told apart is named. */
function judgeLeast(runs: readonly StudyRun[], algorithm: string, others: readonly string[]): ClaimFinding {
  const weights = complete(runs, [algorithm, ...others])
  if (weights.length === 0) return OPEN
  const pairs = weights.flatMap(({ energyWeight, costs }) =>
    others.map((other) => ({ energyWeight, other, own: costOf(costs, algorithm), theirs: costOf(costs, other) }))
  )
  const costlier = pairs.filter(({ own, theirs }) => own.mean >= theirs.mean)
  const near = pairs.filter(({ own, theirs }) => own.mean < theirs.mean && !below(own, theirs))
  const at = (some: typeof pairs) => listed(some.map(({ other, energyWeight }) => `${other} at δ ${plain(energyWeight)}`))
  const advantages = pairs.map(({ own, theirs }) => 1 - own.mean / theirs.mean)
  const range = `${gapUnit(Math.min(...advantages))} to ${gapUnit(Math.max(...advantages))}`
  const parts = [`${algorithm} costs ${range} less than ${listed(others)} at the last learn step.`]
  if (costlier.length > 0) parts.push(`It costs no less than ${at(costlier)}.`)
  if (near.length > 0) parts.push(`Intervals overlap with ${at(near)}.`)
  if (costlier.length + near.length === 0) parts.push('No intervals overlap.')
  return { verdict: verdictOf(pairs.map((pair) => !costlier.includes(pair) && !near.includes(pair))), text: parts.join(' ') }
}

function judgeFixed(runs: readonly StudyRun[]): ClaimFinding {
  const weights = complete(runs, [...LEARNED, ...FIXED])
  if (weights.length === 0) return OPEN
  const margins = weights.map(({ costs }) => {
    const best = Math.min(...FIXED.map((algorithm) => costOf(costs, algorithm).mean))
    return { worst: Math.max(...LEARNED.map((algorithm) => costOf(costs, algorithm).high)), best }
  })
  const least = Math.min(...margins.map(({ worst, best }) => 1 - worst / best))
  return {
    verdict: verdictOf(margins.map(({ worst, best }) => worst < best)),
    text: `The most expensive learned algorithm costs at least ${gapUnit(least)} less than the cheapest single place at the δ where they are closest.`
  }
}

/** The cost saved against each rival at every learn step that all were evaluated at, at the claim's δ. */
export function advantages(runs: readonly StudyRun[]): { step: number; saved: Map<string, number> }[] {
  const here = atWeight(runs, CLAIMED_AT)
  const own = meanCurve(runsOfRule(here, { algorithm: 'dmro' }), 'cost')
  const rivals = RIVALS.map((algorithm) => ({
    algorithm,
    curve: new Map(meanCurve(runsOfRule(here, { algorithm }), 'cost').map(({ step, values }) => [step, mean(values)]))
  }))
  return own.flatMap(({ step, values }) => {
    const saved = rivals.flatMap(({ algorithm, curve }): [string, number][] => {
      const theirs = curve.get(step)
      return theirs === undefined ? [] : [[algorithm, 1 - mean(values) / theirs]]
    })
    return saved.length === RIVALS.length ? [{ step, saved: new Map(saved) }] : []
  })
}

function judgeClaimed(runs: readonly StudyRun[]): ClaimFinding {
  const trained = advantages(runs).filter(({ step }) => step > 0)
  const last = trained.at(-1)
  if (!last) return OPEN
  const least = ({ saved }: (typeof trained)[number]) => Math.min(...saved.values())
  const most = ({ saved }: (typeof trained)[number]) => Math.max(...saved.values())
  const best = trained.reduce((a, b) => (least(b) > least(a) ? b : a))
  const early = trained.findLast(({ step }) => step <= EARLY) ?? last
  const there = trained.filter((point) => least(point) >= CLAIMED)
  const rivalGaps = RIVALS.map((algorithm) => mean(finals(runsOfRule(atWeight(runs, CLAIMED_AT), { algorithm }), 'gapMean')))
  const room = Math.max(...rivalGaps)
  const parts = [
    `At δ ${CLAIMED_AT} DMRO saves ${gapUnit(least(last))} to ${gapUnit(most(last))} of the other learned algorithms’ cost after ${counted(steps(last.step), 'learn step', 'learn steps')}`,
    `and ${gapUnit(least(early))} to ${gapUnit(most(early))} after ${steps(early.step)}; the most it saves against all of them is ${gapUnit(least(best))}, after ${counted(steps(best.step), 'step', 'steps')}.`
  ]
  if (there.length > 0)
    parts.push(
      `17.6 % or more against each of them holds from ${steps(there[0].step)} to ${counted(steps(there[there.length - 1].step), 'learn step', 'learn steps')}.`
    )
  if (Number.isFinite(room))
    parts.push(
      `The rivals end ${gapUnit(Math.min(...rivalGaps))} to ${gapUnit(room)} above the exact optimum, so no algorithm could save more than ${gapUnit(room / (1 + room))} there.`
    )
  const verdict = least(last) >= CLAIMED ? 'holds' : there.length > 0 ? 'in part' : 'does not hold'
  return { verdict, text: parts.join(' ') }
}

function judgeLocal(runs: readonly StudyRun[]): ClaimFinding {
  const weights = complete(runs, [...LEARNED, ...FIXED])
  const [first, last] = [weights[0], weights.at(-1)]
  if (!first || !last || first === last) return OPEN
  const rise = (algorithm: string) => costOf(last.costs, algorithm).mean - costOf(first.costs, algorithm).mean
  const others = [...LEARNED, ...FIXED.filter((algorithm) => algorithm !== 'local-only')].map((algorithm) => ({
    algorithm,
    by: rise(algorithm)
  }))
  const nearest = others.reduce((a, b) => (b.by > a.by ? b : a))
  return {
    verdict: verdictOf(others.map(({ by }) => by < rise('local-only'))),
    text: `From δ ${plain(first.energyWeight)} to ${plain(last.energyWeight)} local-only rises by ${fixed(rise('local-only'), 3)}, the next steepest (${nearest.algorithm}) by ${fixed(nearest.by, 3)}.`
  }
}

/** The gap to the exact optimum of each learned algorithm, over all δ. */
function judgeOptimum(runs: readonly StudyRun[]): ClaimFinding {
  const found = [OURS, ...LEARNED].flatMap((algorithm) => {
    const gaps = finals(runsOfRule(runs, { algorithm }), 'gapMean')
    return gaps.length > 0 ? [{ algorithm, gap: estimate(gaps) }] : []
  })
  if (found.length < LEARNED.length + 1) return OPEN
  const ours = found[0].gap
  return {
    verdict: together([judgeLeast(runs, OURS, RIVALS).verdict]),
    text: `Over all δ: ${listed(found.map(({ algorithm, gap }) => `${algorithm} ${gapText(gap)}`))}. ${ours.mean <= 0.001 ? 'dmro-plus is within 0.1 % of the optimum.' : ''}`.trim()
  }
}

const series = [OURS, ...LEARNED, 'greedy', ...FIXED, 'optimum'].map((algorithm) => algorithmSeries(algorithm))

/**
 * @paper Fig. 6: As a study over δ; the optimum, greedy and DMRO+ are drawn beside the seven algorithms.
 */
export const fig6: Study = {
  id: 'fig6',
  figure: 'Fig. 6',
  title: 'Weight of energy, all algorithms',
  paper: 'DMRO costs least; 17.6 % under other DRL at δ 0.2.',
  setting:
    'Seven algorithms on one edge, one cloud over δ, with dmro-plus, greedy and the exact optimum beside them. All learned algorithms take the same number of learn steps (2,000; 500 in the quick variant) and keep their other defaults; DMRO’s reward is −F. Fixed places, greedy and the optimum use no randomness and are run once.',
  stages: (variant) => {
    const weights = variant === 'quick' ? [0, CLAIMED_AT, 1] : ENERGY_WEIGHTS
    const worlds = weights.map((weight) => scenarioAt('one-edge-one-cloud', weight))
    const length = { learnSteps: variant === 'quick' ? 500 : 2000 }
    const choices = [
      { id: 'dmro', parameters: { ...DMRO_REWARD, ...length } },
      ...RIVALS.map((id) => ({ id, parameters: length })),
      { id: OURS, parameters: length }
    ]
    return [
      {
        key: 'learn',
        title: 'Place and learn at every δ',
        documents: [
          studyExperiment(
            'Fig. 6, fixed places, greedy, optimum',
            worlds,
            [...FIXED, 'greedy', 'optimum'].map((id) => ({ id })),
            [1]
          ),
          studyExperiment('Fig. 6, learned algorithms', worlds, choices, SEEDS[variant])
        ]
      }
    ]
  },
  charts: [
    {
      key: 'cost',
      title: 'Cost by weight of energy',
      x: 'energyWeight',
      y: { metric: 'cost', label: 'cost Q per workflow, relative', scale: 'linear', kind: 'cost' },
      series
    },
    {
      key: 'gap',
      title: 'Gap by weight of energy',
      x: 'energyWeight',
      y: { metric: 'gap', label: 'optimality gap', scale: 'log', kind: 'gap' },
      series: series.filter(({ key }) => key !== 'optimum')
    }
  ],
  claims: [
    {
      paper: 'DMRO has the least cost of all seven algorithms at every δ.',
      judge: (runs) => judgeLeast(runs, 'dmro', [...RIVALS, ...FIXED])
    },
    { paper: 'The learned algorithms are better than any single place.', judge: judgeFixed },
    { paper: 'At δ 0.2 DMRO is more than 17.6 % better than the other learned algorithms.', judge: judgeClaimed },
    { paper: 'Local-only grows fastest as energy weighs more.', judge: judgeLocal },
    {
      paper: 'Not in the paper: dmro-plus costs less than DQN, Double and Dueling DQN, and how far all are from the optimum.',
      judge: judgeOptimum
    }
  ],
  here(runs) {
    const weights = complete(runs, ['dmro', ...RIVALS])
    const point = weights.find(({ energyWeight }) => energyWeight === CLAIMED_AT)
    if (!point) return undefined
    const saved = RIVALS.map((algorithm) => 1 - costOf(point.costs, 'dmro').mean / costOf(point.costs, algorithm).mean)
    return `At δ ${CLAIMED_AT} DMRO costs ${gapUnit(Math.min(...saved))} to ${gapUnit(Math.max(...saved))} less than other DRL.`
  }
}
