import { count, gapUnit } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import type { ChartPlan, ClaimFinding, SeriesRule, Study, StudyRun } from '@shared/studies/study'
import fourDevices from '../../../../resources/presets/four-devices.topology.json'
import fourGraphs from '../../../../resources/presets/shared-4x10.scenario.json'
import { DMRO_REWARD, SEEDS, studyExperiment } from './documents'
import { STUDY_START_LOOKS } from './looks'
import { curveOf, finals, listed, medianSteps, OPEN, runsOfRule, stepsText, verdictOf } from './measures'
import { START_NAMES, STUDY_STARTS } from './starts'

/** Around the preset of four graphs at a time, where everything in one tier costs twice the best, so that there is something to learn. */
const FAMILY = {
  format: 'dmro-environments/1',
  name: 'around four devices',
  note: 'Every bandwidth times e to ±0.7, server speeds to ±0.5, device speeds to ±0.35, energies to ±0.3.',
  family: { around: 'four-devices', members: 16, seed: 1, bandwidth: 0.7, serverSpeed: 0.5, deviceSpeed: 0.35, energy: 0.3 }
}
/** Steps of ψ, and of the weights trained elsewhere; then of what learns on. */
const LENGTHS = { full: { psi: 3000, elsewhere: 2000, adapting: 600 }, quick: { psi: 600, elsewhere: 400, adapting: 200 } } as const
const EVERY = 20
/** So that the length of a run decides nothing of its beginning. */
const CONSTANT = { learningRateDecay: 'none' } as const
/** Converged: within this of the least final cost that any start comes to. */
const WITHIN = 0.05
/** Learn steps that this lab asks of ψ at most, and how many times as many random weights need at least. */
const QUICK = 20
const MUCH = 5

interface Unseen {
  name: string
  /** Factors of every bandwidth and of the edge’s speed. */
  bandwidth?: number
  edge?: number
  graph?: { fat: readonly [number, number]; density: readonly [number, number] }
}

/** Environments that ψ has not seen, then shapes of graphs that it has not. */
const UNSEEN: readonly Unseen[] = [
  { name: 'half the bandwidth', bandwidth: 0.5 },
  { name: 'a slower edge, faster links', bandwidth: 1.5, edge: 0.6 },
  { name: 'wider graphs', graph: { fat: [0.8, 1], density: [0.2, 0.4] } },
  { name: 'narrower graphs', graph: { fat: [0.2, 0.3], density: [0.8, 1] } }
]

function scenarioOf({ name, bandwidth = 1, edge = 1, graph }: Unseen): object {
  const { nodes, links } = fourDevices
  const { workload } = fourGraphs
  return {
    ...fourGraphs,
    name,
    topology: {
      ...fourDevices,
      name,
      nodes: nodes.map((node) => ({ ...node, computeMHz: node.computeMHz * (node.tier === 'edge' ? edge : 1) })),
      links: links.map((link) => ({ ...link, bandwidthMBps: link.bandwidthMBps * bandwidth }))
    },
    workload: { ...workload, name, generator: { ...workload.generator, graph: { ...workload.generator.graph, ...graph } } }
  }
}

const LEARN = 'train'
const ADAPT = 'adapt'
const rule = (start: (typeof STUDY_STARTS)[number]) => ({ stage: ADAPT, algorithm: 'dmro', start: start === 'random' ? null : start })
const OTHER_NAMES = { ...START_NAMES, elsewhere: 'trained in the centre alone' }

function reached(runs: readonly StudyRun[]) {
  return UNSEEN.flatMap(({ name: world }) => {
    const byStart = STUDY_STARTS.map((start) => runsOfRule(runs, { ...rule(start), world }))
    if (byStart.some((some) => finals(some, 'meanCost').length === 0)) return []
    const level = Math.min(...byStart.map((some) => mean(finals(some, 'meanCost')))) * (1 + WITHIN)
    return [
      {
        world,
        steps: byStart.map((some) => medianSteps(some, 'cost', level)),
        before: byStart.map((some) => mean(some.flatMap((run) => curveOf(run, 'gap').slice(0, 1)).map(({ value }) => value))),
        finals: byStart.map((some) => mean(finals(some, 'gapMean')))
      }
    ]
  })
}

const psiAndRandom = (values: readonly number[], text: (value: number) => string) =>
  `${START_NAMES.psi} ${text(values[0])}, ${START_NAMES.random} ${text(values[2])}`

function judgeFaster(runs: readonly StudyRun[]): ClaimFinding {
  const found = reached(runs)
  if (found.length < UNSEEN.length) return OPEN
  return {
    verdict: verdictOf(found.flatMap(({ steps: [psi, , random] }) => [psi <= QUICK, Math.max(psi, EVERY) * MUCH <= random])),
    text: `Median learn steps to within ${gapUnit(WITHIN)} of the best final cost, evaluated every ${EVERY}: ${found
      .map(({ world, steps }) => `${world}: ${psiAndRandom(steps, stepsText)}`)
      .join(
        '; '
      )}. Gaps before the first learn step: ${listed(found.map(({ world, before }) => `${world} ${psiAndRandom(before, gapUnit)}`))}.`
  }
}

