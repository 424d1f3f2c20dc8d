import { writeScenario } from '@shared/formats'
import { fixed, gapUnit } from '@shared/format'
import type { Scenario } from '@shared/model/scenario'
import { mean } from '@shared/statistics/descriptive'
import type { ClaimFinding, SeriesRule, Study, StudyRun } from '@shared/studies/study'
import { type Choice, SEEDS, studyExperiment } from './documents'
import { algorithmSeries, STUDY_START_LOOKS } from './looks'
import { curveOf, estimate, finals, gapText, listed, OPEN, runsOfRule, verdictOf } from './measures'

const RULES = ['local-only', 'edge-only', 'eft', 'optimum'] as const
const LEARNED = ['dqn', 'dmro', 'dmro-plus'] as const
const SKETCH = { dqn: 400, dmro: 200, 'dmro-plus': 600 } as const
const TRAIN = 'train'
const ADAPT = 'adapt'
/** Learn steps from another set's weights. */
const ADAPTED = 400
/** Of the final cost, that counts as adapted. */
const NEAR = 0.05

/**
 * Mean seconds of three sets of 100 graphs that were published with MRLCO (J. Wang et al. 2021): all local, all at the edge, EFT, and the
 * optimum over placements in this order. Computed from the graphs, which are not part of this program.
 */
const GOLDEN: readonly { set: string; seconds: readonly [number, number, number, number] }[] = [
  { set: 'random20_4', seconds: [1432.009, 1654.466, 837.017, 795.291] },
  { set: 'meta_offloading n=10', seconds: [692.769, 814.686, 450.187, 436.049] },
  { set: 'meta_offloading n=20', seconds: [1452.797, 1678.198, 838.313, 807.609] }
]
/** Half of the last printed digit. */
const PRINTED = 0.0005

const policyOf = (name: string) => `trained on ${name}`
const trainingIn = (name: string) => `Round trips, dmro-plus in ${name}`

const secondsOf = (runs: readonly StudyRun[], algorithm: string, scenario: string) =>
  runs.find((run) => run.algorithm === algorithm && run.scenario === scenario)?.evaluation?.meanDelaySeconds
const scenariosOf = (runs: readonly StudyRun[]) => [...new Set(runs.map(({ scenario }) => scenario))]
const gapsOf = (runs: readonly StudyRun[], algorithm: string, world: string) =>
  finals(runsOfRule(runs, { algorithm, world, ...((LEARNED as readonly string[]).includes(algorithm) && { stage: TRAIN }) }), 'gapMean')

function judgeGolden(runs: readonly StudyRun[]): ClaimFinding {
  const found = scenariosOf(runs).flatMap((scenario) => {
    const seconds = RULES.map((algorithm) => secondsOf(runs, algorithm, scenario) ?? Number.NaN)
    const golden = GOLDEN.find(({ seconds: [local] }) => Math.abs(local - seconds[0]) <= PRINTED)
    return golden && !seconds.some(Number.isNaN) ? [{ scenario, golden, seconds }] : []
  })
  if (found.length === 0) return OPEN
  return {
    verdict: verdictOf(found.flatMap(({ golden, seconds }) => seconds.map((value, i) => Math.abs(value - golden.seconds[i]) <= PRINTED))),
    text: `${listed(found.map(({ scenario, golden, seconds }) => `${scenario} is ${golden.set}: ${seconds.map((value) => fixed(value, 3)).join(', ')} s`))}.`
  }
}

function judgeOrder(runs: readonly StudyRun[]): ClaimFinding {
  const worlds = scenariosOf(runs)
  const found = worlds.map((world) => ({ world, gaps: ['eft', ...LEARNED].map((algorithm) => gapsOf(runs, algorithm, world)) }))
  if (found.length === 0 || found.some(({ gaps }) => gaps.some(({ length }) => length === 0))) return OPEN
  return {
    verdict: verdictOf(found.map(({ gaps: [eft, , , plus] }) => mean(plus) < mean(eft))),
    text: found
      .map(
        ({ world, gaps: [eft, ...learned] }) =>
          `${world}: eft ${gapUnit(mean(eft))}, ${listed(LEARNED.map((algorithm, i) => `${algorithm} ${gapText(estimate(learned[i]))}`))}.`
      )
      .join(' ')
  }
}

/** Learn steps until the gap is first within NEAR of the final cost, as a mean over runs; NaN where there is none. */
function stepsToNear(runs: readonly StudyRun[]): number {
  return mean(
    runs.flatMap((run) => {
      const curve = curveOf(run, 'cost')
      const last = curve.at(-1)?.value ?? Number.NaN
      return curve.find(({ value }) => value <= last * (1 + NEAR))?.step ?? []
    })
  )
}

