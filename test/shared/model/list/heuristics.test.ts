import type { BatchEpisode } from '@shared/model/batch/episode'
import { batchModel } from '@shared/model/batch/model'
import { cpopPlan, heftPlan, matchingPlan, peftPlan } from '@shared/model/list/heuristics'
import type { Scenario } from '@shared/model/scenario'
import { outlookOf } from '@shared/model/search/outlook-of'
import { planBy } from '@shared/model/search/rules'
import { describe, expect, it } from 'vitest'

/**
 * The device computes a megacycle in 1 s, the edge in ½ s; data takes 1 s per MB between them. Three tasks: "a" and "c" begin, "b" waits
 * for "a" with much data.
 */
const scenario = (execution: Scenario['execution'], tasks: Scenario['workload'] & object): Scenario => ({
  name: 'by hand',
  topology: {
    name: 'by hand',
    nodes: [
      { id: 'device', tier: 'device', computeMHz: 1, energyPerMegacycle: 1 },
      { id: 'edge', tier: 'edge', computeMHz: 2, energyPerMegacycle: 1 }
    ],
    links: [{ from: 'device', to: 'edge', bandwidthMBps: 1, latencyMs: 0 }]
  },
  workload: tasks,
  objective: { energyWeight: 0, edgeEnergyWeight: 1, cloudEnergyWeight: 1, scaling: 'none', countReturn: true },
  execution
})

const task = (id: string, megacycles: number) => ({ id, megacycles, uploadMegabytes: 3, resultMegabytes: 1 })
const FORK = {
  name: 'fork',
  workflows: [
    {
      id: 'w',
      device: 'device',
      tasks: [task('a', 8), task('b', 8), task('c', 4)],
      flows: [{ from: 'a', to: 'b', megabytes: 2 }]
    }
  ]
}

function placed(execution: Scenario['execution'], plan: typeof heftPlan): Record<string, number> {
  const [episode] = batchModel(execution ?? 'shared').compile(scenario(execution, FORK)).episodes
  const { placement } = plan(outlookOf((episode as BatchEpisode).executor))
  return Object.fromEntries(episode.order.map(({ task: at }, i) => [FORK.workflows[0].tasks[at].id, placement[i]]))
}

describe('list heuristics on a fork worked out by hand', () => {
  // "a" ends at the edge after 4 s, "b" there after 8 s; "c" after 4 s on the device.
  it.each([
    ['heft', heftPlan],
    ['peft', peftPlan],
    ['cpop', cpopPlan],
    ['sufferage', (outlook) => matchingPlan(outlook, 'sufferage')],
    ['max-min', (outlook) => matchingPlan(outlook, 'max-min')]
  ] as [string, typeof heftPlan][])('%s computes the long way at the edge and the rest beside it', (_, plan) => {
    expect(placed('shared', plan)).toEqual({ a: 1, b: 1, c: 0 })
  })

  // "c" ends first of all that are ready: 2 s at the edge; then "a" at the edge after 6 s beats 8 s on the device.
  it('min-min begins with the short task, at the faster place', () => {
    expect(placed('shared', (outlook) => matchingPlan(outlook, 'min-min'))).toEqual({ a: 1, b: 1, c: 1 })
  })
})

describe('on round trips', () => {
  const [episode] = batchModel('round-trip').compile(scenario('round-trip', FORK)).episodes
  const outlook = outlookOf((episode as BatchEpisode).executor)

  it('heft is EFT, since nothing is inserted', () => {
    expect(heftPlan(outlook)).toEqual(planBy(outlook, 'finish'))
  })

  it('every one places', () => {
    for (const plan of [cpopPlan, peftPlan]) expect(plan(outlook).cost).toBeLessThan(Infinity)
    for (const matching of ['min-min', 'max-min', 'sufferage'] as const) expect(matchingPlan(outlook, matching).cost).toBeLessThan(Infinity)
  })
})
