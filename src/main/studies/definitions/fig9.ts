import { count, gapUnit, plain } from '@shared/format'
import { studyExperiment, SEEDS } from './documents'
import { atWeight, below, type SeedEstimate, estimate, finals, gapText, listed, OPEN, runsOfRule, verdictOf, weightsOf } from './measures'
import { ADAPTING, START_NAMES, STUDY_STARTS, type StudyStart, startChoices, startRule, startSeries, trainingStage } from './starts'
import type { ChartPlan, ClaimFinding, SeriesRule, Study, StudyRun } from '@shared/studies/study'
import { ENERGY_WEIGHTS, META_TEST, scenarioAt } from '@shared/studies/worlds'

/** "Several rounds of training". */
const ROUNDS = 50
/** This near counts as the optimum. */
const OPTIMAL = 0.01

const NAMES: Readonly<Record<string, string>> = { 'meta-t1': 'T1', 'meta-t2': 'T2' }

interface Point {
  world: string
  energyWeight: number
  cost: Record<StudyStart, SeedEstimate>
  gap: Record<StudyStart, SeedEstimate>
}

function pointsOf(runs: readonly StudyRun[]): Point[] {
  return META_TEST.flatMap((world) => {
    const here = runsOfRule(runs, { world, stage: ADAPTING })
    return weightsOf(here).flatMap((energyWeight): Point[] => {
      const byStart = STUDY_STARTS.map((start) => runsOfRule(atWeight(here, energyWeight), startRule(start)))
      if (byStart.some((some) => finals(some, 'meanCost').length === 0)) return []
      const measured = (of: 'gapMean' | 'meanCost') =>
        Object.fromEntries(STUDY_STARTS.map((start, i) => [start, estimate(finals(byStart[i], of))])) as Record<StudyStart, SeedEstimate>
      return [{ world, energyWeight, cost: measured('meanCost'), gap: measured('gapMean') }]
    })
  })
}

function judgeAgainst(runs: readonly StudyRun[], other: 'random' | 'elsewhere'): ClaimFinding {
  const points = pointsOf(runs)
  if (points.length === 0) return OPEN
  const at = (some: readonly Point[]) => listed(some.map(({ world, energyWeight }) => `${NAMES[world]} δ ${plain(energyWeight)}`))
  const costlier = points.filter(({ cost }) => cost.psi.mean >= cost[other].mean)
  const near = points.filter((point) => !costlier.includes(point) && !below(point.cost.psi, point.cost[other]))
  const saved = points.map(({ cost }) => 1 - cost.psi.mean / cost[other].mean)
  const parts = [
    `After ${ROUNDS} learn steps ψ costs ${gapUnit(Math.min(...saved))} to ${gapUnit(Math.max(...saved))} less than ${START_NAMES[other]}.`
  ]
  if (costlier.length > 0) parts.push(`It costs no less at ${at(costlier)}.`)
  if (near.length > 0) parts.push(`Intervals overlap at ${at(near)}.`)
  return { verdict: verdictOf(points.map((point) => !costlier.includes(point) && !near.includes(point))), text: parts.join(' ') }
}

function judgeOptimum(runs: readonly StudyRun[]): ClaimFinding {
  const points = pointsOf(runs)
  if (points.length === 0) return OPEN
  const worst = points.reduce((a, b) => (b.gap.psi.mean > a.gap.psi.mean ? b : a))
  const reached = points.filter(({ gap }) => gap.psi.mean <= OPTIMAL)
  return {
    verdict: verdictOf(points.map((point) => reached.includes(point))),
    text: `From ψ, ${ROUNDS} learn steps end within ${gapUnit(OPTIMAL)} of the exact optimum at ${reached.length} of ${count(points.length, 'point', 'points')}; the farthest is ${gapText(worst.gap.psi)} at ${NAMES[worst.world]} δ ${plain(worst.energyWeight)}.`
  }
}

const optimum: SeriesRule = { key: 'optimum', label: 'optimum', algorithm: 'optimum' }
const chart = (world: string, metric: 'cost' | 'gap'): ChartPlan => ({
  key: `${metric}-${NAMES[world].toLowerCase()}`,
  title: `${metric === 'cost' ? 'Cost' : 'Gap'} in ${NAMES[world]} after ${ROUNDS} learn steps, over δ`,
  x: 'energyWeight',
  y:
    metric === 'cost'
      ? { metric, label: 'cost Q per workflow, relative', scale: 'linear', kind: 'cost' }
      : { metric, label: 'optimality gap', scale: 'log', kind: 'gap' },
  series: metric === 'cost' ? [...startSeries, optimum] : startSeries,
  world
})

/**
 * @paper Fig. 9: As a study over δ after as many learn steps as "several rounds" may mean.
 */
export const fig9: Study = {
  id: 'fig9',
  figure: 'Fig. 9',
  title: 'Cost from ψ over δ',
  paper: 'ψ beats random and trained weights at every δ.',
  setting: `As Fig. 8 at each weight of energy, with ψ and the weights from M2 trained at that δ; then ${ROUNDS} learn steps in T1 and T2. The paper says “several rounds” without a number.`,
  stages: (variant) => {
    const weights = variant === 'quick' ? [0, 0.2, 1] : ENERGY_WEIGHTS
    const worlds = META_TEST.flatMap((world) => weights.map((weight) => scenarioAt(world, weight)))
    return [
      trainingStage('Fig. 9', weights, variant),
      {
        key: ADAPTING,
        title: 'Learn T1 and T2 at every δ',
        documents: [
          studyExperiment('Fig. 9, optimum', worlds, [{ id: 'optimum' }], [1]),
          studyExperiment(
            'Fig. 9, from ψ, M2 and random weights',
            worlds,
            startChoices({ learnSteps: ROUNDS, evaluateEvery: 10 }),
            SEEDS[variant]
          )
        ]
      }
    ]
  },
  charts: [chart('meta-t1', 'cost'), chart('meta-t2', 'cost'), chart('meta-t1', 'gap'), chart('meta-t2', 'gap')],
  claims: [
    {
      paper: 'From ψ the total cost is significantly below that from the usual initial parameters.',
      judge: (runs) => judgeAgainst(runs, 'random')
    },
    { paper: 'It is also below that from parameters trained in another environment.', judge: (runs) => judgeAgainst(runs, 'elsewhere') },
    { paper: 'After several rounds of training the optimal decision is reached.', judge: judgeOptimum }
  ],
  here(runs) {
    const points = pointsOf(runs)
    if (points.length === 0) return undefined
    const better = (other: 'random' | 'elsewhere') => points.filter(({ cost }) => cost.psi.mean < cost[other].mean).length
    return `ψ costs less than random at ${better('random')}, than M2’s at ${better('elsewhere')} of ${count(points.length, 'point', 'points')}.`
  }
}
