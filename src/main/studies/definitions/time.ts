import { gapUnit, plain } from '@shared/format'
import type { ParameterValue } from '@shared/algorithms/parameters'
import { mean } from '@shared/statistics/descriptive'
import { pairedSeedDifference } from '@shared/statistics/intervals'
import type { ChartPlan, ClaimFinding, SeriesRule, Study, StudyRun, Variant } from '@shared/studies/study'
import { type Choice, SEEDS, studyExperiment, AS_IT_CAME } from './documents'
import { algorithmSeries, rampLook } from './looks'
import { finals, listed, OPEN, runsOfRule, verdictOf } from './measures'

const WORLDS = ['shared-1x20', 'shared-hard', 'shared-4x10'] as const
const NAMES: Record<(typeof WORLDS)[number], string> = {
  'shared-1x20': 'one workflow of 20 tasks',
  'shared-hard': 'the hard preset',
  'shared-4x10': 'four workflows of 10 tasks'
}

/** Evaluations of annealing, and the same after a pilot and after a beam by bound. */
const BUDGETS = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000] as const
const AFTER = [500, 2000, 5000, 20_000] as const
const BEAMS = [1, 2, 4, 8, 16, 32, 64] as const
/** States of the beam and evaluations after it: dmro-plus and the same with nothing learned. */
const PAIRS = [
  [8, 2000],
  [16, 5000],
  [32, 20_000],
  [64, 20_000]
] as const

type Settings = Readonly<Record<string, ParameterValue>>

/** A quick sketch leaves out what takes longest. */
const some = <T>(values: readonly T[], variant: Variant): readonly T[] =>
  variant === 'quick' ? values.filter((_, i) => i % 3 === 1) : values

const TRAIN = 'train'
const PLACE = 'place'
const LEARNED = ['dmro', 'dmro-plus'] as const
const experimentOf = (id: string, world: string) => `Decision time, ${id} in ${world}`
const policyOf = (id: string, world: string) => `${id} in ${world}`

/** A policy of `world` as it came, planning so widely and annealing so long afterwards. */
const placing = (world: string, beam: number, polish: number): Choice => ({
  id: 'dmro-plus',
  parameters: { ...AS_IT_CAME, beam, polish },
  initialWeights: `study:${policyOf('dmro-plus', world)}`
})
const pairs = (variant: Variant) => PAIRS.slice(0, variant === 'quick' ? 2 : 4)
const beamsIn = (world: string) => `Decision time, beams in ${world}`
const annealedIn = (world: string) => `Decision time, beams and annealing in ${world}`

const searches = (variant: Variant): Choice[] => [
  { id: 'annealing', parameters: { evaluations: [...some(BUDGETS, variant)] } },
  { id: 'annealing', parameters: { evaluations: [...some(AFTER, variant)], startPlan: 'pilot' } },
  ...pairs(variant).map(
    ([startStates, evaluations]): Choice => ({ id: 'annealing', parameters: { evaluations, startPlan: 'beam', startStates } })
  )
]
const RULES: Choice[] = [
  { id: 'greedy' },
  { id: 'eft' },
  { id: 'eft-tail' },
  { id: 'pilot' },
  { id: 'beam', parameters: { states: [...BEAMS, 128] } }
]

const seriesIn = (world: string): readonly SeriesRule[] => [
  { key: 'plus-annealed', label: 'dmro-plus and annealing', algorithm: 'dmro-plus', experiment: annealedIn(world) },
  { key: 'plus', label: 'dmro-plus, beam alone', algorithm: 'dmro-plus', experiment: beamsIn(world), look: rampLook(2) },
  { ...algorithmSeries('annealing'), parameters: { startPlan: 'eft' } },
  {
    ...algorithmSeries('annealing', 'pilot + annealing'),
    key: 'pilot-annealing',
    parameters: { startPlan: 'pilot' },
    look: rampLook(3, [6, 3])
  },
  {
    ...algorithmSeries('annealing', 'beam by bound + annealing'),
    key: 'beam-annealing',
    parameters: { startPlan: 'beam' },
    look: rampLook(1, [2, 3])
  },
  algorithmSeries('beam'),
  algorithmSeries('pilot'),
  algorithmSeries('eft-tail'),
  algorithmSeries('eft'),
  algorithmSeries('greedy'),
  { ...algorithmSeries('dmro'), stage: TRAIN }
]

