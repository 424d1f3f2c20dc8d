import { count, gapUnit } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import { studyExperiment, SEEDS } from './documents'
import { rampLook } from './looks'
import { estimate, finals, gapText, listed, OPEN, runsOfRule, verdictOf } from './measures'
import type { ClaimFinding, SeriesRule, Study, StudyRun } from '@shared/studies/study'
import { CENTRES, type Centre } from './unseen'

/** Tasks of a workflow, N. */
const TASKS = [10, 20] as const
/** What this lab asks of dmro-plus: mean gap, and the gap 95 of 100 workflows stay under. */
const MEAN = 0.001
const P95 = 0.005

interface Size {
  centre: Centre
  tasks: (typeof TASKS)[number]
  /** h: tasks a decision plans before it asks the learned value. */
  horizon: number
}

const DEFAULT_HORIZON = 1
/** With five places values are so near each other that what the networks err by decides; planning a little further takes that out. */
const FURTHER = 4

const PLAIN: readonly Size[] = (Object.keys(CENTRES) as Centre[]).flatMap((centre) =>
  TASKS.map((tasks) => ({ centre, tasks, horizon: DEFAULT_HORIZON }))
)
const PLANNED: readonly Size[] = PLAIN.filter(({ centre }) => CENTRES[centre] > 3).map((size) => ({ ...size, horizon: FURTHER }))
const SIZES = [...PLAIN, ...PLANNED]

/** The same plan with nothing learned. */
const PLAN_ALONE = 'look-ahead'

/** Learn steps of the whole study: twenty tasks take longer each, and come as near with fewer. */
const LEARN_STEPS = { 10: 6000, 20: 5000 } as const

const isSmall = ({ centre, tasks }: Size) => tasks === 10 && CENTRES[centre] === 3
/** What this lab asks is asked of the further plan where there is one. */
const isJudged = (size: Size) => size.horizon > DEFAULT_HORIZON || CENTRES[size.centre] === 3

const nameOf = ({ centre, tasks }: Size) => `${centre}, N ${tasks}`
const labelOf = ({ centre, tasks, horizon }: Size) => `N ${tasks}, K ${CENTRES[centre]}${horizon > DEFAULT_HORIZON ? `, h ${horizon}` : ''}`
const experimentOf = (size: Size) =>
  `DMRO+ by size, N ${size.tasks}, ${isSmall(size) ? 'H 64' : 'H 128'}${size.horizon > DEFAULT_HORIZON ? `, h ${size.horizon}` : ''}`
const rule = (size: Size) => ({ world: nameOf(size), experiment: experimentOf(size) })

function scenarioOf(size: Size): object {
  const { centre, tasks } = size
  const generator = {
    users: 4,
    workflowsPerUser: 5,
    tasks,
    firstMegabytes: [50, 100],
    laterMegabytes: [10, 50],
    megacycles: [1000, 100_000]
  }
  return {
    format: 'dmro-scenario/1',
    name: nameOf(size),
    topology: centre,
    workload: { format: 'dmro-workload/1', name: `paper workload, ${count(tasks, 'task', 'tasks')}`, generator, seed: 1 },
    objective: { energyWeight: 0.2 }
  }
}

const series: readonly SeriesRule[] = SIZES.map((size) => {
  const step = (PLAIN.findIndex((plain) => nameOf(plain) === nameOf(size)) + 1) as 1 | 2 | 3 | 4
  return {
    key: labelOf(size),
    label: labelOf(size),
    ...rule(size),
    look: size.horizon > DEFAULT_HORIZON ? rampLook(step, [10, 3, 2, 3]) : rampLook(step)
  }
})

