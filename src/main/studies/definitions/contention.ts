import { gapUnit, plain } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import type { ClaimFinding, SeriesRule, Study, StudyRun, Variant } from '@shared/studies/study'
import { type Choice, SEEDS, studyExperiment, AS_IT_CAME } from './documents'
import { algorithmSeries } from './looks'
import { estimate, finals, gapText, listed, OPEN, runsOfRule, verdictOf } from './measures'

/** Devices that meet on one edge server and on its way to the cloud, each with one workflow of N tasks. */
const DEVICES = [1, 2, 3, 4, 6, 8] as const
const TASKS = 10
/** Beyond so many devices nobody learns in this study: an episode has too many tasks for its time. */
const LEARNED_TO = 4

const crowd = (devices: number) => `crowd of ${devices}`

/** The devices of `shared-4x10`, as many as asked for: 4, 20 and 40 GHz, 2 MB/s to the edge and 4 MB/s from there. */
function topologyOf(devices: number): object {
  const ids = Array.from({ length: devices }, (_, i) => `device ${i + 1}`)
  return {
    format: 'dmro-topology/1',
    name: crowd(devices),
    note: 'Assumed numbers.',
    nodes: [
      ...ids.map((id, i) => ({ id, tier: 'device', computeMHz: 4000, energyPerMegacycle: 0.001, position: { x: 0, y: 128 * i } })),
      { id: 'edge', tier: 'edge', computeMHz: 20_000, energyPerMegacycle: 0.0005, relays: true, position: { x: 320, y: 0 } },
      { id: 'cloud', tier: 'cloud', computeMHz: 40_000, energyPerMegacycle: 0.0004, position: { x: 640, y: 0 } }
    ],
    links: [
      ...ids.map((id) => ({ from: id, to: 'edge', bandwidthMBps: 2, latencyMs: 0 })),
      { from: 'edge', to: 'cloud', bandwidthMBps: 4, latencyMs: 0 }
    ]
  }
}

function scenarioOf(devices: number, execution: 'shared' | 'independent'): object {
  return {
    format: 'dmro-scenario/2',
    name: execution === 'shared' ? crowd(devices) : `${crowd(devices)}, no queues`,
    topology: topologyOf(devices),
    execution,
    workload: {
      format: 'dmro-workload/2',
      name: `graphs of ${TASKS} tasks, one of each device`,
      seed: 1,
      generator: {
        users: devices,
        workflowsPerUser: 5,
        tasks: TASKS,
        firstMegabytes: [50, 100],
        laterMegabytes: [10, 50],
        megacycles: [1000, 100_000],
        graph: { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'split' },
        ...(execution === 'shared' && devices > 1 && { together: devices })
      }
    },
    objective: { energyWeight: 0.2 }
  }
}

const WORLDS = [
  { execution: 'shared', name: crowd(1) },
  { execution: 'independent', name: `${crowd(1)}, no queues` }
] as const
const TRAIN = 'train'
const CROSS = 'cross'
const policyOf = (execution: string) => `trained ${execution}`
const experimentOf = (execution: string) => `Queues, dmro-plus trained ${execution === 'shared' ? 'in them' : 'without them'}`

const learned = (variant: Variant): Choice => ({ id: 'dmro-plus', ...(variant === 'quick' && { parameters: { learnSteps: 600 } }) })
const unchanged = (execution: string): Choice => ({
  id: 'dmro-plus',
  parameters: { ...AS_IT_CAME, beam: 8, polish: 0 },
  initialWeights: `study:${policyOf(execution)}`
})

const RULES = ['eft', 'eft-tail', 'pilot', 'beam'] as const
const SHOWN = ['dmro-plus', 'annealing', ...RULES] as const
const series: readonly SeriesRule[] = SHOWN.map((id) => ({ ...algorithmSeries(id), ...(id === 'dmro-plus' && { stage: TRAIN }) }))

