import { fixed, gapUnit } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import { DMRO_REWARD, studyExperiment, SEEDS } from './documents'
import { rampLook } from './looks'
import { below, curveOf, type SeedEstimate, estimate, finals, gapText, listed, numberText, OPEN, runsOfRule, verdictOf } from './measures'
import type { ClaimFinding, SeriesRule, Study, StudyRun } from '@shared/studies/study'
import { scenarioAt } from '@shared/studies/worlds'

const BATCHES = [32, 64, 128] as const
const COPY = 200
/** Learn steps before and after a copy that are compared. */
const BESIDE = 40
/** Up to this factor a fluctuation counts as small. */
const SMALL = 2
/** Final gaps this close count as the same convergence. */
const LITTLE = 0.01

const series: readonly SeriesRule[] = BATCHES.map((batch, i) => ({
  key: `batch ${batch}`,
  label: `B ${batch}`,
  algorithm: 'dmro',
  parameters: { batch },
  look: rampLook([1, 3, 4][i] as 1 | 3 | 4, [])
}))

/** How much the loss jumps from one recorded step to the next, relative to its size, in the second half of a run. */
export function volatility(run: StudyRun): number {
  const curve = curveOf(run, 'loss')
  const late = curve.slice(Math.floor(curve.length / 2)).map(({ value }) => Math.log(value))
  const jumps = late.slice(1).map((value, i) => value - late[i])
  return Math.sqrt(mean(jumps.map((jump) => jump * jump)) / 2)
}

/** The loss right after a target copy over the loss right before it, the mean of all copies of a run; 1: nothing to see. */
export function ripple(run: StudyRun): number {
  const curve = curveOf(run, 'loss')
  const last = curve.at(-1)?.step ?? 0
  const meanIn = (from: number, to: number) => mean(curve.filter(({ step }) => step > from && step <= to).map(({ value }) => value))
  const ratios: number[] = []
  for (let copy = COPY; copy + BESIDE <= last; copy += COPY) ratios.push(meanIn(copy, copy + BESIDE) / meanIn(copy - BESIDE, copy))
  return mean(ratios)
}

function byBatch(runs: readonly StudyRun[], measure: (runs: readonly StudyRun[]) => number[]): { batch: number; found: SeedEstimate }[] {
  return BATCHES.flatMap((batch) => {
    const values = measure(runsOfRule(runs, { parameters: { batch } })).filter(Number.isFinite)
    return values.length > 0 ? [{ batch, found: estimate(values) }] : []
  })
}

const gaps = (runs: readonly StudyRun[]) => byBatch(runs, (some) => finals(some, 'gapMean'))
const volatilities = (runs: readonly StudyRun[]) => byBatch(runs, (some) => some.map(volatility))
const ripples = (runs: readonly StudyRun[]) => byBatch(runs, (some) => some.map(ripple))

function judgeLittle(runs: readonly StudyRun[]): ClaimFinding {
  const found = gaps(runs)
  if (found.length < BATCHES.length) return OPEN
  const means = found.map(({ found: { mean: centre } }) => centre)
  const apart = Math.max(...means) - Math.min(...means)
  return {
    verdict: verdictOf([apart <= LITTLE]),
    text: `Final gaps ${listed(found.map(({ batch, found: gap }) => `${gapText(gap)} at ${batch}`))}: ${gapUnit(apart)} apart (up to ${gapUnit(LITTLE)} counts as little).`
  }
}

function judgeCalmer(runs: readonly StudyRun[]): ClaimFinding {
  const found = volatilities(runs)
  if (found.length < BATCHES.length) return OPEN
  const pairs = found.slice(1).map(({ found: larger }, i) => [larger, found[i].found] as const)
  return {
    verdict: verdictOf(pairs.flatMap(([larger, smaller]) => [larger.mean < smaller.mean, below(larger, smaller)])),
    text: `Relative jumps of the loss from point to point: ${listed(found.map(({ batch, found: jump }) => `${numberText(jump, 3)} at ${batch}`))}.`
  }
}

function judgeRipple(runs: readonly StudyRun[]): ClaimFinding {
  const found = ripples(runs)
  if (found.length < BATCHES.length) return OPEN
  const isSmall = found.every(({ found: ratio }) => ratio.mean < SMALL)
  return {
    verdict: verdictOf([...found.map(({ found: ratio }) => ratio.low > 1), isSmall]),
    text: `The loss of the ${BESIDE} steps after a copy is ${listed(found.map(({ batch, found: ratio }) => `${numberText(ratio, 2)} times at ${batch}`))} that of the ${BESIDE} steps before it.${isSmall ? '' : ' That is not small; the held-out gap does not show it.'}`
  }
}

/**
 * @paper Fig. 5: As a study; the waves every 200 steps are looked for at the copies of the frozen weights.
 */
export const fig5: Study = {
  id: 'fig5',
  figure: 'Fig. 5',
  title: 'Batch size',
  paper: 'Little effect; larger is calmer; a ripple every 200 steps.',
  setting: 'DMRO (reward −F) on one edge, one cloud at three replay batches; the target network is copied every 200 learn steps.',
  stages: (variant) => [
    {
      key: 'learn',
      title: 'Learn at every batch size',
      documents: [
        studyExperiment(
          'Fig. 5, batch sizes',
          [scenarioAt('one-edge-one-cloud')],
          [{ id: 'dmro', parameters: { ...DMRO_REWARD, batch: BATCHES, ...(variant === 'quick' && { learnSteps: 800 }) } }],
          SEEDS[variant]
        )
      ]
    }
  ],
  charts: [
    {
      key: 'loss',
      title: 'Loss by batch size',
      x: 'learnSteps',
      y: { metric: 'loss', label: 'loss, squared TD error', scale: 'log', kind: 'plain' },
      series,
      smooth: 2,
      uprights: { every: COPY, label: 'target copy' }
    },
    {
      key: 'gap',
      title: 'Held-out gap by batch size',
      x: 'learnSteps',
      y: { metric: 'gap', label: 'optimality gap', scale: 'log', kind: 'gap' },
      series
    }
  ],
  claims: [
    { paper: 'The batch size has little effect on the convergence.', judge: judgeLittle },
    { paper: 'The larger the batch, the less the curve fluctuates.', judge: judgeCalmer },
    { paper: 'Every 200 steps the target copy leaves a small fluctuation.', judge: judgeRipple }
  ],
  here(runs) {
    const jumps = volatilities(runs)
    const steps = ripples(runs)
    if (jumps.length < BATCHES.length) return undefined
    const [low, high] = [Math.min(...steps.map(({ found }) => found.mean)), Math.max(...steps.map(({ found }) => found.mean))]
    return `Jumps ${jumps.map(({ found }) => fixed(found.mean, 2)).join(', ')}; loss after a copy × ${fixed(low, 2)} to ${fixed(high, 2)}.`
  }
}
