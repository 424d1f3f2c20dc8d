import fc from 'fast-check'
import { readTopology } from '@shared/formats'
import { describe, expect, it } from 'vitest'
import { check } from '../../../src/renderer/topology/checks'
import { differences } from '../../../src/renderer/topology/diff'
import { type Drawing, documentOf, EMPTY } from '../../../src/renderer/topology/drawing'
import { addNode, joinNodes, patchLinks, patchNodes, removeParts } from '../../../src/renderer/topology/edit'
import { drawings, preset } from './samples'

const kinds = (drawing: Drawing) => check(drawing).map(({ kind, severity, keys }) => [kind, severity, ...keys])

describe('the checks', () => {
  it('find nothing wrong with a preset', () => {
    expect(check(preset())).toEqual([])
  })

  it.each<[string, (drawing: Drawing) => Drawing, unknown[]]>([
    ['half a core', (drawing) => patchNodes(drawing, new Set(['n1']), { cores: 1.5 }), ['badCores', 'fault', 'n1']],
    ['a radio below 0 W', (drawing) => patchNodes(drawing, new Set(['n1']), { receiveWatts: -1 }), ['negativeWatts', 'fault', 'n1']],
    ['a link with nothing back', (drawing) => patchLinks(drawing, new Set(['l3']), { backBandwidthMBps: 0 }), ['zeroBack', 'fault', 'l3']],
    ['a link without bandwidth', (drawing) => patchLinks(drawing, new Set(['l3']), { bandwidthMBps: 0 }), ['zeroBandwidth', 'fault', 'l3']],
    ['a name twice', (drawing) => patchNodes(drawing, new Set(['n3']), { name: 'edge1' }), ['duplicateName', 'fault', 'n2', 'n3']],
    ['no name', (drawing) => patchNodes(drawing, new Set(['n3']), { name: ' ' }), ['emptyName', 'fault', 'n3']],
    ['a reserved name', (drawing) => patchNodes(drawing, new Set(['n3']), { name: '@input' }), ['reservedName', 'fault', 'n3']],
    ['a processor that stands still', (drawing) => patchNodes(drawing, new Set(['n2']), { computeMHz: 0 }), ['zeroCompute', 'fault', 'n2']],
    ['no device', (drawing) => removeParts(drawing, new Set(['n1'])), ['noDevice', 'fault']],
    ['a link to nowhere', (drawing) => patchLinks(drawing, new Set(['l1']), { to: '?gone' }), ['danglingLink', 'fault', 'l1']],
    ['a link to itself', (drawing) => patchLinks(drawing, new Set(['l1']), { to: 'n1' }), ['selfLink', 'fault', 'l1']],
    ['two links between two nodes', (drawing) => patchLinks(drawing, new Set(['l2']), { to: 'n2' }), ['doubleLink', 'fault', 'l2', 'l1']],
    ['a device without a way', (drawing) => addNode(drawing, 'device', { x: 0, y: 0 }).drawing, ['unreachable', 'warning', 'n6']],
    ['a cloud that no device has a way to', (drawing) => addNode(drawing, 'cloud', { x: 0, y: 0 }).drawing, ['outOfReach', 'warning', 'n6']]
  ])('find %s, and say which', (_, change, expected) => {
    expect(kinds(change(preset()))).toContainEqual(expected)
  })

  it('of an empty canvas ask for a first node', () => {
    expect(kinds(EMPTY)).toEqual([['noNode', 'fault']])
  })

  it('see over relays, and not through places that relay nothing', () => {
    let drawing = addNode(EMPTY, 'device', { x: 0, y: 0 }).drawing
    drawing = addNode(drawing, 'edge', { x: 0, y: 0 }).drawing
    drawing = addNode(drawing, 'cloud', { x: 0, y: 0 }).drawing
    drawing = joinNodes(joinNodes(drawing, 'n1', 'n2').drawing, 'n2', 'n3').drawing
    expect(check(drawing)).toEqual([])
    expect(kinds(patchNodes(drawing, new Set(['n2']), { relays: false }))).toEqual([['outOfReach', 'warning', 'n3']])
  })

  it('find a fault exactly where the format refuses the document', () => {
    const broken = fc.oneof(
      drawings,
      drawings.map((drawing) => patchLinks(drawing, new Set(['l1']), { bandwidthMBps: 0 })),
      drawings.map((drawing) => patchNodes(drawing, new Set(['n1']), { computeMHz: 0 })),
      drawings.map((drawing) => patchNodes(drawing, new Set(['n1', 'n2']), { name: 'twin' }))
    )
    fc.assert(
      fc.property(broken, (drawing) => {
        const isRefused = !readTopology(documentOf(drawing)).ok
        expect(check(drawing).some(({ severity }) => severity === 'fault')).toBe(isRefused)
      })
    )
  })
})

describe('the difference of two versions', () => {
  it('is nothing for the same, and every part for the empty', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        expect(differences(drawing, drawing)).toEqual([])
        expect(differences(EMPTY, drawing).every(({ change }) => change === 'added')).toBe(true)
        expect(differences(drawing, EMPTY)).toHaveLength(drawing.nodes.length + drawing.links.length)
      })
    )
  })

  it('names what changed, from and to', () => {
    const after = patchLinks(removeParts(preset(), new Set(['n5'])), new Set(['l1']), { bandwidthMBps: 9 })
    expect(differences(preset(), after).filter(({ change }) => change === 'changed')).toEqual([
      { change: 'changed', kind: 'link', name: 'device – edge1', key: 'l1', fields: [{ field: 'bandwidthMBps', from: 0.8, to: 9 }] }
    ])
    expect(
      differences(preset(), after)
        .filter(({ change }) => change === 'removed')
        .map(({ name }) => name)
    ).toEqual(['cloud2', 'cloud2 – device', 'cloud2 – edge1', 'cloud2 – edge2', 'cloud1 – cloud2'])
  })
})
