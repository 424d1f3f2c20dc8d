import fc from 'fast-check'
import { readTopology } from '@shared/formats'
import { TIERS } from '@shared/model/topology'
import { describe, expect, it } from 'vitest'
import { type Drawing, documentOf, drawingOf, EMPTY, NODE } from '../../../src/renderer/topology/drawing'
import * as edit from '../../../src/renderer/topology/edit'
import { tidied } from '../../../src/renderer/topology/layout'
import { addPart } from '../../../src/renderer/topology/templates'
import { recorded, begin, redo, endMerging, undo } from '../../../src/renderer/library/undo'
import { drawings, keysOf, preset } from './samples'

/** A drawing and its document are two ways to say one thing. */
const again = (drawing: Drawing) => drawingOf(JSON.parse(JSON.stringify(documentOf(drawing))))

type Edit = (drawing: Drawing, keys: ReadonlySet<string>) => Drawing
const EDITS: Readonly<Record<string, Edit>> = {
  add: (drawing) => edit.addNode(drawing, 'edge', { x: 0, y: 0 }).drawing,
  link: (drawing, keys) => edit.connectAll(drawing, [...keys]).drawing,
  patch: (drawing, keys) => edit.patchNodes(drawing, keys, { computeMHz: 7 }),
  'patch a link': (drawing) => edit.patchLinks(drawing, new Set(['l1']), { bandwidthMBps: 7 }),
  remove: (drawing, keys) => edit.removeParts(drawing, keys),
  move: (drawing, keys) => edit.moveNodes(drawing, keys, { x: 8, y: -8 }),
  duplicate: (drawing, keys) => edit.duplicate(drawing, keys).drawing,
  group: (drawing, keys) => edit.group(drawing, keys),
  ungroup: (drawing, keys) => edit.ungroup(drawing, keys),
  align: (drawing, keys) => edit.align(drawing, keys, 'left'),
  spread: (drawing, keys) => edit.align(drawing, keys, 'down'),
  tidy: (drawing) => tidied(drawing),
  cell: (drawing) => addPart(drawing, 'cell').drawing
}

describe('an edit', () => {
  it.each(Object.entries(EDITS))('%s leaves what it was given as it was, and every key and name unique', (_, change) => {
    fc.assert(
      fc.property(drawings, fc.nat(4095), (drawing, bits) => {
        const before = JSON.stringify(drawing)
        const after = change(drawing, keysOf(drawing, bits))
        expect(JSON.stringify(drawing)).toBe(before)
        for (const values of [
          after.nodes.map((node) => node.key),
          after.nodes.map((node) => node.name),
          after.links.map((link) => link.key)
        ])
          expect(new Set(values).size).toBe(values.length)
        const there = new Set(after.nodes.map((node) => node.key))
        for (const link of after.links) expect(there.has(link.from) && there.has(link.to)).toBe(true)
      })
    )
  })

  it('of any kind is taken back exactly, and done again exactly, however many follow each other', () => {
    fc.assert(
      fc.property(
        drawings,
        fc.array(fc.tuple(fc.constantFrom(...Object.values(EDITS)), fc.nat(4095)), { maxLength: 30 }),
        (drawing, edits) => {
          let line = begin(drawing)
          const states = [drawing]
          for (const [change, bits] of edits) {
            line = recorded(line, change(line.now, keysOf(line.now, bits)), 'edit')
            if (line.now !== states.at(-1)) states.push(line.now)
          }
          const last = line.now
          for (let i = states.length - 1; i >= 0; i--) {
            expect(line.now).toBe(states[i])
            line = undo(line)
          }
          expect(undo(line)).toBe(line)
          for (let i = 1; i < states.length; i++) line = redo(line)
          expect(line.now).toBe(last)
          expect(redo(line)).toBe(line)
        }
      )
    )
  })

  it('typed letter by letter is one step, until the field is left', () => {
    let line = begin(0)
    for (const value of [1, 12, 123]) line = recorded(line, value, 'number', 'field')
    expect(undo(line).now).toBe(0)
    line = recorded(endMerging(line), 1234, 'number', 'field')
    expect(undo(line).now).toBe(123)
  })
})

