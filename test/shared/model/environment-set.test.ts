import { describe, expect, it } from 'vitest'
import { type EnvironmentFamily, membersOf } from '@shared/model/environment-set'
import type { Topology } from '@shared/model/topology'

const around: Topology = {
  name: 'centre',
  nodes: [
    { id: 'phone', tier: 'device', computeMHz: 4000, energyPerMegacycle: 0.001 },
    { id: 'edge', tier: 'edge', computeMHz: 12_000, energyPerMegacycle: 0.0005, relays: false }
  ],
  links: [{ from: 'phone', to: 'edge', bandwidthMBps: 2, latencyMs: 3 }]
}
const family = (changes: Partial<EnvironmentFamily> = {}): EnvironmentFamily => ({
  around,
  members: 200,
  seed: 5,
  bandwidth: 0.7,
  serverSpeed: 0.5,
  deviceSpeed: 0.2,
  energy: 0.1,
  ...changes
})

describe('a family of environments', () => {
  it('is the same environments for the same seed, and others for another', () => {
    const of = (seed: number) => membersOf({ name: 'f', topologies: [], family: family({ seed }) })
    expect(of(5)).toEqual(of(5))
    expect(of(5)).not.toEqual(of(6))
  })

  it('keeps every number within its spread, and comes near both ends of it', () => {
    const members = membersOf({ name: 'f', topologies: [], family: family({ energyWeight: [0, 1] }) })
    const logs = (pick: (topology: Topology) => number, centre: number) => members.map(({ topology }) => Math.log(pick(topology) / centre))
    const spans: [number[], number][] = [
      [logs(({ nodes }) => nodes[0].computeMHz, 4000), 0.2],
      [logs(({ nodes }) => nodes[1].computeMHz, 12_000), 0.5],
      [logs(({ nodes }) => nodes[1].energyPerMegacycle, 0.0005), 0.1],
      [logs(({ links }) => links[0].bandwidthMBps, 2), 0.7]
    ]
    for (const [values, spread] of spans) {
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(spread + 1e-12)
      expect(Math.max(...values)).toBeGreaterThan(0.8 * spread)
      expect(Math.min(...values)).toBeLessThan(-0.8 * spread)
    }
    for (const { energyWeight } of members) {
      expect(energyWeight).toBeGreaterThanOrEqual(0)
      expect(energyWeight).toBeLessThan(1)
    }
  })

  it('without spread is its centre, tiers, relays and latencies always', () => {
    const still = family({ members: 2, bandwidth: 0, serverSpeed: 0, deviceSpeed: 0, energy: 0 })
    for (const { topology } of membersOf({ name: 'f', topologies: [], family: still })) {
      expect({ ...topology, name: around.name }).toEqual(around)
    }
    const [{ topology }] = membersOf({ name: 'f', topologies: [], family: family() })
    expect(topology.nodes.map(({ id, tier, relays }) => ({ id, tier, relays }))).toEqual(
      around.nodes.map(({ id, tier, relays }) => ({ id, tier, relays }))
    )
    expect(topology.links[0].latencyMs).toBe(3)
  })

  it('varies the rate back of a link with its rate there', () => {
    const [link] = around.links
    const uneven = { ...around, links: [{ ...link, backBandwidthMBps: 0.5 }] }
    const members = (centre: Topology) => membersOf({ name: 'f', topologies: [], family: family({ around: centre, members: 20 }) })
    members(uneven).forEach(({ topology }, i) => {
      const [{ bandwidthMBps, backBandwidthMBps, ...rest }] = topology.links
      expect(backBandwidthMBps).toBeCloseTo(bandwidthMBps / 4, 12)
      expect([{ ...rest, bandwidthMBps }]).toEqual(members(around)[i].topology.links)
    })
  })

  it('comes after the topologies that are named', () => {
    const set = membersOf({ name: 'both', topologies: [around], family: family({ members: 3 }) })
    expect(set).toHaveLength(4)
    expect(set[0]).toEqual({ topology: around })
  })
})
