import type { ParameterValue } from '@shared/algorithms/parameters'
import { fixed, gapUnit } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import { rankingOf } from '@shared/statistics/ranks'
import type { ChartPlan, ClaimFinding, SeriesRule, Study, StudyRun, Variant } from '@shared/studies/study'
import { type Choice, DMRO_REWARD, SEEDS, studyExperiment } from './documents'
import { algorithmSeries } from './looks'
import { estimate, finals, gapText, listed, OPEN, runsOfRule, verdictOf } from './measures'

/** A chain, a graph, and graphs of four devices at once. */
const CHAIN = 'one-edge-one-cloud'
const GRAPH = 'shared-1x20'
const FOUR = 'shared-4x10'
const WORLDS = [CHAIN, GRAPH, FOUR] as const
const NAMES: Record<(typeof WORLDS)[number], string> = { [CHAIN]: 'a chain', [GRAPH]: 'a graph', [FOUR]: 'graphs of four devices at once' }

type Settings = Readonly<Record<string, ParameterValue>>

/** What learns everywhere, with the settings of a sketch. */
const LEARNED: readonly { id: string; parameters?: Settings; sketch: Settings }[] = [
  { id: 'dmro-plus', sketch: { learnSteps: 600 } },
  { id: 'dmro', parameters: DMRO_REWARD, sketch: { learnSteps: 300 } },
  { id: 'dqn', sketch: { learnSteps: 400 } },
  { id: 'double-dqn', sketch: { learnSteps: 400 } },
  { id: 'dueling-dqn', sketch: { learnSteps: 400 } },
  { id: 'imitation', sketch: { learnSteps: 500, demonstrations: 200 } },
  { id: 'actor-critic', sketch: { learnSteps: 500 } },
  { id: 'ppo', sketch: { learnSteps: 200 } }
]
/** What learns of whole chains. */
const ON_CHAINS: readonly { id: string; parameters?: Settings; sketch: Settings }[] = ['ddlo', 'ddto', 'droo'].map((id) => ({
  id,
  sketch: { learnSteps: 600 }
}))
const SEARCHES = ['local-search', 'annealing', 'genetic', 'memetic', 'particle-swarm', 'random'] as const
const LISTS = ['heft', 'cpop', 'peft', 'min-min', 'max-min', 'sufferage', 'eft'] as const
const RULES = [...LISTS, 'eft-tail', 'pilot', 'beam', 'greedy', 'local-only', 'edge-only', 'cloud-only'] as const
/** Evaluations that every search has for a workflow, or a batch. */
const BUDGET = { full: 5000, quick: 500 } as const

const choices = (of: typeof LEARNED, variant: Variant): Choice[] =>
  of.map(({ id, parameters, sketch }) => ({ id, parameters: { ...parameters, ...(variant === 'quick' && sketch) } }))

const EVERYWHERE = [...LEARNED.map(({ id }) => id), ...SEARCHES, ...RULES]
const series: readonly SeriesRule[] = [...EVERYWHERE, ...ON_CHAINS.map(({ id }) => id), 'look-ahead', 'optimum'].map((id) =>
  algorithmSeries(id)
)

const gapsOf = (runs: readonly StudyRun[], algorithm: string, world: string) => finals(runsOfRule(runs, { algorithm, world }), 'gapMean')

function judgeComplete(runs: readonly StudyRun[]): ClaimFinding {
  const best = WORLDS.map((world) => {
    const found = EVERYWHERE.map((algorithm) => ({ algorithm, gaps: gapsOf(runs, algorithm, world) })).filter(({ gaps }) => gaps.length > 0)
    return { world, found: found.sort((a, b) => mean(a.gaps) - mean(b.gaps)) }
  })
  if (best.some(({ found }) => found.length < EVERYWHERE.length)) return OPEN
  return {
    verdict: verdictOf(best.map(({ found: [first] }) => first.algorithm === 'dmro-plus')),
    text: best
      .map(
        ({ world, found }) =>
          `${world}: ${listed(found.slice(0, 4).map(({ algorithm, gaps }) => `${algorithm} ${gapText(estimate(gaps))}`))} come nearest.`
      )
      .join(' ')
  }
}

function judgeLearned(runs: readonly StudyRun[]): ClaimFinding {
  const found = WORLDS.map((world) => ({
    world,
    learned: LEARNED.map(({ id }) => mean(gapsOf(runs, id, world))),
    lists: LISTS.map((id) => mean(gapsOf(runs, id, world)))
  }))
  if (found.some(({ learned, lists }) => [...learned, ...lists].some(Number.isNaN))) return OPEN
  return {
    verdict: verdictOf(found.map(({ learned, lists }) => Math.max(...learned) < Math.min(...lists))),
    text: `${listed(found.map(({ world, learned, lists }) => `${world}: learned ${gapUnit(Math.min(...learned))} to ${gapUnit(Math.max(...learned))}, list heuristics ${gapUnit(Math.min(...lists))} to ${gapUnit(Math.max(...lists))}`))}.`
  }
}

