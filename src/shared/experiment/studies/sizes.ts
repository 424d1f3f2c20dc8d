import { gapUnit } from '../../format'
import { mean } from '../statistics'
import { experiment, SEEDS } from './documents'
import { rampLook } from './looks'
import { estimate, finals, gapText, listed, OPEN, runsOfRule, verdictOf } from './measures'
import type { Finding, SeriesRule, Study, StudyRun } from './study'
import { CENTRES, type Centre } from './unseen'

/** Tasks of a workflow, N. */
const TASKS = [10, 20] as const
/** What this lab asks of dmro-plus: mean gap, and the gap 95 of 100 workflows stay under. */
const MEAN = 0.001
const P95 = 0.005

interface Size {
  centre: Centre
  tasks: (typeof TASKS)[number]
}

const SIZES: readonly Size[] = (Object.keys(CENTRES) as Centre[]).flatMap((centre) => TASKS.map((tasks) => ({ centre, tasks })))

const nameOf = ({ centre, tasks }: Size) => `${centre}, N ${tasks}`
const labelOf = ({ centre, tasks }: Size) => `N ${tasks}, K ${CENTRES[centre]}`

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
    workload: { format: 'dmro-workload/1', name: `paper workload, ${tasks} tasks`, generator, seed: 1 },
    objective: { energyWeight: 0.2 }
  }
}

const series: readonly SeriesRule[] = SIZES.map((size, i) => ({
  key: labelOf(size),
  label: labelOf(size),
  world: nameOf(size),
  look: rampLook((i + 1) as 1 | 2 | 3 | 4)
}))

function judgeNear(runs: readonly StudyRun[]): Finding {
  const found = SIZES.map((size) => ({ size, own: runsOfRule(runs, { world: nameOf(size) }) }))
  if (found.some(({ own }) => finals(own, 'gapMean').length === 0)) return OPEN
  const told = found.map(({ size, own }) => {
    const gaps = finals(own, 'gapMean')
    const p95 = mean(own.flatMap(({ evaluation }) => evaluation?.gapP95 ?? []))
    return { size, gaps, p95 }
  })
  return {
    verdict: verdictOf(told.flatMap(({ gaps, p95 }) => [mean(gaps) <= MEAN, p95 <= P95])),
    text: `Mean gap and 95th percentile: ${listed(told.map(({ size, gaps, p95 }) => `${labelOf(size)}: ${gapText(estimate(gaps))}, ${gapUnit(p95)}`))}.`
  }
}

export const sizes: Study = {
  id: 'sizes',
  figure: 'N and K',
  title: 'DMRO+ by tasks and places',
  paper: 'Not in the paper: 10 and 20 tasks, 3 and 5 places.',
  setting:
    'dmro-plus on workflows of 10 and of 20 tasks, with one edge and one cloud and with two of each, δ 0.2; H 128 for all but the smallest, everything else by default.',
  stages: (variant) => {
    const learnSteps = variant === 'quick' ? 500 : 6000
    const learn = (some: readonly Size[], parameters: Readonly<Record<string, number>>) =>
      experiment(
        `DMRO+ by size, ${some.map(labelOf).join('; ')}`,
        some.map(scenarioOf),
        [{ id: 'dmro-plus', parameters: { ...parameters, learnSteps, evaluateEvery: variant === 'quick' ? 50 : 200 } }],
        SEEDS[variant]
      )
    const isSmall = ({ centre, tasks }: Size) => tasks === 10 && CENTRES[centre] === 3
    return [
      {
        key: 'learn',
        title: 'Learn each size',
        documents: [
          learn(SIZES.filter(isSmall), {}),
          learn(
            SIZES.filter((size) => !isSmall(size)),
            { hidden: 128 }
          )
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
      paper: `Not in the paper: dmro-plus ends within ${gapUnit(MEAN)} of the optimum on average and ${gapUnit(P95)} for 95 of 100 workflows, whatever the size.`,
      judge: judgeNear
    }
  ],
  here(runs) {
    const gaps = SIZES.flatMap((size) => {
      const found = finals(runsOfRule(runs, { world: nameOf(size) }), 'gapMean')
      return found.length > 0 ? [mean(found)] : []
    })
    return gaps.length === SIZES.length ? `Mean gaps ${gapUnit(Math.min(...gaps))} to ${gapUnit(Math.max(...gaps))}.` : undefined
  }
}