function judgeNear(runs: readonly StudyRun[]): ClaimFinding {
  const found = SIZES.map((size) => ({ size, own: runsOfRule(runs, rule(size)) }))
  const alone = PLANNED.map((size) => ({ size, gaps: finals(runsOfRule(runs, { world: nameOf(size), algorithm: PLAN_ALONE }), 'gapMean') }))
  if (found.some(({ own }) => finals(own, 'gapMean').length === 0) || alone.some(({ gaps }) => gaps.length === 0)) return OPEN
  const told = found.map(({ size, own }) => {
    const gaps = finals(own, 'gapMean')
    const p95 = mean(own.flatMap(({ evaluation }) => evaluation?.gapP95 ?? []))
    return { size, gaps, p95 }
  })
  return {
    verdict: verdictOf(told.filter(({ size }) => isJudged(size)).flatMap(({ gaps, p95 }) => [mean(gaps) <= MEAN, p95 <= P95])),
    text: `Mean gap and 95th percentile: ${listed(told.map(({ size, gaps, p95 }) => `${labelOf(size)}: ${gapText(estimate(gaps))}, ${gapUnit(p95)}`))}. ${PLAN_ALONE} alone: ${listed(alone.map(({ size, gaps }) => `${labelOf(size)}: ${gapUnit(mean(gaps))}`))}.`
  }
}

export const sizes: Study = {
  id: 'sizes',
  figure: 'N and K',
  title: 'DMRO+ by tasks and places',
  paper: 'Not in the paper: 10 and 20 tasks, 3 and 5 places.',
  setting: `dmro-plus on workflows of 10 and of 20 tasks, with one edge and one cloud and with two of each, δ 0.2; H 128 for all but the smallest, 6,000 learn steps for 10 tasks and 5,000 for 20. With five places again with decisions that plan h ${FURTHER} tasks, beside look-ahead, which plans as far and knows nothing beyond; everything else at its default.`,
  stages: (variant) => {
    const learn = (some: readonly Size[], parameters: Readonly<Record<string, number>>) => {
      const learnSteps = variant === 'quick' ? 500 : LEARN_STEPS[some[0].tasks]
      return studyExperiment(
        experimentOf(some[0]),
        some.map(scenarioOf),
        [{ id: 'dmro-plus', parameters: { ...parameters, learnSteps, evaluateEvery: variant === 'quick' ? 50 : 200 } }],
        SEEDS[variant]
      )
    }
    const ofTasks = (sizes: readonly Size[], n: number) => sizes.filter(({ tasks }) => tasks === n)
    return [
      {
        key: 'learn',
        title: 'Learn each size',
        documents: [
          learn(PLAIN.filter(isSmall), {}),
          ...TASKS.map((n) =>
            learn(
              ofTasks(PLAIN, n).filter((size) => !isSmall(size)),
              { hidden: 128 }
            )
          ),
          ...TASKS.map((n) => learn(ofTasks(PLANNED, n), { hidden: 128, horizon: FURTHER })),
          studyExperiment('Look-ahead by size', PLANNED.map(scenarioOf), [{ id: PLAN_ALONE, parameters: { horizon: FURTHER } }], [1])
        ]
      }
    ]
  },
  charts: [
    {
      key: 'gap',
      title: 'Held-out gap of dmro-plus, by tasks N and places K',
      x: 'learnSteps',
      y: { metric: 'gap', label: 'optimality gap', scale: 'log', kind: 'gap' },
      series
    }
  ],
  claims: [
    {
      paper: `Not in the paper: dmro-plus ends within ${gapUnit(MEAN)} of the optimum on average and ${gapUnit(P95)} for 95 of 100 workflows, whatever the size; with five places where decisions plan h ${FURTHER} tasks.`,
      judge: judgeNear
    }
  ],
  here(runs) {
    const gaps = SIZES.flatMap((size) => {
      const found = finals(runsOfRule(runs, rule(size)), 'gapMean')
      return found.length > 0 ? [mean(found)] : []
    })
    return gaps.length === SIZES.length ? `Mean gaps ${gapUnit(Math.min(...gaps))} to ${gapUnit(Math.max(...gaps))}.` : undefined
  }
}
