import { gapUnit } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import { studyExperiment, SEEDS } from './documents'
import { curveOf, finals, listed, medianSteps, OPEN, runsOfRule, stepsText, verdictOf } from './measures'
import { ADAPTING, START_NAMES, STUDY_STARTS, type StudyStart, startChoices, startRule, startSeries, trainingStage } from './starts'
import type { ChartPlan, ClaimFinding, Study, StudyRun } from '@shared/studies/study'
import { META_TEST, scenarioAt } from '@shared/studies/worlds'

const WEIGHT = 0.2
/** Converged: within this of the least final cost that any start comes to. */
const WITHIN = 0.05
/** How many times faster counts as significantly faster. */
const MUCH = 5
/** Learn steps apart that count as alike. */
const ALIKE = 20
/** Learn steps that this lab asks of ψ at most, and of random weights at least. */
const QUICK = 20
const SLOW = 200

const NAMES: Readonly<Record<string, string>> = { 'meta-t1': 'T1', 'meta-t2': 'T2' }

interface Reached {
  world: string
  steps: Record<StudyStart, number>
  /** The mean gap before the first learn step. */
  before: Record<StudyStart, number>
}

/** Median learn steps of every start until its cost is near the best final one, for each test environment that has runs of all. */
function reached(runs: readonly StudyRun[]): Reached[] {
  return META_TEST.flatMap((world): Reached[] => {
    const byStart = STUDY_STARTS.map((start) => runsOfRule(runs, { ...startRule(start), world }))
    if (byStart.some((some) => finals(some, 'meanCost').length === 0)) return []
    const level = Math.min(...byStart.map((some) => mean(finals(some, 'meanCost')))) * (1 + WITHIN)
    const measured = <T>(measure: (some: StudyRun[]) => T) =>
      Object.fromEntries(STUDY_STARTS.map((start, i) => [start, measure(byStart[i])])) as Record<StudyStart, T>
    return [
      {
        world,
        steps: measured((some) => medianSteps(some, 'cost', level)),
        before: measured((some) => mean(some.flatMap((run) => curveOf(run, 'gap').slice(0, 1)).map(({ value }) => value)))
      }
    ]
  })
}

const told = ({ world, steps }: Reached, starts: readonly StudyStart[] = STUDY_STARTS) =>
  `${NAMES[world]}: ${listed(starts.map((start) => `${START_NAMES[start]} ${stepsText(steps[start])}`))}`

function judgeFaster(runs: readonly StudyRun[]): ClaimFinding {
  const found = reached(runs)
  if (found.length < META_TEST.length) return OPEN
  return {
    verdict: verdictOf(found.flatMap(({ steps }) => [steps.psi < steps.random, steps.psi * MUCH <= steps.random])),
    text: `Median learn steps to within ${gapUnit(WITHIN)} of the best final cost: ${found.map((each) => told(each, ['psi', 'random'])).join('; ')}. Before the first step the gaps are ${found.map(({ world, before }) => `${gapUnit(before.psi)} and ${gapUnit(before.random)} in ${NAMES[world]}`).join(', ')}.`
  }
}

function judgeAlike(runs: readonly StudyRun[]): ClaimFinding {
  const found = reached(runs)
  if (found.length < META_TEST.length) return OPEN
  const slower = found.filter(({ steps }) => steps.psi > steps.elsewhere + ALIKE)
  const faster = found.filter(({ steps }) => steps.elsewhere > steps.psi + ALIKE)
  const text = found.map((each) => told(each, ['psi', 'elsewhere'])).join('; ')
  return {
    verdict: verdictOf(found.map((each) => !slower.includes(each))),
    text: `${text}.${faster.length > 0 ? ` In ${listed(faster.map(({ world }) => NAMES[world]))} ψ is faster, not alike.` : ''}`
  }
}

function judgeBar(runs: readonly StudyRun[]): ClaimFinding {
  const found = reached(runs)
  if (found.length < META_TEST.length) return OPEN
  return {
    verdict: verdictOf(found.flatMap(({ steps }) => [steps.psi <= QUICK, steps.random >= SLOW])),
    text: `${found.map((each) => told(each, ['psi', 'random'])).join('; ')}; evaluated every 10 steps.`
  }
}

const chart = (world: string, y: ChartPlan['y'], more: Partial<ChartPlan> = {}): ChartPlan => ({
  key: `${y.metric}-${NAMES[world].toLowerCase()}`,
  title: `${y.metric === 'gap' ? 'Held-out gap' : 'Loss'} in ${NAMES[world]}, by the weights it starts from`,
  x: 'learnSteps',
  y,
  series: startSeries,
  world,
  ...more
})
const GAP = { metric: 'gap', label: 'optimality gap', scale: 'log', kind: 'gap' } as const
const LOSS = { metric: 'loss', label: 'loss, squared TD error', scale: 'log', kind: 'plain' } as const
const FIVE = { threshold: { value: 0.05, label: 'gap 5 %' } }

/**
 * @paper Fig. 8: As a study in two unseen environments, from ψ, from weights trained in M2 and from random ones.
 */
export const fig8: Study = {
  id: 'fig8',
  figure: 'Fig. 8',
  title: 'Convergence from ψ',
  paper: 'ψ learns like trained weights, much faster than random.',
  setting:
    'ψ is trained over M1 to M5 (Algorithm 2 with one environment per learn step and double-Q targets), other weights in M2 alone; DMRO then learns the unseen T1 (a slow network) and T2 from either and from random weights, all else equal. Every seed has its own ψ.',
  stages: (variant) => [
    trainingStage('Fig. 8', [WEIGHT], variant),
    {
      key: ADAPTING,
      title: 'Learn T1 and T2 from each',
      documents: [
        studyExperiment(
          'Fig. 8, from ψ, M2 and random weights',
          META_TEST.map((world) => scenarioAt(world, WEIGHT)),
          startChoices({ learnSteps: 400, evaluateEvery: 10 }),
          SEEDS[variant]
        )
      ]
    }
  ],
  charts: [
    chart('meta-t1', GAP, FIVE),
    chart('meta-t2', GAP, FIVE),
    chart('meta-t1', LOSS, { smooth: 2 }),
    chart('meta-t2', LOSS, { smooth: 2 })
  ],
  claims: [
    { paper: 'From ψ learning converges significantly better than from the usual initial parameters.', judge: judgeFaster },
    { paper: 'From ψ it converges about as well as from parameters trained in a similar environment.', judge: judgeAlike },
    { paper: `Not in the paper: ψ needs ${QUICK} learn steps or fewer, random weights ${SLOW} or more.`, judge: judgeBar }
  ],
  here(runs) {
    const [first] = reached(runs)
    return (
      first &&
      `To within 5 % of the best final cost in T1: ψ ${first.steps.psi}, M2 ${first.steps.elsewhere}, random ${stepsText(first.steps.random)}.`
    )
  }
}