function judgeAdapting(runs: readonly StudyRun[]): ClaimFinding {
  const adapted = runsOfRule(runs, { stage: ADAPT })
  if (adapted.length === 0) return OPEN
  const [other, random] = [stepsToNear(adapted), stepsToNear(runsOfRule(runs, { stage: TRAIN, algorithm: 'dmro-plus' }))]
  return {
    verdict: verdictOf([other <= random]),
    text: `Learn steps to within ${gapUnit(NEAR)} of the final cost: ${fixed(other)} from another set’s weights, ${fixed(random)} from random ones.`
  }
}

const series: readonly SeriesRule[] = [
  { ...algorithmSeries('dmro-plus'), stage: TRAIN },
  { key: 'adapted', label: 'dmro-plus from another set', algorithm: 'dmro-plus', stage: ADAPT, look: STUDY_START_LOOKS.psi },
  ...['dmro', 'dqn', 'annealing', 'eft', 'edge-only', 'local-only', 'optimum'].map((id) => algorithmSeries(id))
]

/** MRLCO's own world, on graphs that the user brings. */
export const mrlco: Study = {
  id: 'mrlco',
  figure: 'Round trips',
  title: 'MRLCO’s graphs under their own rule',
  paper: 'Not in the paper: the environment of MRLCO, the published program that is nearest to it.',
  setting:
    'Every scenario of execution round-trip in the history. The graphs do not come with the lab: bring them with `lab import *.gv --execution round-trip --to set.json` and `lab run set.json --algorithms eft`, then start the study. Learners learn on the set’s own graphs and are evaluated on them.',
  takes: ({ execution }) => execution === 'round-trip',
  stages: (variant, given: readonly Scenario[] = []) => {
    const learned = (id: (typeof LEARNED)[number]): Choice => ({
      id,
      ...(variant === 'quick' && { parameters: { learnSteps: SKETCH[id] } })
    })
    const documents = given.map(writeScenario)
    const names = given.map(({ name }) => name)
    return [
      {
        key: TRAIN,
        title: 'Place by rules and searches, and learn',
        documents: documents.flatMap((scenario, s) => [
          studyExperiment(
            `Round trips, rules in ${names[s]}`,
            [scenario],
            RULES.map((id) => ({ id })),
            [1]
          ),
          studyExperiment(`Round trips, annealing in ${names[s]}`, [scenario], [{ id: 'annealing' }], SEEDS[variant]),
          studyExperiment(`Round trips, Algorithm 1 in ${names[s]}`, [scenario], [learned('dqn'), learned('dmro')], SEEDS[variant]),
          studyExperiment(trainingIn(names[s]), [scenario], [learned('dmro-plus')], SEEDS[variant])
        ]),
        policies: names.map((name) => ({ name: policyOf(name), algorithm: 'dmro-plus', experiment: trainingIn(name) }))
      },
      ...(given.length > 1
        ? [
            {
              key: ADAPT,
              title: 'Learn on from another set’s weights',
              documents: documents.map((scenario, s) =>
                studyExperiment(
                  `Round trips, ${names[s]} from another set`,
                  [scenario],
                  [
                    {
                      id: 'dmro-plus',
                      parameters: { learnSteps: ADAPTED, evaluateEvery: 10 },
                      initialWeights: `study:${policyOf(names[(s + 1) % names.length])}`
                    }
                  ],
                  SEEDS[variant]
                )
              )
            }
          ]
        : [])
    ]
  },
  charts: [
    {
      key: 'gap',
      title: 'Gap on each set’s graphs',
      x: 'learnSteps',
      y: { metric: 'gap', label: 'optimality gap', scale: 'log', kind: 'gap' },
      series
    }
  ],
  claims: [
    {
      paper:
        'MRLCO’s published graphs, placed all local, all at the edge, by EFT and at the optimum, take the seconds computed from them elsewhere.',
      judge: judgeGolden
    },
    { paper: 'Not in the paper: what learns places better than EFT, the rule that MRLCO compares with.', judge: judgeOrder },
    { paper: 'Not in the paper: weights learned on another set of graphs learn on faster than random ones.', judge: judgeAdapting }
  ],
  here(runs) {
    const gaps = scenariosOf(runs).map((world) => gapsOf(runs, 'dmro-plus', world))
    return gaps.length > 0 && gaps.every(({ length }) => length > 0)
      ? `dmro-plus ${listed(gaps.map((found) => gapUnit(mean(found))))} from the optimum.`
      : undefined
  }
}
