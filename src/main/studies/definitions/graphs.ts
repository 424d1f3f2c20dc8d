import { gapUnit } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import type { ClaimFinding, SeriesRule, Study, StudyRun, Variant } from '@shared/studies/study'
import { type Choice, SEEDS, studyExperiment } from './documents'
import { algorithmSeries } from './looks'
import { below, estimate, finals, gapText, listed, OPEN, runsOfRule, verdictOf } from './measures'

/** The presets of graphs that share machines: their names in the lab and what they hold. */
export const SHARED_PRESETS = ['shared-1x20', 'shared-4x10', 'shared-hard', 'shared-stream'] as const
const [ONE, FOUR, HARD, STREAM] = SHARED_PRESETS
/** Where all learners learn; on the stream the last of them does. */
const LEARNED_ON = [ONE, FOUR, HARD] as const

const FIXED = ['local-only', 'edge-only', 'cloud-only'] as const
/** What draws nothing at random is run once. */
const RULES = [...FIXED, 'greedy', 'eft', 'eft-tail', 'pilot', 'beam'] as const
const SEARCHES = ['random', 'local-search', 'annealing'] as const
/** From Algorithm 1’s rivals to what knows most of the model. */
const LADDER = ['dqn', 'double-dqn', 'dueling-dqn', 'dmro', 'dmro-plus'] as const
const BEST_RULE = 'pilot'

/** Learn steps of a sketch. */
const SKETCH = { dqn: 400, 'double-dqn': 400, 'dueling-dqn': 400, dmro: 200, 'dmro-plus': 600 } as const

function learned(variant: Variant): Choice[] {
  return LADDER.map((id) => ({ id, ...(variant === 'quick' && { parameters: { learnSteps: SKETCH[id] } }) }))
}

/** Generations of a sketch on the stream. */
const SKETCHED_GENERATIONS = 6

const rule = (algorithm: string, world: string) => ({ algorithm, world })
const gapsOf = (runs: readonly StudyRun[], algorithm: string, world: string) => finals(runsOfRule(runs, rule(algorithm, world)), 'gapMean')

function judgeLadder(runs: readonly StudyRun[]): ClaimFinding {
  const found = LEARNED_ON.map((world) => ({
    world,
    gaps: (['dqn', 'dmro', 'dmro-plus'] as const).map((algorithm) => gapsOf(runs, algorithm, world))
  }))
  if (found.some(({ gaps }) => gaps.some(({ length }) => length === 0))) return OPEN
  return {
    verdict: verdictOf(
      found.flatMap(({ gaps: [dqn, dmro, plus] }) => [
        mean(plus) < mean(dmro),
        mean(dmro) < mean(dqn),
        below(estimate(plus), estimate(dqn))
      ])
    ),
    text: found
      .map(
        ({ world, gaps: [dqn, dmro, plus] }) =>
          `${world}: dqn ${gapText(estimate(dqn))}, dmro ${gapText(estimate(dmro))}, dmro-plus ${gapText(estimate(plus))}.`
      )
      .join(' ')
  }
}

function judgeRules(runs: readonly StudyRun[]): ClaimFinding {
  const found = LEARNED_ON.map((world) => ({
    world,
    plus: gapsOf(runs, 'dmro-plus', world),
    rules: RULES.map((algorithm) => ({ algorithm, gaps: gapsOf(runs, algorithm, world) }))
  }))
  if (found.some(({ plus, rules }) => plus.length === 0 || rules.some(({ gaps }) => gaps.length === 0))) return OPEN
  return {
    verdict: verdictOf(found.flatMap(({ plus, rules }) => rules.map(({ gaps }) => mean(plus) < mean(gaps)))),
    text: found
      .map(({ world, plus, rules }) => {
        const best = rules.reduce((least, each) => (mean(each.gaps) < mean(least.gaps) ? each : least))
        return `${world}: dmro-plus ${gapText(estimate(plus))}, the best of the rules (${best.algorithm}) ${gapUnit(mean(best.gaps))}.`
      })
      .join(' ')
  }
}

function judgePlaces(runs: readonly StudyRun[]): ClaimFinding {
  const found = LEARNED_ON.map((world) => ({ world, gaps: FIXED.map((algorithm) => mean(gapsOf(runs, algorithm, world))) }))
  if (found.some(({ gaps }) => gaps.some(Number.isNaN))) return OPEN
  return {
    verdict: verdictOf(found.map(({ gaps }) => Math.min(...gaps) > 0.03)),
    text: `Everything in one tier – device, edge, cloud – costs beyond the best known: ${listed(found.map(({ world, gaps }) => `${world} ${gaps.map(gapUnit).join(', ')}`))}.`
  }
}

