import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlaygroundWorkflow } from '@shared/contract/playground'
import { wayBetween, whereabouts } from '../../../src/renderer/playground/flow'
import { intersects } from '../../../src/renderer/topology/labelLayout'
import { layMap } from '../../../src/renderer/playground/mapLayout'
import {
  gapAt,
  lengthOf,
  newPhase,
  PHASE_AXES,
  type PhaseAxis,
  recoveryIn,
  reachedBy,
  withBatch
} from '../../../src/renderer/playground/phases'
import { recoveryCurves } from '../../../src/renderer/playground/recoveryChart'
import {
  presetsFor,
  presetWorld,
  positionOf,
  shakenWorld,
  STEPS,
  UNCHANGED,
  valueAt,
  withBandwidth
} from '../../../src/renderer/playground/worlds'
import { link, node, ONE_EDGE_ONE_CLOUD } from '../../main/learn/worlds'

describe('a slider', () => {
  it('stands where its value is, over a factor of 8 both ways, and its middle is the value it had', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e5, noNaN: true }), fc.integer({ min: -STEPS, max: STEPS }), (base, position) => {
        expect(positionOf(base, valueAt(base, position))).toBe(position)
      })
    )
    expect(valueAt(0.123456, 0)).toBe(0.123456)
    expect([valueAt(1, STEPS), valueAt(1, -STEPS), positionOf(1, 100)]).toEqual([8, 0.125, STEPS])
  })
})

describe('a changed world', () => {
  it('holds no change that is none', () => {
    const [first] = ONE_EDGE_ONE_CLOUD.links
    const changed = withBandwidth(UNCHANGED, { ...first, from: first.to, to: first.from }, 0.5)
    expect(withBandwidth(changed, first, 0.25).links).toEqual([{ from: 'phone', to: 'edge', bandwidthMBps: 0.25 }])
    expect(withBandwidth(changed, first, 1)).toEqual(UNCHANGED)
  })

  it('comes by presets that change something there', () => {
    expect(presetWorld(ONE_EDGE_ONE_CLOUD, 'halveEdgeLinks').links).toEqual([{ from: 'phone', to: 'edge', bandwidthMBps: 0.5 }])
    expect(presetWorld(ONE_EDGE_ONE_CLOUD, 'slowEdges')).toEqual({ links: [], nodes: [{ id: 'edge', computeMHz: 4000 }] })
    const noCloud = { ...ONE_EDGE_ONE_CLOUD, nodes: ONE_EDGE_ONE_CLOUD.nodes.slice(0, 2), links: [link('phone', 'edge', 1)] }
    expect(presetsFor(noCloud)).not.toContain('slowClouds')
  })

  it('is shaken within the family, the same for the same number', () => {
    for (let number = 1; number < 40; number++) {
      const { links, nodes } = shakenWorld(ONE_EDGE_ONE_CLOUD, number)
      expect(shakenWorld(ONE_EDGE_ONE_CLOUD, number)).toEqual({ links, nodes })
      for (const [i, { bandwidthMBps }] of links.entries())
        expect(Math.abs(Math.log(bandwidthMBps / ONE_EDGE_ONE_CLOUD.links[i].bandwidthMBps))).toBeLessThan(0.71)
      expect(Math.abs(Math.log(nodes[0].computeMHz / 4000))).toBeLessThan(0.36)
    }
  })
})

describe('phases', () => {
  const batch = { optimumCost: 1, recovered: [{ start: 'old' as const, seed: 1, steps: 4 }], round: 8, ended: false }
  const at = (step: number, seed = 1) => ({
    start: 'old' as const,
    seed,
    step,
    gap: seed / (step + 1),
    cost: 1.1,
    seconds: step / 10,
    elapsed: step / 2
  })
  const first = withBatch(withBatch(newPhase('a', undefined), { ...batch, points: [at(0), at(0, 3), at(1)] }), {
    ...batch,
    points: [at(5), at(4, 3)]
  })

  it('follow each other on every axis, and keep seeds apart', () => {
    expect(PHASE_AXES.map((axis) => lengthOf(first, axis))).toEqual([5, 0.5, 2.5])
    expect(newPhase('b', first).from).toEqual({ 'learn steps': 5, seconds: 0.5, clock: 2.5 })
    expect(newPhase('c', newPhase('b', first)).from).toEqual({ 'learn steps': 5, seconds: 0.5, clock: 2.5 })
    expect(first.learned.old.map(({ seed, points }) => [seed, points.map(({ step }) => step)])).toEqual([
      [1, [0, 1, 5]],
      [3, [0, 4]]
    ])
  })

  it('come to means over seeds, where all of them have come so far', () => {
    const { old, random } = first.learned
    expect(gapAt(old, 4)).toBe((0.5 + 3 / 5) / 2)
    expect([gapAt(old, 5), gapAt(random, 0)]).toEqual([undefined, undefined])
    expect(reachedBy(old)).toEqual({ gap: (1 / 6 + 3 / 5) / 2, step: 5 })
    expect(reachedBy(random)).toBeUndefined()
    expect(recoveryIn(old)).toEqual({ seeds: 2, recovered: 1, steps: 4 })
    expect(recoveryIn(random)).toEqual({ seeds: 0, recovered: 0, steps: undefined })
  })

  it('are drawn as one curve a start with gaps between them, over whichever axis is asked for', () => {
    const second = withBatch(newPhase('b', first), { ...batch, points: [at(0), at(2)] })
    const points = (axis: PhaseAxis) => recoveryCurves([first, second], true, axis).find(({ key }) => key === 'old')?.points ?? []
    // The mean of both seeds as far as both have come; then the one seed of the second phase.
    expect([...points('learn steps')].filter((_, i) => i % 2 === 0)).toEqual([0, 1, 4, 4, 5, 7, 7])
    expect([...points('clock')].filter((_, i) => i % 2 === 0)).toEqual([0, 0.5, 2, 2, 2.5, 3.5, 3.5])
    expect([...points('learn steps')].flatMap((value, i) => (i % 2 === 1 && Number.isNaN(value) ? [i] : []))).toEqual([7, 13])
  })
})