/** That not all are alike, over every world and seed. */
function judgeRanks(runs: readonly StudyRun[]): ClaimFinding {
  const seeds = [...new Set(runsOfRule(runs, { algorithm: 'dmro-plus' }).map(({ seed }) => seed))]
  const blocks = WORLDS.flatMap((world) =>
    seeds.map((seed) =>
      EVERYWHERE.map((algorithm) => {
        const there = runsOfRule(runs, { algorithm, world })
        return mean(finals(there.length === 1 ? there : there.filter((run) => run.seed === seed), 'gapMean'))
      })
    )
  )
  if (blocks.length < 2 || blocks.some((block) => block.some(Number.isNaN))) return OPEN
  const { ranks, statistic, p, criticalDifference } = rankingOf(blocks)
  const order = EVERYWHERE.map((algorithm, a) => ({ algorithm, rank: ranks[a] })).sort((a, b) => a.rank - b.rank)
  return {
    verdict: verdictOf([p < 0.05]),
    text: `Friedman’s test over ${blocks.length} blocks, each a world and a seed: F ${fixed(statistic, 1)}, p ${p < 0.001 ? '< 0.001' : fixed(p, 3)}; mean ranks ${listed(order.map(({ algorithm, rank }) => `${algorithm} ${fixed(rank, 1)}`))}; those less than ${fixed(criticalDifference, 1)} apart are not told apart (Nemenyi). Seeds of a world share its held-out workflows: the ranks are of these worlds.`
  }
}

const pareto = (world: (typeof WORLDS)[number], x: 'decisionMs' | 'trainingSeconds'): ChartPlan => ({
  key: `${x === 'decisionMs' ? 'decision' : 'training'}-${world}`,
  title: `Gap against ${x === 'decisionMs' ? 'the time of a decision' : 'the time of training'}, ${NAMES[world]}`,
  x,
  y: { metric: 'gap', label: 'gap', scale: 'log', kind: 'gap' },
  world,
  series: x === 'decisionMs' ? series : series.filter(({ key }) => [...LEARNED, ...ON_CHAINS].some(({ id }) => id === key))
})

/** Everything that the literature compares with, on a chain, on a graph and on graphs that share machines. */
export const rivals: Study = {
  id: 'rivals',
  figure: 'Rivals',
  title: 'Every rival',
  paper: 'Not in the paper: its rivals are three single networks and fixed places.',
  setting: `Every algorithm on ${listed(WORLDS.map((world) => NAMES[world]))} (${listed(WORLDS)}), δ 0.2, at its defaults; searches have ${BUDGET.full} evaluations each. What learns of whole chains alone is run on the chain.`,
  stages: (variant) => [
    {
      key: 'place',
      title: 'Rules and searches',
      documents: [
        studyExperiment(
          'Rivals, rules',
          WORLDS,
          RULES.map((id) => ({ id })),
          [1]
        ),
        studyExperiment(
          'Rivals, chains alone',
          [CHAIN],
          ['look-ahead', 'optimum'].map((id) => ({ id })),
          [1]
        ),
        studyExperiment(
          'Rivals, searches',
          WORLDS,
          SEARCHES.map((id) => ({ id, ...(id !== 'random' && { parameters: { evaluations: BUDGET[variant] } }) })),
          SEEDS[variant]
        )
      ]
    },
    {
      key: 'learn',
      title: 'Learn',
      documents: [
        studyExperiment('Rivals, learned', WORLDS, choices(LEARNED, variant), SEEDS[variant]),
        studyExperiment('Rivals, learned of chains', [CHAIN], choices(ON_CHAINS, variant), SEEDS[variant])
      ]
    }
  ],
  charts: [
    {
      key: 'ranks',
      title: 'Mean ranks over worlds and seeds, and what the test cannot part',
      x: 'rank',
      y: { metric: 'gap', label: 'gap', scale: 'linear', kind: 'gap' },
      worlds: WORLDS,
      series: EVERYWHERE.map((id) => algorithmSeries(id))
    },
    ...WORLDS.map((world) => pareto(world, 'decisionMs')),
    ...WORLDS.map((world) => pareto(world, 'trainingSeconds'))
  ],
  claims: [
    { paper: 'Not in the paper: dmro-plus comes nearest to the best known in every one of these worlds.', judge: judgeComplete },
    { paper: 'Not in the paper: whatever learns places better than every list heuristic.', judge: judgeLearned },
    { paper: 'Not in the paper: the algorithms are not alike, by Friedman’s test.', judge: judgeRanks }
  ],
  here(runs) {
    const told = WORLDS.flatMap((world) => {
      const gaps = gapsOf(runs, 'dmro-plus', world)
      return gaps.length > 0 ? [`${world} ${gapUnit(mean(gaps))}`] : []
    })
    return told.length === WORLDS.length ? `dmro-plus: ${listed(told)}.` : undefined
  }
}
