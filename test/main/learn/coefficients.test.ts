import { describe, expect, it } from 'vitest'
import { coefficientCount } from '../../../src/main/learn/coefficients'
import { restLength, stateLength } from '../../../src/main/learn/state'
import { viterbi } from '../../../src/shared/model/optimum'
import type { Topology } from '../../../src/shared/model/topology'
import { CUT_OFF_EDGE, GENERATED, ONE_EDGE_ONE_CLOUD, problemOf } from './worlds'

/** All speeds and bandwidths times `faster`, all energies times `hungrier`. */
function scaled(topology: Topology, faster: number, hungrier: number): Topology {
  return {
    ...topology,
    nodes: topology.nodes.map((node) => ({
      ...node,
      computeMHz: node.computeMHz * faster,
      energyPerMegacycle: node.energyPerMegacycle * hungrier
    })),
    links: topology.links.map((link) => ({ ...link, bandwidthMBps: link.bandwidthMBps * faster }))
  }
}

const conditioned = (topology: Topology) => problemOf(topology, GENERATED, { conditioned: true })

describe('what a conditioned state tells of its environment', () => {
  it('is one number per place, one per pair of places, and whether the return counts', () => {
    const { shape, heldOut } = conditioned(ONE_EDGE_ONE_CLOUD)
    expect(shape.coefficients).toBe(coefficientCount(3))
    expect(shape.coefficients).toBe(3 + 3 + 1)
    expect(heldOut[0].context).toHaveLength(7)
    expect(restLength(shape)).toBe(2 * shape.tasks + 1 + 7)
    expect(stateLength(shape)).toBe(3 + restLength(shape))
  })

  it('is the same where everything is faster or hungrier by one factor, and so is the optimum', () => {
    const one = conditioned(ONE_EDGE_ONE_CLOUD)
    const other = conditioned(scaled(ONE_EDGE_ONE_CLOUD, 3, 7))
    one.heldOut.forEach((episode, x) => {
      const same = other.heldOut[x]
      episode.context.forEach((value, i) => expect(same.context[i]).toBeCloseTo(value, 5))
      expect(viterbi(same.costs, 3).placement).toEqual(viterbi(episode.costs, 3).placement)
    })
  })

  it('differs where one place or one link does', () => {
    const [plain] = conditioned(ONE_EDGE_ONE_CLOUD).heldOut
    const faster = {
      ...ONE_EDGE_ONE_CLOUD,
      nodes: ONE_EDGE_ONE_CLOUD.nodes.map((node) => (node.id === 'edge' ? { ...node, computeMHz: 24_000 } : node))
    }
    const [changed] = conditioned(faster).heldOut
    const moved = [...changed.context].flatMap((value, i) => (Math.abs(value - plain.context[i]) > 1e-6 ? [i] : []))
    expect(moved).toEqual([1])
  })

  it('tells devices of different kinds apart by itself, and places out of reach by a bound', () => {
    const { shape, heldOut } = conditioned(CUT_OFF_EDGE)
    expect(shape.deviceKinds).toBe(1)
    const contexts = new Map(heldOut.map(({ chain, context }) => [chain.device, [...context].join()]))
    expect(new Set(contexts.values()).size).toBe(contexts.size)
    for (const { context } of heldOut) {
      expect(context.every(Number.isFinite)).toBe(true)
      expect(Math.max(...context)).toBe(4)
    }
  })
})
