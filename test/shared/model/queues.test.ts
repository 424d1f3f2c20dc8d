import { BatchWorld } from '@shared/model/batch/model'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { batchLoadOf } from '@shared/model/queues'
import { referenceOf } from '@shared/model/search/reference'
import { whatHelps } from '@shared/experiment/what-helps'
import type { Scenario } from '@shared/model/scenario'
import type { Topology } from '@shared/model/topology'
import { upgraded, upgradesOf } from '@shared/model/upgrades'
import type { Workflow } from '@shared/model/workflow'
import { readScenario } from '@shared/formats'
import { presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'

/** Two like devices and an edge; one link is slower back than there. */
const TOPOLOGY: Topology = {
  name: 'corner',
  nodes: [
    { id: 'a', tier: 'device', computeMHz: 100, energyPerMegacycle: 1 },
    { id: 'b', tier: 'device', computeMHz: 100, energyPerMegacycle: 1 },
    { id: 'edge', tier: 'edge', computeMHz: 1000, energyPerMegacycle: 1, cores: 2 }
  ],
  links: [
    { from: 'a', to: 'edge', bandwidthMBps: 2, backBandwidthMBps: 1, latencyMs: 0 },
    { from: 'edge', to: 'b', bandwidthMBps: 4, backBandwidthMBps: 2, latencyMs: 0 }
  ]
}

/** Two tasks at once of one device: 10 MB and 5 s on the edge each. */
const WORKFLOW: Workflow = {
  id: 'w1',
  device: 'a',
  tasks: ['t1', 't2'].map((id) => ({ id, megacycles: 5000 })),
  flows: [
    { from: '@input', to: 't1', megabytes: 10 },
    { from: '@input', to: 't2', megabytes: 10 },
    { from: 't1', to: '@output', megabytes: 5 }
  ]
}
const SCENARIO: Scenario = {
  name: 'corner',
  topology: TOPOLOGY,
  workload: { name: 'pair', workflows: [WORKFLOW] },
  objective: { ...DEFAULT_OBJECTIVE, scaling: 'none', energyWeight: 0 },
  execution: 'shared'
}

describe('the load of a batch', () => {
  const { executor } = new BatchWorld('shared', SCENARIO, undefined, referenceOf).episode([WORKFLOW])
  const load = batchLoadOf(TOPOLOGY, [{ workflows: [WORKFLOW], schedules: executor.schedule([1, 1]) }])

  it('is who is busy for how long of its time, and what is waited for', () => {
    // 0–5 and 5–10 s on the uplink, 5–10 and 10–15 s on a core, 10–15 s back: 15 s in all; the second input waits 5 s.
    expect(load.endSeconds).toBeCloseTo(15, 12)
    const [up, down] = load.directions
    expect([up.from, up.to, up.megabytes, down.megabytes]).toEqual(['a', 'edge', 20, 5])
    expect(up.share).toBeCloseTo(10 / 15, 12)
    expect(down.share).toBeCloseTo(5 / 15, 12)
    expect(up.waitedSeconds).toBeCloseTo(5, 12)
    const edge = load.nodes[2]
    expect(edge.share).toBeCloseTo(10 / 30, 12)
    expect(edge.tasks).toBe(2)
    expect(edge.waitedSeconds).toBe(0)
    expect(load.nodes.slice(0, 2).map(({ share }) => share)).toEqual([0, 0])
  })

  it('leaves out upgrades of what is idle, and further cores where nothing waits; what devices have alike gets them together', () => {
    expect(upgradesOf(TOPOLOGY, load)).toEqual([
      {
        kind: 'bandwidth',
        ends: [
          ['a', 'edge'],
          ['b', 'edge']
        ],
        from: 2,
        to: 4
      },
      { kind: 'speed', nodes: ['edge'], from: 1000, to: 2000 },
      { kind: 'bandwidth', ends: [['edge', 'a']], from: 1, to: 2 }
    ])
  })
})

describe('an upgrade', () => {
  it('changes what it names and nothing else', () => {
    const wider = upgraded(TOPOLOGY, { kind: 'bandwidth', ends: [['b', 'edge']], from: 2, to: 4 })
    expect(wider.links).toEqual([TOPOLOGY.links[0], { ...TOPOLOGY.links[1], backBandwidthMBps: 4 }])
    const faster = upgraded(TOPOLOGY, { kind: 'speed', nodes: ['a', 'b'], from: 100, to: 200 })
    expect(faster.nodes.map(({ computeMHz }) => computeMHz)).toEqual([200, 200, 1000])
    expect(upgraded(TOPOLOGY, { kind: 'core', nodes: ['edge'], from: 2, to: 3 }).nodes[2].cores).toBe(3)
  })

  it('brings what the same search finds after it', () => {
    const look = whatHelps(SCENARIO)
    expect(look.delaySeconds).toBeCloseTo(15, 9)
    const wider = look.help.find(({ upgrade }) => upgrade.kind === 'bandwidth' && upgrade.ends[0][0] === 'a')
    // Up in 2.5 and 5 s, computed by 7.5 and 10 s, back by 12.5 s.
    expect(wider?.delaySeconds).toBeCloseTo(-2.5, 9)
    expect(wider?.cost).toBeCloseTo(-2.5 / 15, 9)
    expect(look.help.every(({ cost }, i, all) => i === 0 || cost >= all[i - 1].cost)).toBe(true)
  })

  it('is placed the same however often it is asked for, and shares stay within the whole', () => {
    const read = readScenario(presetOf('shared-4x10', 'scenario'), (part, kind) =>
      typeof part === 'string' ? presetOf(part, kind) : undefined
    )
    if (!read.ok) throw new Error('shared-4x10 cannot be read')
    const effort = { batches: 3, evaluations: 200, tasks: 40 }
    const look = whatHelps(read.value, effort)
    expect(whatHelps(read.value, effort)).toEqual(look)
    expect(look.batches).toBe(3)
    for (const { share } of [...look.load.nodes, ...look.load.directions]) expect(share).toBeLessThanOrEqual(1)
    expect(look.help.every(({ costHalf }) => costHalf !== undefined && costHalf >= 0)).toBe(true)
  })
})
