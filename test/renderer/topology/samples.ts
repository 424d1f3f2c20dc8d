import fc from 'fast-check'
import { TIERS } from '@shared/model/topology'
import { presetOf } from '@shared/presets'
import { type Drawing, drawingOf } from '../../../src/renderer/topology/drawing'

/** The preset of five nodes and ten links. */
export const preset = (): Drawing => drawingOf(presetOf('two-edges-two-clouds', 'topology'))

/** Any sound drawing of up to a dozen nodes. */
export const drawings: fc.Arbitrary<Drawing> = fc
  .record({
    tiers: fc.array(fc.constantFrom(...TIERS), { minLength: 1, maxLength: 12 }),
    places: fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 12, maxLength: 12 }),
    groups: fc.array(fc.constantFrom(undefined, 'a', 'b'), { minLength: 12, maxLength: 12 }),
    pairs: fc.uniqueArray(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 20, selector: ([a, b]) => [a, b].sort((x, y) => x - y).join() })
  })
  .map(({ tiers, places, groups, pairs }) => ({
    name: 'drawn',
    nodes: tiers.map((tier, i) => ({
      key: `n${i + 1}`,
      name: `${tier}-${i + 1}`,
      tier,
      computeMHz: 1000 * (i + 1),
      energyPerMegacycle: 0.001,
      ...(groups[i] !== undefined && { group: groups[i] }),
      x: 8 * places[i][0],
      y: 8 * places[i][1]
    })),
    links: pairs
      .filter(([a, b]) => a !== b && a < tiers.length && b < tiers.length)
      .map(([a, b], i) => ({ key: `l${i + 1}`, from: `n${a + 1}`, to: `n${b + 1}`, bandwidthMBps: i + 1, latencyMs: 0 }))
  }))

/** Any selection of a drawing's nodes. */
export const keysOf = (drawing: Drawing, bits: number) => new Set(drawing.nodes.filter((_, i) => (bits >> i) & 1).map((node) => node.key))