function judgeElsewhere(runs: readonly StudyRun[]): ClaimFinding {
  const found = reached(runs)
  if (found.length < UNSEEN.length) return OPEN
  return {
    verdict: verdictOf(found.map(({ steps: [psi, elsewhere] }) => psi <= elsewhere)),
    text: found
      .map(
        ({ world, steps: [psi, elsewhere] }) =>
          `${world}: ${START_NAMES.psi} ${stepsText(psi)}, ${OTHER_NAMES.elsewhere} ${stepsText(elsewhere)}`
      )
      .join('; ')
      .concat('.')
  }
}

function judgeFinal(runs: readonly StudyRun[]): ClaimFinding {
  const found = reached(runs)
  if (found.length < UNSEEN.length) return OPEN
  return {
    verdict: verdictOf(found.map(({ finals: [psi, , random] }) => psi < random)),
    text: `Final gaps: ${listed(found.map(({ world, finals: ends }) => `${world} ${psiAndRandom(ends, gapUnit)}`))}.`
  }
}

const series: readonly SeriesRule[] = STUDY_STARTS.map((start) => ({
  key: start,
  label: OTHER_NAMES[start],
  look: STUDY_START_LOOKS[start],
  ...rule(start)
}))

/** What a file of a chart is called. */
const keyOf = (world: string) => `gap-${world.replace(/[^a-z]+/g, '-')}`

const chartOf = ({ name }: Unseen): ChartPlan => ({
  key: keyOf(name),
  title: `Held-out gap, ${name}, by the weights it starts from`,
  x: 'learnSteps',
  y: { metric: 'gap', label: 'gap', scale: 'log', kind: 'gap' },
  series,
  world: name
})

/** Algorithm 2 on graphs that share machines: ψ in environments and on shapes of graphs that it has not seen. */
export const psi: Study = {
  id: 'psi',
  figure: 'ψ on graphs',
  title: 'Convergence from ψ on graphs',
  paper: 'Not in the paper: its ψ is for chains that wait for nothing.',
  setting: `ψ is trained over ${count(FAMILY.family.members, 'environment', 'environments')} around the preset shared-4x10 (Algorithm 2 as the text has it), other weights in its centre alone; DMRO then learns two environments and two shapes of graphs that neither has seen, from either and from random weights, all else equal. Every seed has its own ψ.`,
  stages: (variant) => {
    const lengths = LENGTHS[variant]
    return [
      {
        key: LEARN,
        title: 'Train ψ, and weights in the centre',
        documents: [
          studyExperiment(
            'ψ on graphs, meta-parameters',
            [fourGraphs.name],
            [{ id: 'meta', parameters: { learnSteps: lengths.psi, evaluateEvery: 500 }, environments: FAMILY }],
            SEEDS[variant]
          ),
          studyExperiment(
            'ψ on graphs, trained in the centre',
            [fourGraphs.name],
            [{ id: 'dmro', parameters: { ...DMRO_REWARD, ...CONSTANT, learnSteps: lengths.elsewhere, evaluateEvery: 500 } }],
            SEEDS[variant]
          )
        ],
        policies: [
          { name: 'psi', algorithm: 'meta' },
          { name: 'elsewhere', algorithm: 'dmro' }
        ]
      },
      {
        key: ADAPT,
        title: 'Learn on from each',
        documents: [
          studyExperiment(
            'ψ on graphs, unseen environments and graphs',
            UNSEEN.map(scenarioOf),
            STUDY_STARTS.map((start) => ({
              id: 'dmro',
              parameters: { ...DMRO_REWARD, ...CONSTANT, learnSteps: lengths.adapting, evaluateEvery: EVERY },
              ...(start !== 'random' && { initialWeights: `study:${start}` })
            })),
            SEEDS[variant]
          )
        ]
      }
    ]
  },
  charts: [chartOf(UNSEEN[0]), ...UNSEEN.slice(1).map(chartOf)],
  claims: [
    {
      paper: `Not in the paper: on graphs as well ψ needs ${QUICK} learn steps or fewer, and random weights ${MUCH} times as many or more.`,
      judge: judgeFaster
    },
    { paper: 'Not in the paper: ψ needs no more learn steps than weights trained in one environment.', judge: judgeElsewhere },
    { paper: 'Not in the paper: after the same learn steps ψ has led nearer the best than random weights.', judge: judgeFinal }
  ],
  here(runs) {
    const found = reached(runs)
    return found.length === UNSEEN.length
      ? `To within 5 % of the best final cost, median steps: ${listed(found.map(({ world, steps }) => `${world} ${psiAndRandom(steps, stepsText)}`))}.`
      : undefined
  }
}