describe('duplicating', () => {
  it('keeps every link: those within, and those that led out of it', () => {
    fc.assert(
      fc.property(drawings, fc.nat(4095), (drawing, bits) => {
        const keys = keysOf(drawing, bits)
        const { drawing: after, keys: fresh } = edit.duplicate(drawing, keys)
        expect(fresh).toHaveLength(keys.size)
        const touching = drawing.links.filter((link) => keys.has(link.from) || keys.has(link.to))
        expect(after.links).toHaveLength(drawing.links.length + touching.length)
        expect(after.links.slice(drawing.links.length).map((link) => link.bandwidthMBps)).toEqual(
          touching.map((link) => link.bandwidthMBps)
        )
      })
    )
  })

  it('of a group makes another group', () => {
    const grouped = edit.group(preset(), new Set(['n2', 'n4']), 'site north')
    const { drawing, keys } = edit.duplicate(grouped, new Set(['n2', 'n4']))
    const copies = drawing.nodes.filter((node) => keys.includes(node.key))
    expect(copies.map((node) => node.group)).toEqual(['site north-2', 'site north-2'])
    expect(copies.map((node) => node.name)).toEqual(['edge-2', 'cloud-2'])
  })

  it('into a topology that lacks the other ends leaves those links behind', () => {
    const { drawing } = edit.paste(EMPTY, edit.fragmentOf(preset(), new Set(['n2', 'n4'])))
    expect(drawing.nodes).toHaveLength(2)
    expect(drawing.links).toHaveLength(1)
  })
})

describe('lining up', () => {
  it('puts edges on one line, and spaces evenly between the outermost', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const all = new Set(drawing.nodes.map((node) => node.key))
        const left = Math.min(...drawing.nodes.map((node) => node.x))
        for (const node of edit.align(drawing, all, 'left').nodes) expect(node.x).toBe(left)
        const down = edit
          .align(drawing, all, 'down')
          .nodes.map((node) => node.y)
          .sort((a, b) => a - b)
        for (let i = 2; i < down.length; i++) expect(down[i] - down[i - 1]).toBeCloseTo(down[1] - down[0], 6)
      })
    )
  })

  it('tidies by tier: no node covers another, devices stand left of edges, edges left of clouds', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const { nodes } = tidied(drawing)
        nodes.forEach((a, i) => {
          for (const b of nodes.slice(i + 1)) expect(Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height).toBe(true)
          for (const b of nodes) if (TIERS.indexOf(a.tier) < TIERS.indexOf(b.tier)) expect(a.x).toBeLessThan(b.x)
        })
      })
    )
  })
})

describe('a drawing', () => {
  it('is written as a topology that reads back as the same drawing', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        expect(again(drawing)).toEqual(drawing)
        const read = readTopology(documentOf(drawing))
        expect(read.ok).toBe(drawing.nodes.some((node) => node.tier === 'device'))
      })
    )
  })

  it('keeps what is wrong with a document, so that it can be fixed', () => {
    const drawing = drawingOf({ nodes: [{ id: 'a', tier: 'edge', computeMHz: 0 }, { id: 'a' }, 5], links: [{ from: 'a', to: 'gone' }] })
    expect(drawing.nodes.map((node) => [node.name, node.tier, node.computeMHz])).toEqual([
      ['a', 'edge', 0],
      ['a', 'device', 0]
    ])
    expect(drawing.links).toMatchObject([{ from: 'n1', to: '?gone', bandwidthMBps: 0 }])
  })

  it.each([undefined, null, 5, 'x', [], {}, { nodes: 7, links: 'no' }])(
    'is empty where a document holds nothing to draw: %j',
    (document) => {
      expect(drawingOf(document)).toEqual(EMPTY)
    }
  )
})
