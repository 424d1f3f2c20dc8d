import { describe, expect, it } from 'vitest'
import { processorSeconds } from '../../processor'
import { type Drawing, NODE } from '../../../src/renderer/topology/drawing'
import { intersects, placeLabels, type Rect } from '../../../src/renderer/topology/labelLayout'
import { linkLabels } from '../../../src/renderer/topology/labels'
import { svgOf } from '../../../src/renderer/topology/picture'
import { cases, fc } from '../../shared/properties'
import { drawings, preset } from './samples'

/** Fails where two of the rectangles are on each other, or one on a card. */
function expectApart(rects: readonly Rect[], cards: readonly Rect[]): void {
  for (const [i, rect] of rects.entries()) {
    for (const other of [...rects.slice(i + 1), ...cards]) expect([rect, other, intersects(rect, other)]).toEqual([rect, other, false])
  }
}

const cardsOf = (drawing: Drawing): Rect[] => drawing.nodes.map(({ x, y }) => ({ x, y, ...NODE }))

/** Eight nodes in a tight square, all linked with all. */
const dense: Drawing = {
  name: 'dense',
  nodes: Array.from({ length: 8 }, (_, i) => ({
    key: `n${i}`,
    name: `edge-${i}`,
    tier: 'edge' as const,
    computeMHz: 1,
    energyPerMegacycle: 1,
    x: (i % 3) * 200,
    y: Math.floor(i / 3) * 80
  })),
  links: Array.from({ length: 64 }, (_, i) => [Math.floor(i / 8), i % 8]).flatMap(([a, b]) =>
    a < b ? [{ key: `${a}-${b}`, from: `n${a}`, to: `n${b}`, bandwidthMBps: 0.8, latencyMs: 30 }] : []
  )
}

describe('labels of links', () => {
  it('are on no card and on no other label, whatever is drawn', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const labels = linkLabels(drawing, drawing.links).filter(({ rect }) => rect.width > 0)
        expectApart(
          labels.map(({ rect }) => rect),
          cardsOf(drawing)
        )
      }),
      cases(150)
    )
  })

  it('all stand whole in the preset', () => {
    const labels = linkLabels(preset(), preset().links)
    expect(labels.filter(({ isFolded }) => isFolded)).toEqual([])
    expect(labels.map(({ first }) => first)).toContain('0.8 MB/s')
  })

  it('are chips where there is no room, as wide as their words where they stand whole, and never in between', () => {
    const labels = linkLabels(dense, dense.links)
    expectApart(
      labels.map(({ rect }) => rect).filter(({ width }) => width > 0),
      cardsOf(dense)
    )
    expect(labels.some(({ isFolded }) => isFolded)).toBe(true)
    for (const { isFolded, rect, whole, first, second } of labels) {
      expect(whole.width).toBeGreaterThan((first.length + second.length) * 6)
      if (!isFolded) expect(rect).toEqual(whole)
    }
  })

  it('give the first the choice of place', () => {
    const line = { from: { x: 0, y: 0 }, to: { x: 100, y: 0 }, width: 90, height: 20 }
    const ground = { cards: [], bounds: { x: 0, y: -10, width: 100, height: 20 }, chip: { width: 8, height: 8 } }
    const placed = placeLabels(
      [
        { ...line, key: 'a' },
        { ...line, key: 'b' }
      ],
      ground
    )
    expect(placed[0]).toMatchObject({ key: 'a', isFolded: false })
    expect(placed[1]).toBeUndefined()
  })

  it('are placed in a moment on 300 nodes with 1,000 links', () => {
    const nodes = Array.from({ length: 300 }, (_, i) => ({
      ...dense.nodes[0],
      key: `n${i}`,
      name: `n${i}`,
      x: (i % 20) * 232,
      y: Math.floor(i / 20) * 112
    }))
    const links = Array.from({ length: 1000 }, (_, i) => ({
      ...dense.links[0],
      key: `l${i}`,
      from: `n${i % 299}`,
      to: `n${(i % 299) + 1 + Math.floor(i / 299)}`
    }))
    let labels: ReturnType<typeof linkLabels> = []
    expect(
      processorSeconds(() => {
        labels = linkLabels({ name: 'district', nodes, links }, links)
      })
    ).toBeLessThan(3)
    expectApart(
      labels
        .map(({ rect }) => rect)
        .filter(({ width }) => width > 0)
        .slice(0, 200),
      nodes.map(({ x, y }) => ({ x, y, ...NODE }))
    )
  })
})

describe('an exported picture', () => {
  it('has its labels over its cards, and all numbers that found no room in a list under it', () => {
    const svg = svgOf(dense)
    expect(svg.lastIndexOf('mJ/Mc')).toBeLessThan(svg.indexOf('0.8 MB/s'))
    for (const link of dense.links) expect(svg).toContain(`data-link="${link.key}"`)
    const folded = linkLabels(dense, dense.links).filter(({ isFolded }) => isFolded)
    expect(svg.match(/edge-\d – edge-\d/g)).toHaveLength(folded.length)
  })
})