const chartOf = (world: (typeof WORLDS)[number]): ChartPlan => ({
  key: `time-${world.replace('shared-', '')}`,
  title: `Gap against the time of a decision, ${NAMES[world]}`,
  x: 'decisionMs',
  y: { metric: 'gap', label: 'gap', scale: 'log', kind: 'gap' },
  world,
  series: seriesIn(world)
})

/** dmro-plus against the same search with nothing learned, beam by beam and budget by budget, seed by seed. */
function judgePairs(runs: readonly StudyRun[]): ClaimFinding {
  const found = WORLDS.flatMap((world) =>
    PAIRS.flatMap(([states, evaluations]) => {
      const of = (algorithm: string, parameters: Settings) => finals(runsOfRule(runs, { algorithm, world, parameters }), 'gapMean')
      const plus = of('dmro-plus', { beam: states, polish: evaluations, learnSteps: 1 })
      const bound = of('annealing', { startPlan: 'beam', startStates: states, evaluations })
      const least = Math.min(plus.length, bound.length)
      if (least === 0) return []
      return [{ world, states, evaluations, plus, bound, difference: pairedSeedDifference(bound.slice(0, least), plus.slice(0, least)) }]
    })
  )
  if (new Set(found.map(({ world }) => world)).size < WORLDS.length) return OPEN
  return {
    verdict: verdictOf(
      found.map(({ plus, bound, difference }) => mean(plus) < mean(bound) && (difference === undefined || difference.interval[1] < 0))
    ),
    text: `Gap of beam and annealing with V against by bound alone: ${listed(
      found.map(({ world, states, evaluations, plus, bound, difference }) => {
        const interval = difference
          ? ` (difference ${gapUnit(difference.interval[0])} to ${gapUnit(difference.interval[1])}, n ${plus.length})`
          : ''
        return `${world} ${plain(states)} + ${plain(evaluations)}: ${gapUnit(mean(plus))} against ${gapUnit(mean(bound))}${interval}`
      })
    )}.`
  }
}

/** When does learning pay? The gap that the time of a decision buys, with and without what was learned. */
export const time: Study = {
  id: 'time',
  figure: 'Decision time',
  title: 'When does learning pay?',
  paper: 'Not in the paper: what the same milliseconds buy without learning.',
  setting:
    'Rules, searches at many budgets and trained policies at many widths of their beam on graphs that share machines: the gap over the time that a decision of a workflow takes, measured in the lab’s own program on one core while it evaluates. Policies are trained once for each seed and then used unchanged.',
  stages: (variant) => [
    {
      key: TRAIN,
      title: 'Train, and place by rules and searches',
      documents: [
        ...WORLDS.flatMap((world) =>
          LEARNED.map((id) =>
            studyExperiment(
              experimentOf(id, world),
              [world],
              [{ id, ...(variant === 'quick' && { parameters: { learnSteps: id === 'dmro' ? 200 : 600 } }) }],
              SEEDS[variant]
            )
          )
        ),
        studyExperiment('Decision time, rules', WORLDS, RULES, [1]),
        studyExperiment('Decision time, searches', WORLDS, searches(variant), SEEDS[variant])
      ],
      policies: WORLDS.flatMap((world) =>
        LEARNED.map((id) => ({ name: policyOf(id, world), algorithm: id, experiment: experimentOf(id, world) }))
      )
    },
    {
      key: PLACE,
      title: 'Place with wider and narrower beams',
      documents: WORLDS.flatMap((world) => [
        studyExperiment(
          beamsIn(world),
          [world],
          some(BEAMS, variant).map((beam) => placing(world, beam, 0)),
          SEEDS[variant]
        ),
        studyExperiment(
          annealedIn(world),
          [world],
          pairs(variant).map(([beam, polish]) => placing(world, beam, polish)),
          SEEDS[variant]
        )
      ])
    }
  ],
  charts: [chartOf('shared-1x20'), chartOf('shared-hard'), chartOf('shared-4x10')],
  claims: [
    {
      paper: 'Not in the paper: with what was learned, beam and annealing end nearer the best than the same with the bound alone.',
      judge: judgePairs
    }
  ],
  here(runs) {
    const told = WORLDS.flatMap((world) => {
      const gaps = finals(
        runsOfRule(runs, { algorithm: 'dmro-plus', world, stage: PLACE, parameters: { beam: 16, polish: 5000 } }),
        'gapMean'
      )
      return gaps.length > 0 ? [`${world} ${gapUnit(mean(gaps))}`] : []
    })
    return told.length === WORLDS.length ? `Beam 16 and 5,000 evaluations with V: ${listed(told)}.` : undefined
  }
}