/** Of policies trained in one of the worlds and used in the other, and of those that stayed. */
function judgeTransfer(runs: readonly StudyRun[]): ClaimFinding {
  const found = WORLDS.map(({ execution, name }) => {
    const other = WORLDS.find((world) => world.execution !== execution) as (typeof WORLDS)[number]
    const placed = (start: string) => finals(runsOfRule(runs, { stage: CROSS, world: name, start: policyOf(start) }), 'gapMean')
    return { execution, own: placed(execution), foreign: placed(other.execution) }
  })
  if (found.some(({ own, foreign }) => own.length === 0 || foreign.length === 0)) return OPEN
  return {
    verdict: verdictOf(found.map(({ own, foreign }) => mean(own) < mean(foreign))),
    text: `With a beam of 8 and nothing after it: ${listed(
      found.map(
        ({ execution, own, foreign }) =>
          `${execution === 'shared' ? 'with queues' : 'without queues'} ${gapText(estimate(own))} trained there, ${gapText(estimate(foreign))} trained in the other`
      )
    )}.`
  }
}

function judgeCrowd(runs: readonly StudyRun[]): ClaimFinding {
  const gaps = DEVICES.map((devices) => ({
    devices,
    gaps: finals(runsOfRule(runs, { algorithm: 'eft', world: crowd(devices) }), 'gapMean')
  }))
  if (gaps.some(({ gaps: found }) => found.length === 0)) return OPEN
  const pilots = DEVICES.map((devices) => mean(finals(runsOfRule(runs, { algorithm: 'pilot', world: crowd(devices) }), 'gapMean')))
  return {
    verdict: verdictOf([pilots[pilots.length - 1] > pilots[0]]),
    text: `Gap by devices together, eft and pilot: ${listed(gaps.map(({ devices, gaps: found }, i) => `${plain(devices)}: ${gapUnit(mean(found))} and ${gapUnit(pilots[i])}`))}.`
  }
}

/** What queues change: for policies trained without them, and with the number of devices. */
export const contention: Study = {
  id: 'contention',
  figure: 'Queues',
  title: 'With queues and without',
  paper: 'Not in the paper: nothing waits in its model.',
  setting: `dmro-plus trained on graphs of ${TASKS} tasks where tasks and data wait for each other, and where they do not, each used in both; and ${listed(DEVICES.map(String))} devices that meet on one edge server, each with one workflow. Learners learn up to ${LEARNED_TO} devices.`,
  stages: (variant) => [
    {
      key: TRAIN,
      title: 'Train, and place by rules and searches',
      documents: [
        ...WORLDS.map(({ execution }) =>
          studyExperiment(experimentOf(execution), [scenarioOf(1, execution)], [learned(variant)], SEEDS[variant])
        ),
        studyExperiment(
          'Queues, learned by number of devices',
          DEVICES.filter((devices) => devices > 1 && devices <= LEARNED_TO).map((devices) => scenarioOf(devices, 'shared')),
          [learned(variant)],
          SEEDS[variant]
        ),
        studyExperiment(
          'Queues, rules by number of devices',
          DEVICES.map((devices) => scenarioOf(devices, 'shared')),
          RULES.map((id) => ({ id })),
          [1]
        ),
        studyExperiment(
          'Queues, annealing by number of devices',
          DEVICES.map((devices) => scenarioOf(devices, 'shared')),
          [{ id: 'annealing' }],
          SEEDS[variant]
        )
      ],
      policies: WORLDS.map(({ execution }) => ({ name: policyOf(execution), algorithm: 'dmro-plus', experiment: experimentOf(execution) }))
    },
    {
      key: CROSS,
      title: 'Place where they were not trained',
      documents: WORLDS.map(({ execution, name }) =>
        studyExperiment(
          `Queues, policies of both in ${name}`,
          [scenarioOf(1, execution)],
          WORLDS.map((world) => unchanged(world.execution)),
          SEEDS[variant]
        )
      )
    }
  ],
  charts: [
    {
      key: 'devices',
      title: 'Gap by workflows together',
      x: 'together',
      y: { metric: 'gap', label: 'gap', scale: 'log', kind: 'gap' },
      series
    }
  ],
  claims: [
    {
      paper:
        'Not in the paper: a policy trained without queues places worse in them than one that was trained there, and the other way round.',
      judge: judgeTransfer
    },
    { paper: 'Not in the paper: the more devices meet, the farther rules are from the best known.', judge: judgeCrowd }
  ],
  here(runs) {
    const worlds = DEVICES.map((devices) => finals(runsOfRule(runs, { algorithm: 'pilot', world: crowd(devices) }), 'gapMean'))
    return worlds.every(({ length }) => length > 0)
      ? `The pilot is ${gapUnit(mean(worlds[0]))} from the best with one device, ${gapUnit(mean(worlds[worlds.length - 1]))} with eight.`
      : undefined
  }
}
