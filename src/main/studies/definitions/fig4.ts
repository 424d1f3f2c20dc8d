import { gapUnit, plain } from '@shared/format'
import { collapsedTier } from '@shared/run/evaluation'
import { DMRO_REWARD, studyExperiment, SEEDS } from './documents'
import { rampLook } from './looks'
import { below, type SeedEstimate, estimate, finals, gapText, listed, OPEN, runsOfRule, verdictOf } from './measures'
import type { ClaimFinding, SeriesRule, Study, StudyRun } from '@shared/studies/study'
import { scenarioAt } from '@shared/studies/worlds'

const RATES = [0.0001, 0.001, 0.01, 0.1] as const
const BEST = 0.01
const LOWEST = RATES[0]
/** A run has converged where its held-out cost ends within this of the optimum. */
const CONVERGED = 0.05

const series: readonly SeriesRule[] = RATES.map((rate, i) => ({
  key: `rate ${rate}`,
  label: String(rate),
  algorithm: 'dmro',
  parameters: { learningRate: rate },
  look: rampLook([1, 2, 3, 4][i] as 1 | 2 | 3 | 4)
}))

/** The final gap of each rate that has runs. */
function gapsByRate(runs: readonly StudyRun[]): { rate: number; gap: SeedEstimate }[] {
  return RATES.flatMap((rate) => {
    const gaps = finals(runsOfRule(runs, { parameters: { learningRate: rate } }), 'gapMean')
    return gaps.length > 0 ? [{ rate, gap: estimate(gaps) }] : []
  })
}

function judgeBest(runs: readonly StudyRun[]): ClaimFinding {
  const rates = gapsByRate(runs)
  const best = rates.find(({ rate }) => rate === BEST)
  const others = rates.filter(({ rate }) => rate !== BEST)
  if (!best || others.length < RATES.length - 1) return OPEN
  const isLeast = others.every(({ gap }) => best.gap.mean < gap.mean)
  const apart = others.filter(({ gap }) => below(best.gap, gap))
  const text = `Final gap at ${BEST}: ${gapText(best.gap)}; ${listed(others.map(({ rate, gap }) => `${plain(rate)}: ${gapText(gap)}`))}.`
  if (!isLeast) return { verdict: 'does not hold', text }
  const near = others.filter((other) => !apart.includes(other))
  if (near.length === 0) return { verdict: 'holds', text }
  return { verdict: 'in part', text: `${text} The interval of ${listed(near.map(({ rate }) => plain(rate)))} overlaps it.` }
}

const PLACES = { device: 'local-only', edge: 'edge-only', cloud: 'cloud-only' } as const

/** That runs at the lowest rate place everything in one tier, where they do: their gap is that of a fixed placement, not of what was learned. */
function collapseText(runs: readonly StudyRun[]): string {
  const lowest = runsOfRule(runs, { parameters: { learningRate: LOWEST } }).flatMap(({ evaluation }) => evaluation ?? [])
  const tiers = lowest.flatMap((evaluation) => collapsedTier(evaluation) ?? [])
  if (tiers.length === 0) return ''
  const names = [...new Set(tiers)].map((tier) => PLACES[tier])
  return ` ${tiers.length === lowest.length ? 'None' : `${tiers.length} of ${lowest.length}`} of these runs ${tiers.length === lowest.length ? 'ever left' : 'never left'} ${listed(names)}: nearly every task stays there although the optimum spreads them.`
}

function judgeLow(runs: readonly StudyRun[]): ClaimFinding {
  const lowest = gapsByRate(runs).find(({ rate }) => rate === LOWEST)
  if (!lowest) return OPEN
  const { gap } = lowest
  return {
    verdict: verdictOf([gap.mean > CONVERGED, gap.low > CONVERGED]),
    text: `At ${LOWEST} the last learn step leaves ${gapText(gap)} above the optimum; within ${gapUnit(CONVERGED)} counts as converged.${collapseText(runs)}`
  }
}

/**
 * @paper Fig. 4: As a study over five seeds; the ordinate is the recorded loss, the mean squared temporal-difference error, beside the gap.
 */
export const fig4: Study = {
  id: 'fig4',
  figure: 'Fig. 4',
  title: 'Learning rate',
  paper: '0.01 converges best; too low a rate does not converge.',
  setting:
    'DMRO (reward −F) on one edge, one cloud at four learning rates, δ 0.2. The paper draws the loss; the held-out gap shows the same relative to the optimum, so both are drawn.',
  stages: (variant) => [
    {
      key: 'learn',
      title: 'Learn at every rate',
      documents: [
        studyExperiment(
          'Fig. 4, learning rates',
          [scenarioAt('one-edge-one-cloud')],
          [{ id: 'dmro', parameters: { ...DMRO_REWARD, learningRate: RATES, ...(variant === 'quick' && { learnSteps: 600 }) } }],
          SEEDS[variant]
        )
      ]
    }
  ],
  charts: [
    {
      key: 'gap',
      title: 'Held-out gap by learning rate',
      x: 'learnSteps',
      y: { metric: 'gap', label: 'optimality gap', scale: 'log', kind: 'gap' },
      series
    },
    {
      key: 'loss',
      title: 'Loss by learning rate',
      x: 'learnSteps',
      y: { metric: 'loss', label: 'loss, squared TD error', scale: 'log', kind: 'plain' },
      series,
      smooth: 8
    }
  ],
  claims: [
    { paper: 'Of the learning rates, 0.01 converges best.', judge: judgeBest },
    { paper: 'Too low a learning rate does not converge.', judge: judgeLow }
  ],
  here(runs) {
    const rates = gapsByRate(runs)
    return rates.length < RATES.length
      ? undefined
      : `Final gap ${[...rates]
          .reverse()
          .map(({ rate, gap }) => `${plain(rate)}: ${gapUnit(gap.mean)}`)
          .join('; ')}.`
  }
}
