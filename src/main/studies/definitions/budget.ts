import { gapUnit, plain } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import type { ChartPlan, ClaimFinding, SeriesRule, Study, StudyRun } from '@shared/studies/study'
import { type Choice, SEEDS, studyExperiment } from './documents'
import { algorithmSeries } from './looks'
import { finals, listed, OPEN, runsOfRule, verdictOf } from './measures'

const WORLDS = ['one-edge-one-cloud', 'shared-4x10'] as const
const NAMES: Record<(typeof WORLDS)[number], string> = { 'one-edge-one-cloud': 'a chain', 'shared-4x10': 'graphs of four devices at once' }
const SEARCHES = ['local-search', 'annealing', 'genetic', 'memetic', 'particle-swarm'] as const
const BUDGETS = { full: [50, 200, 1000, 5000, 20_000], quick: [50, 500] } as const
const LEARNED = ['dmro-plus', 'imitation'] as const
const SKETCH = { 'dmro-plus': { learnSteps: 600 }, imitation: { learnSteps: 500, demonstrations: 200 } } as const

const series: readonly SeriesRule[] = [...LEARNED, ...SEARCHES].map((id) => algorithmSeries(id))
const chartOf = (world: (typeof WORLDS)[number]): ChartPlan => ({
  key: `budget-${world}`,
  title: `Gap against the time of a decision, ${NAMES[world]}`,
  x: 'decisionMs',
  y: { metric: 'gap', label: 'gap', scale: 'log', kind: 'gap' },
  world,
  series
})

/** Every setting of an algorithm in a world: the time of a decision and the gap, means over seeds. */
function settingsOf(runs: readonly StudyRun[], algorithm: string, world: string): { ms: number; gap: number; evaluations: number }[] {
  const own = runsOfRule(runs, { algorithm, world })
  return [...Map.groupBy(own, ({ parameters }) => JSON.stringify(parameters)).values()].map((alike) => ({
    ms: mean(finals(alike, 'decisionMs')),
    gap: mean(finals(alike, 'gapMean')),
    evaluations: Number(alike[0].parameters.evaluations ?? 0)
  }))
}

/** The best that a search comes to in no more time than the policy takes. */
function judgeEqualTime(runs: readonly StudyRun[]): ClaimFinding {
  const found = WORLDS.map((world) => {
    const [policy] = settingsOf(runs, 'dmro-plus', world)
    const searches = SEARCHES.flatMap((algorithm) => settingsOf(runs, algorithm, world).map((setting) => ({ algorithm, ...setting })))
    return { world, policy, searches }
  })
  if (found.some(({ policy, searches }) => policy === undefined || searches.length === 0)) return OPEN
  const told = found.map(({ world, policy, searches }) => {
    const inTime = searches.filter(({ ms }) => ms <= policy.ms)
    const best = inTime.reduce<(typeof inTime)[number] | undefined>(
      (least, each) => (least && least.gap <= each.gap ? least : each),
      undefined
    )
    return { world, policy, best }
  })
  return {
    verdict: verdictOf(told.map(({ policy, best }) => best === undefined || policy.gap < best.gap)),
    text: `${listed(
      told.map(({ world, policy, best }) => {
        const own = `${world}: dmro-plus ${gapUnit(policy.gap)} in ${plain(Number(policy.ms.toPrecision(2)))} ms`
        return best
          ? `${own}, the best search in no more time (${best.algorithm}, ${plain(best.evaluations)} evaluations) ${gapUnit(best.gap)}`
          : `${own}, where no search is as fast`
      })
    )}.`
  }
}

/** Search against a learned policy at equal time of a decision. */
export const budget: Study = {
  id: 'budget',
  figure: 'Budget',
  title: 'Search or learn?',
  paper: 'Not in the paper: searches with a budget of evaluations, and policies at the same time of a decision.',
  setting: `Every search at budgets of ${listed(BUDGETS.full.map((evaluations) => plain(evaluations)))} evaluations, beside dmro-plus and imitation at their defaults, on ${listed(WORLDS)}; the time of a decision is measured in the lab’s own program while it evaluates.`,
  stages: (variant) => [
    {
      key: 'run',
      title: 'Search and learn',
      documents: [
        studyExperiment(
          'Budget, searches',
          WORLDS,
          SEARCHES.map((id): Choice => ({ id, parameters: { evaluations: [...BUDGETS[variant]] } })),
          SEEDS[variant]
        ),
        studyExperiment(
          'Budget, learned',
          WORLDS,
          LEARNED.map((id): Choice => ({ id, ...(variant === 'quick' && { parameters: SKETCH[id] }) })),
          SEEDS[variant]
        )
      ]
    }
  ],
  charts: [chartOf(WORLDS[0]), chartOf(WORLDS[1])],
  claims: [{ paper: 'Not in the paper: in the time that a learned policy decides, no search comes nearer.', judge: judgeEqualTime }],
  here(runs) {
    const told = WORLDS.flatMap((world) => {
      const [policy] = settingsOf(runs, 'dmro-plus', world)
      return policy ? [`${world} ${gapUnit(policy.gap)} in ${plain(Number(policy.ms.toPrecision(2)))} ms`] : []
    })
    return told.length === WORLDS.length ? `dmro-plus: ${listed(told)}.` : undefined
  }
}