describe('the map', () => {
  it('lays cards over neither nodes nor each other', () => {
    const { nodes, links } = layMap(ONE_EDGE_ONE_CLOUD, 480, 400)
    const boxes = [...nodes, ...links].map(({ box }) => box)
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false)
  })

  it('folds cards that have no room to chips, which are over nothing, and opens them inside the map', () => {
    const nodes = ['d1', 'd2', 'e1', 'e2', 'c1', 'c2'].map((id) => node(id, id[0] === 'd' ? 'device' : id[0] === 'e' ? 'edge' : 'cloud', 1))
    const pairs = nodes.flatMap((a, i) => nodes.slice(i + 1).map((b) => [a.id, b.id])).slice(0, 12)
    const links = pairs.map(([from, to]) => ({ from, to, bandwidthMBps: 0.8, latencyMs: 1 }))
    for (const [width, height] of [
      [480, 300],
      [900, 600]
    ]) {
      const layout = layMap({ ...ONE_EDGE_ONE_CLOUD, nodes, links }, width, height)
      expect(layout.links).toHaveLength(12)
      const boxes = [...layout.nodes, ...layout.links].map(({ box }) => box)
      for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) expect([a, b, intersects(a, b)]).toEqual([a, b, false])
      for (const { card, isFolded, box } of layout.links) {
        expect(card.x >= 0 && card.y >= 0 && card.x + card.width <= width && card.y + card.height <= height).toBe(true)
        if (!isFolded) expect(card).toEqual(box)
      }
    }
  })

  it('moves data the fastest way that relays allow', () => {
    expect(wayBetween(ONE_EDGE_ONE_CLOUD, 'phone', 'cloud', 1)).toEqual(['phone', 'edge', 'cloud'])
    const direct = {
      ...ONE_EDGE_ONE_CLOUD,
      nodes: [...ONE_EDGE_ONE_CLOUD.nodes.slice(0, 1), { ...node('edge', 'edge', 1), relays: false }, node('cloud', 'cloud', 1)]
    }
    expect(wayBetween(direct, 'phone', 'cloud', 1)).toEqual(['phone', 'cloud'])
    expect(wayBetween({ ...direct, links: [] }, 'phone', 'cloud', 1)).toEqual([])
  })

  it('knows where a workflow is at every second', () => {
    const task = (id: string, where: string, startSeconds: number, finishSeconds: number, transferSeconds: number) => ({
      id,
      node: where,
      startSeconds,
      finishSeconds,
      transferSeconds,
      energyJoules: 0
    })
    const placed: PlaygroundWorkflow = {
      delaySeconds: 14,
      energyJoules: 0,
      cost: 0,
      optimalityGap: 0,
      tasks: [task('t1', 'phone', 0, 2, 0), task('t2', 'edge', 6, 10, 4)]
    }
    const at = (seconds: number) => whereabouts(ONE_EDGE_ONE_CLOUD, 'phone', [1, 4, 4], placed, seconds)
    expect(at(1)).toEqual({ task: 't1', from: 'phone', to: 'phone', share: 0 })
    expect(at(4)).toEqual({ task: 't2', from: 'phone', to: 'edge', share: 0.5 })
    expect(at(7)).toMatchObject({ task: 't2', from: 'edge', to: 'edge' })
    expect(at(13)).toEqual({ task: undefined, from: 'edge', to: 'phone', share: 0.75 })
  })
})
