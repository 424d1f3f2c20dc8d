import { routesFrom, transferSeconds } from '@shared/model/routes'
import type { Topology } from '@shared/model/topology'
import { describe, expect, it } from 'vitest'
import { transfer } from '../../independent/reference'
import { topologies } from './worlds'
import { cases, fc } from '../properties'

const node = (id: string, tier: 'device' | 'edge' | 'cloud', relays?: boolean) => ({
  id,
  tier,
  computeMHz: 1,
  energyPerMegacycle: 1,
  relays
})
const link = (from: string, to: string, bandwidthMBps: number, latencyMs = 0) => ({ from, to, bandwidthMBps, latencyMs })
const seconds = (topology: Topology, from: string, to: string, megabytes: number) =>
  transferSeconds(routesFrom(topology, from).get(to) ?? [], megabytes)

describe('the time of a transfer', () => {
  it('is latency + size / bandwidth on one link, either way', () => {
    const pair = { name: 'pair', nodes: [node('d', 'device'), node('e', 'edge')], links: [link('e', 'd', 4, 500)] }
    expect(seconds(pair, 'd', 'e', 10)).toBe(3)
    expect(seconds(pair, 'e', 'd', 10)).toBe(3)
    expect(seconds(pair, 'e', 'd', 0)).toBe(0.5)
    expect(seconds(pair, 'd', 'd', 10)).toBe(0)
  })

  it('adds up over hops, each storing before it forwards', () => {
    const row = {
      name: 'row',
      nodes: [node('d', 'device'), node('e', 'edge'), node('f', 'edge'), node('c', 'cloud')],
      links: [link('d', 'e', 2, 100), link('e', 'f', 4, 200), link('f', 'c', 5, 300)]
    }
    expect(seconds(row, 'd', 'c', 20)).toBeCloseTo(0.6 + 10 + 5 + 4, 12)
  })

  it('never leads through a device', () => {
    const bridge = {
      name: 'bridge',
      nodes: [node('d', 'device'), node('e', 'edge'), node('c', 'cloud')],
      links: [link('e', 'd', 1), link('d', 'c', 1)]
    }
    expect(seconds(bridge, 'e', 'c', 1)).toBe(Infinity)
    expect(routesFrom(bridge, 'e').get('c')).toEqual([])
  })

  it('never leads through an edge or cloud that does not relay, though it may end there', () => {
    const chain = (relays?: boolean) => ({
      name: 'chain',
      nodes: [node('d', 'device'), node('e', 'edge', relays), node('c', 'cloud', false)],
      links: [link('d', 'e', 1), link('e', 'c', 1)]
    })
    expect(seconds(chain(false), 'd', 'c', 1)).toBe(Infinity)
    expect(seconds(chain(false), 'd', 'e', 1)).toBe(1)
    expect(seconds(chain(false), 'e', 'c', 1)).toBe(1)
    expect(seconds(chain(true), 'd', 'c', 1)).toBe(2)
    expect(seconds(chain(), 'd', 'c', 1)).toBe(2)
  })

  it('takes the prompt route for small data and the broad one for large', () => {
    const fork = {
      name: 'fork',
      nodes: [node('d', 'device'), node('e', 'edge'), node('f', 'edge'), node('c', 'cloud')],
      links: [link('d', 'c', 1, 0), link('d', 'e', 4, 1000), link('e', 'c', 4, 1000), link('d', 'f', 20, 4000), link('f', 'c', 20, 4000)]
    }
    expect([1, 3, 5, 10, 20, 100].map((megabytes) => seconds(fork, 'd', 'c', megabytes))).toEqual([1, 3, 2 + 2.5, 7, 8 + 2, 8 + 10])
    expect(routesFrom(fork, 'd').get('c')).toHaveLength(3)
  })

  it('keeps no route that is fastest for no size', () => {
    const routes = (latencyMs: number) => {
      const links = [
        link('d', 'c', 1),
        link('d', 'e', 4, latencyMs),
        link('e', 'c', 4, 0),
        link('d', 'f', 20, 4000),
        link('f', 'c', 20, 4000)
      ]
      const nodes = [node('d', 'device'), node('e', 'edge'), node('f', 'edge'), node('c', 'cloud')]
      return routesFrom({ name: 'fork', nodes, links }, 'd').get('c')
    }
    expect(routes(4000)).toHaveLength(3)
    // The direct link and f cross at 8.9 MB; there e still takes half a second longer.
    expect(routes(5000)).toEqual([
      { seconds: 0, secondsPerMegabyte: 1 },
      { seconds: 8, secondsPerMegabyte: 0.1 }
    ])
  })

  it('is that of the fastest of all simple paths, for every size', () => {
    fc.assert(
      fc.property(
        topologies,
        fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e4, noNaN: true })), { minLength: 5, maxLength: 5 }),
        (topology, sizes) => {
          const world = {
            topology,
            workflows: [],
            objective: { energyWeight: 0, edgeEnergyWeight: 1, cloudEnergyWeight: 1, scaling: 'none' as const, countReturn: true }
          }
          for (const from of topology.nodes) {
            const routes = routesFrom(topology, from.id)
            for (const to of topology.nodes) {
              for (const megabytes of sizes) {
                const ours = transferSeconds(routes.get(to.id) ?? [], megabytes)
                const theirs = transfer(world, from.id, to.id, megabytes)
                if (ours !== theirs) expect(Math.abs(ours - theirs) / theirs).toBeLessThanOrEqual(1e-9)
              }
            }
          }
        }
      ),
      cases(300)
    )
  })

  it('is found even where latencies are too small for exact arithmetic', () => {
    const tiny = {
      name: 'tiny',
      nodes: [node('d', 'device'), node('e', 'edge'), node('c', 'cloud')],
      links: [
        link('d', 'e', 0.21648153365286069, 6.602554914927087e-309),
        link('d', 'c', 2.442785391814201),
        link('c', 'e', 0.10000000000000012)
      ]
    }
    expect(seconds(tiny, 'd', 'e', 1)).toBeCloseTo(1 / 0.21648153365286069, 12)
  })

  it('needs links between nodes that are there', () => {
    expect(() => routesFrom({ name: 'x', nodes: [node('d', 'device')], links: [link('d', 'z', 1)] }, 'd')).toThrow(RangeError)
  })
})
