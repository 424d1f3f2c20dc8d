import { compileBatch } from '@shared/model/batch/batch'
import { IndependentExecutor } from '@shared/model/batch/independent'
import { MachineRoom } from '@shared/model/batch/machines'
import { ChainWorld } from '@shared/model/chain-world'
import { chainEnergy } from '@shared/model/cost'
import { compileEnvironment, relativeChange, sameCoefficients } from '@shared/model/environment'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { compileScenario, environmentOf, type Scenario } from '@shared/model/scenario'
import type { Topology } from '@shared/model/topology'
import { walk } from '@shared/model/world'
import { describe, expect, it } from 'vitest'
import { cases, fc } from '../properties'
import { scenarios } from './worlds'

/** A device of 3 W out and 5 W in; the cloud stands behind the edge, and the links have a rate each way. */
const topology: Topology = {
  name: 'sending',
  nodes: [
    { id: 'd', tier: 'device', computeMHz: 2, energyPerMegacycle: 1, transmitWatts: 3, receiveWatts: 5 },
    { id: 'e', tier: 'edge', computeMHz: 10, energyPerMegacycle: 0 },
    { id: 'c', tier: 'cloud', computeMHz: 50, energyPerMegacycle: 0 }
  ],
  links: [
    { from: 'd', to: 'e', bandwidthMBps: 4, backBandwidthMBps: 2, latencyMs: 250 },
    { from: 'c', to: 'e', bandwidthMBps: 8, latencyMs: 0 }
  ]
}
const scenario: Scenario = {
  name: 'sending',
  topology,
  workload: {
    name: 'one',
    workflows: [
      {
        id: 'w',
        device: 'd',
        tasks: [
          { id: 'a', megacycles: 100 },
          { id: 'b', megacycles: 200 }
        ],
        flows: [
          { from: '@input', to: 'a', megabytes: 8 },
          { from: 'a', to: 'b', megabytes: 16 },
          { from: 'b', to: '@output', megabytes: 4 }
        ]
      }
    ]
  },
  objective: { ...DEFAULT_OBJECTIVE, energyWeight: 0.5, scaling: 'none' }
}

/** The scenarios of other tests with watts on their devices. */
const sending = fc.tuple(scenarios, fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true })).map(
  ([each, transmitWatts, receiveWatts]): Scenario => ({
    ...each,
    topology: {
      ...each.topology,
      nodes: each.topology.nodes.map((node) => (node.tier === 'device' ? { ...node, transmitWatts, receiveWatts } : node))
    }
  })
)

describe('a device with watts', () => {
  it('spends them while its own links carry its data: the first hop out and the last hop in, without latency', () => {
    const compiled = compileScenario(scenario)
    const [chain] = compiled.chains
    const environment = environmentOf(compiled.environments, chain)
    // To the cloud 8 MB leave over 4 MB/s; back 4 MB come in over 2 MB/s. What the edge and the cloud send each other is theirs.
    expect(chainEnergy(environment, chain, true, [2, 1])).toBeCloseTo(3 * 2 + 5 * 2, 12)
    expect(chainEnergy(environment, chain, false, [2, 1])).toBeCloseTo(3 * 2, 12)
    // Between, the data comes home and is computed there.
    expect(chainEnergy(environment, chain, true, [1, 0])).toBeCloseTo(3 * 2 + 5 * 8 + 200, 12)
    expect(chainEnergy(environment, chain, true, [0, 0])).toBe(300)
  })

  it('pays for it in every cost of a chain: steps, totals, timelines and the optimum', () => {
    fc.assert(
      fc.property(sending, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (each, draws) => {
        const world = new ChainWorld(compileScenario(each))
        const room = new MachineRoom(each.topology)
        for (const episode of world.episodes) {
          const placement = Uint8Array.from(draws.slice(0, episode.decisions), (at) => at % episode.places)
          const cost = episode.total(placement)
          if (cost === Infinity) continue
          const { delaySeconds, energyJoules } = episode.measure(placement)
          const { energyWeight } = each.objective
          const expected = delaySeconds / world.references.delaySeconds + (energyWeight * energyJoules) / world.references.energyJoules
          expect(Math.abs(cost - expected)).toBeLessThanOrEqual(1e-12 * expected)
          expect(Math.abs(walk(episode, placement) - expected)).toBeLessThanOrEqual(1e-12 * expected)
          const [schedule] = episode.schedule(placement)
          expect(schedule.tasks.reduce((sum, task) => sum + task.energyJoules, 0)).toBeCloseTo(energyJoules, 9)
          expect(episode.reference().upper).toBeLessThanOrEqual(cost * (1 + 1e-12))
          const graph = new IndependentExecutor(compileBatch(room, each.objective, episode.workflows), each.objective, world.references)
          expect(Math.abs(graph.run(placement) - cost)).toBeLessThanOrEqual(1e-12 * cost)
          expect(Math.abs(graph.measure(placement).energyJoules - energyJoules)).toBeLessThanOrEqual(1e-12 * energyJoules)
        }
      }),
      cases(300)
    )
  })

  it('is another device than one without, and than one of other watts', () => {
    const of = (transmitWatts?: number) =>
      compileEnvironment(
        {
          ...topology,
          nodes: topology.nodes.map((node) => (node.id === 'd' ? { ...node, transmitWatts, receiveWatts: undefined } : node))
        },
        'd',
        DEFAULT_OBJECTIVE
      )
    expect(sameCoefficients(of(1), of(1))).toBe(true)
    expect(sameCoefficients(of(1), of(2))).toBe(false)
    expect(sameCoefficients(of(), of(2))).toBe(false)
    expect(sameCoefficients(of(), of(0))).toBe(true)
    expect(relativeChange(of(2), of(3))).toBe(0.5)
    expect(relativeChange(of(), of())).toBe(0)
  })
})
