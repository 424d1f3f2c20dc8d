import { fixed, gapUnit } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import { DMRO_REWARD, studyExperiment, SEEDS } from './documents'
import { algorithmSeries } from './looks'
import {
  below,
  curveOf,
  type SeedEstimate,
  estimate,
  finals,
  gapText,
  listed,
  medianSteps,
  numberText,
  OPEN,
  runsOfRule,
  stepsText,
  verdictOf
} from './measures'
import type { ClaimFinding, Study, StudyRun } from '@shared/studies/study'
import { scenarioAt } from '@shared/studies/worlds'

const RIVALS = ['dqn', 'double-dqn', 'dueling-dqn'] as const
const ALGORITHMS = ['dmro', ...RIVALS] as const
/** Within this of the optimum counts as converged: the rivals' own end on five places is near 5 %. */
const CONVERGED = 0.1

/** The mean reward in a tenth of a run: the first or the last one. */
export function rewardIn(run: StudyRun, part: 'first' | 'last'): number {
  const curve = curveOf(run, 'reward')
  const tenth = Math.max(1, Math.floor(curve.length / 10))
  return mean((part === 'first' ? curve.slice(0, tenth) : curve.slice(-tenth)).map(({ value }) => value))
}

function rewards(runs: readonly StudyRun[], part: 'first' | 'last'): Map<string, SeedEstimate> {
  return new Map(
    ALGORITHMS.flatMap((algorithm): [string, SeedEstimate][] => {
      const values = runsOfRule(runs, { algorithm })
        .map((run) => rewardIn(run, part))
        .filter(Number.isFinite)
      return values.length > 0 ? [[algorithm, estimate(values)]] : []
    })
  )
}

function judgeImproving(runs: readonly StudyRun[]): ClaimFinding {
  const [first, last] = [rewards(runs, 'first'), rewards(runs, 'last')]
  if (last.size < ALGORITHMS.length) return OPEN
  const pairs = ALGORITHMS.map((algorithm) => ({
    algorithm,
    from: first.get(algorithm) as SeedEstimate,
    to: last.get(algorithm) as SeedEstimate
  }))
  return {
    verdict: verdictOf(pairs.map(({ from, to }) => below(from, to))),
    text: `Mean reward per task, first and last tenth of the run: ${listed(pairs.map(({ algorithm, from, to }) => `${algorithm} ${fixed(from.mean, 4)} to ${fixed(to.mean, 4)}`))}.`
  }
}

function judgeFastest(runs: readonly StudyRun[]): ClaimFinding {
  const found = ALGORITHMS.map((algorithm) => ({ algorithm, at: medianSteps(runsOfRule(runs, { algorithm }), 'gap', CONVERGED) }))
  if (found.some(({ at }) => Number.isNaN(at))) return OPEN
  const [own, ...others] = found
  return {
    verdict: verdictOf(others.map(({ at }) => own.at < at)),
    text: `Median learn steps until the held-out gap is first ${gapUnit(CONVERGED)} or less: ${listed(found.map(({ algorithm, at }) => `${algorithm} ${stepsText(at)}`))}.`
  }
}

function judgeHighest(runs: readonly StudyRun[]): ClaimFinding {
  const last = rewards(runs, 'last')
  const own = last.get('dmro')
  if (!own || last.size < ALGORITHMS.length) return OPEN
  const gaps = ALGORITHMS.map((algorithm) => ({ algorithm, gap: estimate(finals(runsOfRule(runs, { algorithm }), 'gapMean')) }))
  const rivals = RIVALS.map((algorithm) => last.get(algorithm) as SeedEstimate)
  return {
    verdict: verdictOf(rivals.flatMap((theirs) => [theirs.mean < own.mean, below(theirs, own)])),
    text: `Reward per task at the end: ${listed(ALGORITHMS.map((algorithm) => `${algorithm} ${numberText(last.get(algorithm) as SeedEstimate)}`))}; final gaps ${listed(gaps.map(({ algorithm, gap }) => `${algorithm} ${gapText(gap)}`))}.`
  }
}

/**
 * @paper Fig. 7: As a study; DMRO’s reward is −F of what was followed, so that it compares with those of single networks.
 */
export const fig7: Study = {
  id: 'fig7',
  figure: 'Fig. 7',
  title: 'Two edges, two clouds',
  paper: 'DMRO converges fastest and to the highest reward.',
  setting:
    'The learned algorithms with five places available, δ 0.2, 2,000 learn steps (600 in the quick variant). The reward is what was followed while exploring, a running mean over 2 % of the run; DMRO follows the best of its proposals, which helps it while the others still explore.',
  stages: (variant) => {
    const length = { learnSteps: variant === 'quick' ? 600 : 2000 }
    return [
      {
        key: 'learn',
        title: 'Learn with five places',
        documents: [
          studyExperiment(
            'Fig. 7, two edges, two clouds',
            [scenarioAt('two-edges-two-clouds')],
            [{ id: 'dmro', parameters: { ...DMRO_REWARD, ...length } }, ...RIVALS.map((id) => ({ id, parameters: length }))],
            SEEDS[variant]
          )
        ]
      }
    ]
  },
  charts: [
    {
      key: 'reward',
      title: 'Mean reward with two edges and two clouds',
      x: 'learnSteps',
      y: { metric: 'reward', label: 'mean reward per task, −F', scale: 'linear', kind: 'cost' },
      series: ALGORITHMS.map((algorithm) => algorithmSeries(algorithm)),
      smooth: 10,
      level: 'reward'
    },
    {
      key: 'gap',
      title: 'Held-out gap with two edges and two clouds',
      x: 'learnSteps',
      y: { metric: 'gap', label: 'optimality gap', scale: 'log', kind: 'gap' },
      series: ALGORITHMS.map((algorithm) => algorithmSeries(algorithm))
    }
  ],
  claims: [
    { paper: 'All learned algorithms improve with training.', judge: judgeImproving },
    { paper: 'DMRO converges faster than DQN, Double and Dueling DQN.', judge: judgeFastest },
    { paper: 'DMRO reaches the highest reward.', judge: judgeHighest }
  ],
  here(runs) {
    const own = finals(runsOfRule(runs, { algorithm: 'dmro' }), 'gapMean')
    const theirs = RIVALS.map((algorithm) => finals(runsOfRule(runs, { algorithm }), 'gapMean'))
    if (own.length === 0 || theirs.some((gaps) => gaps.length === 0)) return undefined
    const means = theirs.map((gaps) => mean(gaps))
    return `Final gap ${gapUnit(mean(own))} against ${gapUnit(Math.min(...means))} to ${gapUnit(Math.max(...means))} for the three DQN variants.`
  }
}