function judgeStream(runs: readonly StudyRun[]): ClaimFinding {
  const gaps = (algorithm: string) => gapsOf(runs, algorithm, STREAM)
  const [plus, annealing, best] = ['dmro-plus', 'annealing', BEST_RULE].map(gaps)
  if ([plus, annealing, best].some(({ length }) => length === 0)) return OPEN
  return {
    verdict: verdictOf([mean(plus) < mean(annealing), mean(plus) < mean(best)]),
    text: `${STREAM}: dmro-plus ${gapText(estimate(plus))}, annealing for its own cost ${gapText(estimate(annealing))}, ${BEST_RULE} ${gapUnit(mean(best))}, all above one who knows what is released next.`
  }
}

const series: readonly SeriesRule[] = [...LADDER, 'annealing', 'local-search', 'pilot', 'beam', 'eft-tail', 'eft', 'greedy', ...FIXED].map(
  (id) => algorithmSeries(id)
)

/** Every algorithm on graphs whose tasks meet on processors and links. */
export const graphs: Study = {
  id: 'graphs',
  figure: 'Shared machines',
  title: 'Graphs that share machines',
  paper: 'Not in the paper: its chains never wait for anything.',
  setting: `Every algorithm on ${listed(SHARED_PRESETS)}, δ 0.2, each at its defaults for graphs. A gap is to the proven optimum where a search could prove it and to the best placement known otherwise; the table says which. On the stream everything is placed at its release, knowing nothing of later ones; the best known alone does.`,
  stages: (variant) => [
    {
      key: 'place',
      title: 'Rules and searches',
      documents: [
        studyExperiment(
          'Shared machines, rules',
          LEARNED_ON,
          RULES.map((id) => ({ id })),
          [1]
        ),
        studyExperiment(
          'Shared machines, searches',
          LEARNED_ON,
          SEARCHES.map((id) => ({ id })),
          SEEDS[variant]
        ),
        studyExperiment(
          'Shared machines, stream',
          [STREAM],
          RULES.map((id) => ({ id })),
          [1]
        ),
        studyExperiment(
          'Shared machines, searches of the stream',
          [STREAM],
          SEARCHES.map((id) => ({ id })),
          SEEDS[variant]
        )
      ]
    },
    {
      key: 'learn',
      title: 'Learn on each',
      documents: [
        studyExperiment('Shared machines, learned', LEARNED_ON, learned(variant), SEEDS[variant]),
        studyExperiment(
          'Shared machines, learned on the stream',
          [STREAM],
          [{ id: 'dmro-plus', ...(variant === 'quick' && { parameters: { learnSteps: SKETCHED_GENERATIONS } }) }],
          SEEDS[variant]
        )
      ]
    }
  ],
  charts: [
    {
      key: 'gap-1x20',
      title: 'Held-out gap while learning, one workflow of 20 tasks',
      x: 'learnSteps',
      y: { metric: 'gap', label: 'gap', scale: 'log', kind: 'gap' },
      world: ONE,
      series
    },
    ...([FOUR, HARD] as const).map((world) => ({
      key: `gap-${world.replace('shared-', '')}`,
      title: `Held-out gap while learning, ${world === FOUR ? 'four workflows of 10 tasks' : 'the hard preset'}`,
      x: 'learnSteps' as const,
      y: { metric: 'gap', label: 'gap', scale: 'log' as const, kind: 'gap' as const },
      world,
      series
    }))
  ],
  claims: [
    {
      paper: 'Not in the paper: the more of the known model a learner uses, the nearer it comes: dmro-plus below dmro below dqn.',
      judge: judgeLadder
    },
    {
      paper: 'Not in the paper: dmro-plus places better than every rule and every search without learning that takes no budget.',
      judge: judgeRules
    },
    { paper: 'Not in the paper: no single tier is near the best.', judge: judgePlaces },
    { paper: 'Not in the paper: on a stream, what a release should leave to later ones can be learned.', judge: judgeStream }
  ],
  here(runs) {
    const told = LEARNED_ON.flatMap((world) => {
      const gaps = gapsOf(runs, 'dmro-plus', world)
      const rule = gapsOf(runs, BEST_RULE, world)
      return gaps.length > 0 && rule.length > 0 ? [`${world} ${gapUnit(mean(gaps))} against ${gapUnit(mean(rule))}`] : []
    })
    return told.length === LEARNED_ON.length ? `dmro-plus against the pilot: ${listed(told)}.` : undefined
  }
}
